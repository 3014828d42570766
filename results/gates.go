package results

import (
	"cmp"
	"fmt"
)

// judgeGates holds every gate against the summary: one result for each arm that
// a gate speaks of and for each of its bounds. A gate without a figure fails:
// nothing measured is never a pass.
func judgeGates(gates []Gate, s *Summary) []GateResult {
	out := []GateResult{}
	for _, g := range gates {
		arms := []string{g.Arm}
		if g.Arm == "" {
			arms = arms[:0]
			for _, a := range s.Arms {
				arms = append(arms, a.Name)
			}
		}
		for _, arm := range arms {
			out = append(out, g.judge(arm, s)...)
		}
	}
	return out
}

// judge gives the result of each bound of a gate for one arm.
func (g Gate) judge(arm string, s *Summary) (out []GateResult) {
	op := cmp.Or(g.Op, AllOps)
	observed := s.figure(g.Metric, arm, op)
	result := func(bound, sign string, limit float64, holds bool) {
		name := fmt.Sprintf("%s of %s %s %v", g.Metric, arm, sign, limit)
		if op != AllOps {
			name = fmt.Sprintf("%s of %s in %s %s %v", g.Metric, op, arm, sign, limit)
		}
		out = append(out, GateResult{
			Name: name, Metric: g.Metric, Arm: arm, Op: op, Passed: holds, Observed: observed, Limit: limit, Bound: bound,
		})
	}
	if g.Min != nil {
		result("min", ">=", *g.Min, observed != nil && *observed >= *g.Min)
	}
	if g.Max != nil {
		result("max", "<=", *g.Max, observed != nil && *observed <= *g.Max)
	}
	return out
}

// figure looks a metric up, nil if it was not measured.
func (s *Summary) figure(metric, arm, op string) *float64 {
	if op != AllOps {
		for _, o := range s.Ops {
			if o.Arm == arm && o.Op == op {
				return o.figure(metric)
			}
		}
		return nil
	}
	for _, a := range s.Arms {
		if a.Name == arm {
			all := OpSummary{Samples: a.Samples, ErrorRate: a.ErrorRate, Throughput: a.Throughput, Latency: a.Latency, Service: a.Service}
			return all.figure(metric)
		}
	}
	return nil
}

func (o OpSummary) figure(metric string) *float64 {
	if o.Samples == 0 {
		return nil
	}
	return map[string]*float64{
		MetricLatencyP50: o.Latency.P50, MetricLatencyP90: o.Latency.P90, MetricLatencyP95: o.Latency.P95, MetricLatencyP99: o.Latency.P99,
		MetricServiceP50: o.Service.P50, MetricServiceP95: o.Service.P95, MetricServiceP99: o.Service.P99,
		MetricErrorRate: &o.ErrorRate, MetricThroughput: &o.Throughput,
	}[metric]
}
