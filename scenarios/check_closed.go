package scenarios

import "time"

const maxThink = time.Minute

// checkClosed checks the keys of a closed model.
func (c *checker) checkClosed() {
	if c.gives("think", c.Think != 0) {
		switch {
		case !c.Closed():
			c.report.AddKey("think", "think has no meaning without workers: nobody waits for an answer")
		case c.Think < 0 || c.Think > maxThink:
			c.report.Add("think", "think must be 0s to %s, not %s", maxThink, c.Think)
		}
	}
	if !c.gives("workers", c.Workers != 0) {
		return
	}
	c.checkRange("workers", c.Workers, 1, maxVisits)
	switch {
	case !c.Rate.Max:
		c.report.AddKey("workers", "workers has no meaning without rate max: with a rate, requests are due and wait for nothing")
	case !c.Order.visits():
		c.report.AddKey("workers", "workers has no meaning without order visit or shuffle: each takes a mailbox through all steps")
	case c.Mailboxes > 0 && c.Workers > c.Mailboxes:
		c.report.Add("workers", "workers %d are more than the %d mailboxes: no mailbox is visited twice at once", c.Workers, c.Mailboxes)
	}
	if c.gives("aa", c.AA != 0) {
		c.report.AddKey("aa", "aa has no meaning with workers: arms at their own pace do not send the same calls at the same time")
	}
	c.checkOwnPace()
}

// checkOwnPace refuses what arms at their own pace cannot share.
func (c *checker) checkOwnPace() {
	if c.Closed() && c.doc.Has("visits") {
		c.report.AddKey("visits", "visits has no meaning with workers: each worker has one mailbox in progress")
	}
	for i, step := range c.Steps {
		if changes(step.Op) {
			c.report.Add(stepPath(i)+".op", "%s has no meaning with workers: arms at their own pace cannot share out what they change", step.Op)
		}
	}
}
