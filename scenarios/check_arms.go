package scenarios

func (c *checker) checkArms() {
	if len(c.Arms) == 0 {
		c.report.Add("arms", "arms must name at least one")
		return
	}
	names := map[string]bool{}
	optional := 0
	for i, arm := range c.Arms {
		path := element("arms", i)
		c.checkName(path+".name", arm.Name)
		if names[arm.Name] {
			c.report.Add(path+".name", "arm %q is here twice", arm.Name)
		}
		names[arm.Name] = true
		oneOf(c, path+".anchor", "anchor", arm.Anchor, Anchors())
		if arm.Anchor == AnchorWrong && c.Mailboxes == 1 {
			c.report.Add(path+".anchor", "anchor wrong needs at least 2 mailboxes")
		}
		if arm.Optional {
			optional++
		}
	}
	if optional == len(c.Arms) {
		c.report.Add("arms", "all arms are optional: none would run")
	}
}

func (c *checker) armNames() []string {
	names := make([]string, len(c.Arms))
	for i, arm := range c.Arms {
		names[i] = arm.Name
	}
	return names
}
