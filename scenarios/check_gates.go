package scenarios

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

func (c *checker) checkGates() {
	for i, gate := range c.Expect {
		path := element("expect", i)
		if gate.Arm != "" {
			oneOf(c, path+".arm", "arm", gate.Arm, c.armNames())
		}
		if gate.Op != "" && gate.Op != "*" {
			oneOf(c, path+".op", "op in steps", ews.Op(gate.Op), c.stepOps())
		}
		if oneOf(c, path+".metric", "metric", gate.Metric, GateMetrics()) {
			c.checkCounted(path, gate)
			c.checkOf(path, gate)
			c.checkLimits(path, gate)
		}
	}
}

// checkCounted checks what the metrics that count samples count.
func (c *checker) checkCounted(path string, gate Gate) {
	for _, k := range []struct {
		key, metric string
		set         bool
	}{{"outcome", metricOutcome, gate.Outcome != ""}, {"status", metricHTTP, gate.Status != 0}} {
		if c.gives(path+"."+k.key, k.set) && gate.Metric != k.metric {
			c.report.AddKey(path+"."+k.key, "%s has no meaning for %s", k.key, gate.Metric)
		}
		if !k.set && gate.Metric == k.metric {
			c.report.Add(path, "a gate on %s needs %s", k.metric, k.key)
		}
	}
	if gate.Metric == metricHTTP && gate.Status != 0 {
		c.checkRange(path+".status", gate.Status, 100, 599)
	}
}

// checkOf checks a gate that compares an arm with the first one.
func (c *checker) checkOf(path string, gate Gate) {
	if !c.gives(path+".of", gate.Of != OfOwn) || !oneOf(c, path+".of", "of", gate.Of, Ofs()) {
		return
	}
	switch {
	case gate.Metric == metricOutcome || gate.Metric == metricHTTP:
		c.report.AddKey(path+".of", "of has no meaning for %s: a count has a limit of its own", gate.Metric)
	case gate.Metric == metricErrorRate && gate.Of == OfRatio:
		c.report.Add(path+".of", "error_rate has no ratio, for the first arm's may be zero: write difference")
	case len(c.Arms) == 1:
		c.report.AddKey(path+".of", "of has no meaning with one arm: there is none to compare it with")
	case len(c.Arms) > 0 && gate.Arm == c.Arms[0].Name:
		c.report.Add(path+".arm", "arm %q is the first one, which the others are compared with", gate.Arm)
	}
}

func (c *checker) checkLimits(path string, gate Gate) {
	if gate.Min == nil && gate.Max == nil {
		c.report.Add(path, "a gate needs min or max")
	}
	if gate.Min != nil && gate.Max != nil && *gate.Min > *gate.Max {
		c.report.Add(path+".min", "min %g is more than max %g", *gate.Min, *gate.Max)
	}
	c.checkLimit(path, "min", gate, gate.Min)
	c.checkLimit(path, "max", gate, gate.Max)
	if !(gate.Margin >= 0) || gate.Margin > 1 {
		c.report.Add(path+".margin", "margin is a share of the limit: %g is not from 0 to 1, write 0.05 or 5%%", gate.Margin)
	}
	if !(gate.Floor >= 0) {
		c.report.Add(path+".floor", "floor must not be negative")
	}
}

func (c *checker) checkLimit(path, key string, gate Gate, limit *float64) {
	if limit == nil {
		return
	}
	if *limit < 0 && gate.Of != OfDifference {
		c.report.Add(path+"."+key, "%s must not be negative", key)
	}
	if gate.Metric == metricErrorRate && *limit > 1 {
		c.report.Add(path+"."+key, "%s of error_rate is a fraction: %g is more than 1, write 0.01 or 1%%", key, *limit)
	}
}

func (c *checker) stepOps() []ews.Op {
	if c.Notify != nil {
		return NotifyOps()
	}
	var ops []ews.Op
	for _, step := range c.Steps {
		if !slices.Contains(ops, step.Op) {
			ops = append(ops, step.Op)
		}
	}
	return ops
}
