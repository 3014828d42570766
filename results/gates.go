package results

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/ewsbench/ewsbench/results/stat"
)

// judgeGates holds every gate against the summary: one result for each arm that
// a gate speaks of and for each of its bounds. A gate without a figure fails:
// nothing measured is never a pass.
func judgeGates(gates []Gate, s *Summary) []GateResult {
	out := []GateResult{}
	for _, g := range gates {
		for _, arm := range g.arms(s) {
			out = append(out, g.judge(arm, s)...)
		}
	}
	return out
}

// arms are those that a gate speaks of. One that speaks of none in this run is
// held against no arm, and fails.
func (g Gate) arms(s *Summary) (arms []string) {
	if g.Arm != "" {
		return []string{g.Arm}
	}
	for i, a := range s.Arms {
		if i > 0 || g.Of == OfOwn {
			arms = append(arms, a.Name)
		}
	}
	if len(arms) == 0 {
		return []string{""}
	}
	return arms
}

// judge gives the result of each bound of a gate for one arm.
func (g Gate) judge(arm string, s *Summary) (out []GateResult) {
	observed, unit, why := g.observe(arm, s)
	result := func(bound, sign string, limit, sense float64) {
		r := GateResult{
			Name: g.name(arm, s, sign, limit), Metric: g.Metric, Arm: arm, Op: cmp.Or(g.Op, AllOps),
			Observed: observed, Limit: limit, Bound: bound, Of: g.Of,
		}
		r.Passed, r.Reason = g.holds(observed, limit, sense, unit)
		if observed == nil {
			r.Reason = why
		}
		out = append(out, r)
	}
	if g.Min != nil {
		result("min", ">=", *g.Min, -1)
	}
	if g.Max != nil {
		result("max", "<=", *g.Max, 1)
	}
	return out
}

// holds says whether a figure keeps a limit, and why. Sense is 1 for a limit
// from above and -1 from below; unit is what one of the figure is in the unit of
// the floor.
func (g Gate) holds(observed *float64, limit, sense, unit float64) (passed bool, reason string) {
	if observed == nil {
		return false, ""
	}
	beyond := sense * (*observed - limit)
	side := map[bool]string{true: "above", false: "below"}[sense > 0]
	switch {
	case beyond <= 0:
		return true, fmt.Sprintf("%s keeps the limit of %s", number(observed), number(&limit))
	case beyond <= g.Margin*math.Abs(limit):
		return true, fmt.Sprintf("%s is %s the limit of %s by no more than the margin of %s %%", number(observed), side, number(&limit), percent(g.Margin))
	case beyond*unit <= g.Floor:
		return true, fmt.Sprintf("%s is %s the limit of %s by no more than the floor of %s", number(observed), side, number(&limit), number(&g.Floor))
	default:
		return false, fmt.Sprintf("%s is %s the limit of %s", number(observed), side, number(&limit))
	}
}

// observe gives the figure that a gate speaks of, and what one of it is in the
// metric's unit; or nil, and why there is none.
func (g Gate) observe(arm string, s *Summary) (observed *float64, unit float64, why string) {
	own := g.figure(arm, s)
	if own == nil {
		return nil, 0, g.nothing(arm, s)
	}
	if g.Of == OfOwn {
		return own, 1, ""
	}
	first := g.figure(s.Arms[0].Name, s)
	switch {
	case arm == s.Arms[0].Name:
		return nil, 0, fmt.Sprintf("%s is the first arm: there is nothing to set it against", arm)
	case first == nil:
		return nil, 0, g.nothing(s.Arms[0].Name, s)
	case g.Of == OfDifference:
		return figure(*own - *first), 1, ""
	case g.Of == OfRatio:
		ratio := figure(stat.Ratio(*own, *first))
		if ratio == nil {
			return nil, 0, fmt.Sprintf("%s of %s is 0: there is no ratio to it", g.Metric, s.Arms[0].Name)
		}
		return ratio, *first, ""
	}
	return nil, 0, fmt.Sprintf("a gate cannot be of %q", g.Of)
}

// nothing says why an arm has no figure.
func (g Gate) nothing(arm string, s *Summary) string {
	row, there := s.row(arm, cmp.Or(g.Op, AllOps))
	switch {
	case arm == "":
		return "there is no arm that it speaks of"
	case !there || row.Samples == 0:
		return fmt.Sprintf("%s sent nothing of it, and nothing measured is never a pass", arm)
	case !known(g.Metric):
		return fmt.Sprintf("there is no metric %s", g.Metric)
	default:
		return fmt.Sprintf("the %d samples of %s are too few for %s", row.Samples, arm, g.Metric)
	}
}

// known says whether there is such a metric of a gate.
func known(metric string) bool {
	return slices.Contains([]string{
		MetricLatencyP50, MetricLatencyP90, MetricLatencyP95, MetricLatencyP99, MetricServiceP50, MetricServiceP95, MetricServiceP99,
		MetricErrorRate, MetricThroughput, MetricOutcome, MetricHTTP,
	}, metric)
}

// name is such as "latency_p50 of GetItem in anchored <= 25".
func (g Gate) name(arm string, s *Summary, sign string, limit float64) string {
	what := g.Metric
	switch g.Metric {
	case MetricOutcome:
		what += " " + g.Outcome
	case MetricHTTP:
		what += " " + strconv.Itoa(g.Status)
	}
	where := arm
	if g.Of != OfOwn {
		what = g.Of + " of " + what
		where = cmp.Or(arm, "any arm")
		if len(s.Arms) > 0 {
			where += " to " + s.Arms[0].Name
		}
	}
	if op := cmp.Or(g.Op, AllOps); op != AllOps {
		return fmt.Sprintf("%s of %s in %s %s %v", what, op, where, sign, limit)
	}
	return fmt.Sprintf("%s of %s %s %v", what, where, sign, limit)
}

// figure looks the gate's metric up, nil if it was not measured.
func (g Gate) figure(arm string, s *Summary) *float64 {
	row, there := s.row(arm, cmp.Or(g.Op, AllOps))
	if !there {
		return nil
	}
	switch {
	case g.Metric != MetricOutcome && g.Metric != MetricHTTP:
		return row.figure(g.Metric)
	case row.Samples == 0:
		return nil
	case g.Metric == MetricHTTP:
		return figure(float64(row.HTTP[strconv.Itoa(g.Status)]))
	default:
		return figure(float64(row.Outcomes[g.Outcome]))
	}
}

// row finds an arm's figures for an operation or all of them.
func (s *Summary) row(arm, op string) (OpSummary, bool) {
	for _, o := range slices.Concat(s.Ops, s.Beside) {
		if o.Arm == arm && o.Op == op {
			return o, true
		}
	}
	for _, a := range s.Arms {
		if a.Name == arm && op == AllOps {
			return OpSummary{
				Arm: arm, Op: op, Samples: a.Samples, ErrorRate: a.ErrorRate, Throughput: a.Throughput,
				Latency: a.Latency, Service: a.Service, HTTP: a.HTTP, Outcomes: a.Outcomes,
			}, true
		}
	}
	return OpSummary{}, false
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

// number writes a figure for people: four digits, all of a count.
func number(v *float64) string {
	switch {
	case v == nil:
		return "nothing"
	case *v == math.Trunc(*v) && math.Abs(*v) < 1e15:
		return strconv.FormatFloat(*v, 'f', 0, 64)
	default:
		return strconv.FormatFloat(*v, 'g', 4, 64)
	}
}

func percent(share float64) string {
	v := 100 * share
	return number(&v)
}
