package results

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/ewsbench/ewsbench/results/stat"
)

// quantileMetric is a metric that is a quantile of a timing.
type quantileMetric struct {
	name string
	q    float64
}

// metrics lists the quantiles of a timing that arms are compared by.
func (t timing) metrics() []quantileMetric {
	if t.prefix == "service" {
		return []quantileMetric{{MetricServiceP50, 0.50}, {MetricServiceP95, 0.95}, {MetricServiceP99, 0.99}}
	}
	return []quantileMetric{
		{MetricLatencyP50, 0.50}, {MetricLatencyP90, 0.90}, {MetricLatencyP95, 0.95}, {MetricLatencyP99, 0.99},
	}
}

// compareTimings compares each arm with the first by the quantiles of a timing.
func (a *analyst) compareTimings(c *cut, t timing, pools []*stat.Pool) (out []Comparison) {
	if len(pools) < 2 {
		return nil
	}
	r := a.resampler(c.blocks)
	for _, m := range t.metrics() {
		base := pools[0]
		if !stat.Enough(base.Len(), m.q) {
			continue
		}
		draws := r.Quantiles(base, m.q)
		for i, other := range pools[1:] {
			if !stat.Enough(other.Len(), m.q) {
				continue
			}
			e := r.Effect(base.Quantile(m.q), other.Quantile(m.q), draws, r.Quantiles(other, m.q))
			p := stat.SignFlip(stat.Differences(stat.BlockFigures(base, other, m.q)), a.data.run.Seed)
			k := newComparison(c, i+1, m.name, e, p, timingMargin())
			k.DifferenceMS = k.Difference
			k.Warnings = append(k.Warnings, mixWarning(c.arms[0].rates(), c.arms[i+1].rates())...)
			out = append(out, k)
		}
	}
	return out
}

// compareCounts compares each arm with the first by error rate and throughput.
func (a *analyst) compareCounts(c *cut) (out []Comparison) {
	if len(c.arms) < 2 || c.blocks == 0 {
		return nil
	}
	r, base := a.resampler(c.blocks), c.arms[0]
	for i, other := range c.arms[1:] {
		if stat.Sum(base.sent) == 0 || stat.Sum(other.sent) == 0 {
			continue
		}
		p := stat.SignFlip(stat.Differences(base.errorRates(), other.errorRates()), a.data.run.Seed)
		out = append(out, newComparison(c, i+1, MetricErrorRate, errorEffect(r, r, base, other), p, errorMargin()))
		if seconds := a.data.seconds(); seconds > 0 {
			e := r.Effect(stat.Sum(base.ok)/seconds, stat.Sum(other.ok)/seconds, base.throughputs(r, seconds), other.throughputs(r, seconds))
			p := stat.SignFlip(stat.Differences(base.ok, other.ok), a.data.run.Seed)
			out = append(out, newComparison(c, i+1, MetricThroughput, e, p, throughputMargin()))
		}
	}
	return out
}

// errorEffect compares error rates. The interval of the difference is the wider
// one, at each end, of the block bootstrap, which knows that errors come in
// bunches, and of Newcombe's, which knows that none seen is not none at all.
func errorEffect(bases, others *stat.Resampler, base, other *armCut) stat.Effect {
	baseSent, baseFailed := stat.Sum(base.sent), stat.Sum(base.failed)
	otherSent, otherFailed := stat.Sum(other.sent), stat.Sum(other.failed)
	e := bases.Effect(baseFailed/baseSent, otherFailed/otherSent, bases.Rates(base.failed, base.sent), others.Rates(other.failed, other.sent))
	if baseFailed == 0 {
		// A rate of nothing over nothing is not known to be equal.
		e.Ratio, e.RatioLow, e.RatioHigh = math.NaN(), math.NaN(), math.NaN()
	}
	if !math.IsNaN(e.DifferenceLow) {
		low, high := stat.Newcombe(baseFailed, baseSent, otherFailed, otherSent)
		e.DifferenceLow, e.DifferenceHigh = min(e.DifferenceLow, low), max(e.DifferenceHigh, high)
	}
	return e
}

// throughputs are the ok answers/s in each draw.
func (a *armCut) throughputs(r *stat.Resampler, seconds float64) []float64 {
	out := r.Sums(a.ok)
	for i := range out {
		out[i] /= seconds
	}
	return out
}

// errorRates are those of the blocks.
func (a *armCut) errorRates() []float64 {
	out := make([]float64, len(a.sent))
	for b := range out {
		out[b] = a.failed[b] / a.sent[b]
	}
	return out
}

// newComparison sets arm number other of a cut against the first.
func newComparison(c *cut, other int, metric string, e stat.Effect, p float64, m margin) Comparison {
	k := comparisonOf(metric, c.op, e, p, m)
	k.Base, k.Other = c.arms[0].data.summary.Name, c.arms[other].data.summary.Name
	return k
}

// comparisonOf is a comparison of two that are still to be named.
func comparisonOf(metric, op string, e stat.Effect, p float64, m margin) Comparison {
	return Comparison{
		Metric: metric, Op: op,
		BaseValue: figure(e.Base), OtherValue: figure(e.Other),
		Ratio: figure(e.Ratio), CILow: figure(e.RatioLow), CIHigh: figure(e.RatioHigh),
		Difference: figure(e.Difference), DifferenceLow: figure(e.DifferenceLow), DifferenceHigh: figure(e.DifferenceHigh),
		P: figure(p), Verdict: m.judge(e),
	}
}

// rates is an arm's name and error rate.
type rates struct {
	name  string
	error float64
}

func (a *armCut) rates() rates {
	return rates{a.data.summary.Name, stat.Sum(a.failed) / max(stat.Sum(a.sent), 1)}
}

// mixWarning says when error rates differ so much that latencies of ok samples
// no longer speak of the same work: fast refusals must not flatter an arm.
func mixWarning(base, other rates) []string {
	const limit = 0.01
	if math.Abs(other.error-base.error) <= limit {
		return nil
	}
	return []string{fmt.Sprintf("the error rates of %s (%.2f %%) and %s (%.2f %%) differ by more than one point: latencies leave the errors out",
		base.name, 100*base.error, other.name, 100*other.error)}
}

// mixWarnings is mixWarning for each arm against the first.
func mixWarnings(arms []ArmSummary) (warnings []string) {
	for _, other := range arms[min(1, len(arms)):] {
		warnings = append(warnings, mixWarning(rates{arms[0].Name, arms[0].ErrorRate}, rates{other.Name, other.ErrorRate})...)
	}
	return warnings
}

// sortComparisons puts those of an arm together, in the order of the arms.
func sortComparisons(cs []Comparison, arms []*armData) {
	place := map[string]int{}
	for i, a := range arms {
		place[a.summary.Name] = i
	}
	slices.SortStableFunc(cs, func(x, y Comparison) int { return cmp.Compare(place[x.Other], place[y.Other]) })
}

// adjust gives the secondary comparisons of each arm their adjusted p: all but
// the primary metric of all operations.
func adjust(cs []Comparison, primary string) {
	family := map[string][]*Comparison{}
	for i := range cs {
		c := &cs[i]
		if (c.Metric != primary || c.Op != AllOps) && c.P != nil {
			family[c.Other] = append(family[c.Other], c)
		}
	}
	for _, members := range family {
		ps := make([]float64, len(members))
		for i, c := range members {
			ps[i] = *c.P
		}
		for i, p := range stat.Holm(ps) {
			members[i].PHolm = &p
		}
	}
}
