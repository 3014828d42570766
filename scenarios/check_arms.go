package scenarios

import (
	"fmt"
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

func (c *checker) checkArms() {
	if len(c.Arms) == 0 {
		c.report.Add("arms", "arms must name at least one")
		return
	}
	names := map[string]bool{}
	optional := 0
	for i, arm := range c.Arms {
		path := fmt.Sprintf("arms[%d]", i)
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

func (c *checker) checkGates() {
	for i, gate := range c.Expect {
		path := fmt.Sprintf("expect[%d]", i)
		known := oneOf(c, path+".metric", "metric", gate.Metric, Metrics())
		if gate.Arm != "" {
			oneOf(c, path+".arm", "arm", gate.Arm, c.armNames())
		}
		if gate.Op != "" && gate.Op != "*" {
			oneOf(c, path+".op", "op in steps", ews.Op(gate.Op), c.stepOps())
		}
		if known {
			c.checkLimits(path, gate)
		}
	}
}

func (c *checker) checkLimits(path string, gate Gate) {
	if gate.Min == nil && gate.Max == nil {
		c.report.Add(path, "a gate needs min or max")
	}
	if gate.Min != nil && gate.Max != nil && *gate.Min > *gate.Max {
		c.report.Add(path+".min", "min %g is more than max %g", *gate.Min, *gate.Max)
	}
	for _, l := range []struct {
		key   string
		limit *float64
	}{{"min", gate.Min}, {"max", gate.Max}} {
		if l.limit == nil {
			continue
		}
		if *l.limit < 0 {
			c.report.Add(path+"."+l.key, "%s must not be negative", l.key)
		}
		if gate.Metric == "error_rate" && *l.limit > 1 {
			c.report.Add(path+"."+l.key, "%s of error_rate is a fraction: %g is more than 1, write 0.01 or 1%%", l.key, *l.limit)
		}
	}
}

func (c *checker) armNames() []string {
	names := make([]string, len(c.Arms))
	for i, arm := range c.Arms {
		names[i] = arm.Name
	}
	return names
}

func (c *checker) stepOps() []ews.Op {
	var ops []ews.Op
	for _, step := range c.Steps {
		if !slices.Contains(ops, step.Op) {
			ops = append(ops, step.Op)
		}
	}
	return ops
}
