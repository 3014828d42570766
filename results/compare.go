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
func (a *analyst) compareTimings(c *cut, t timing, pools []*stat.Pool) {
	if len(pools) < 2 {
		return
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
			p := stat.SignFlip(blockDifferences(base, other, m.q), a.data.run.Seed)
			k := newComparison(c, i+1, m.name, e, p, timingMargin())
			k.DifferenceMS = k.Difference
			k.Warnings = append(k.Warnings, mixWarning(c.arms[0].rates(), c.arms[i+1].rates())...)
			a.comparisons = append(a.comparisons, k)
		}
	}
}

// blockDifferences is what the permutation test of a quantile flips: the medians
// of the blocks, or for a higher quantile, which a single block is too small
// for, how much of each block lies above it.
func blockDifferences(base, other *stat.Pool, q float64) []float64 {
	if q == 0.50 {
		return stat.QuantileDifferences(base, other, q)
	}
	return stat.ExceedanceDifferences(base, other, q)
}

// compareCounts compares each arm with the first by error rate and throughput.
func (a *analyst) compareCounts(c *cut) {
	if len(c.arms) < 2 || c.blocks == 0 {
		return
	}
	r, base := a.resampler(c.blocks), c.arms[0]
	for i, other := range c.arms[1:] {
		if sum(base.sent) == 0 || sum(other.sent) == 0 {
			continue
		}
		p := stat.SignFlip(subtract(rate(other.failed, other.sent), rate(base.failed, base.sent)), a.data.run.Seed)
		a.comparisons = append(a.comparisons, newComparison(c, i+1, MetricErrorRate, errorEffect(r, base, other), p, errorMargin()))
		if seconds := a.data.seconds(); seconds > 0 {
			e := throughputEffect(r, base, other, seconds)
			p := stat.SignFlip(subtract(other.ok, base.ok), a.data.run.Seed)
			a.comparisons = append(a.comparisons, newComparison(c, i+1, MetricThroughput, e, p, throughputMargin()))
		}
	}
}

// errorEffect compares error rates. The interval of the difference is the wider
// one, at each end, of the block bootstrap, which knows that errors come in
// bunches, and of Newcombe's, which knows that none seen is not none at all.
func errorEffect(r *stat.Resampler, base, other *armCut) stat.Effect {
	baseSent, baseFailed := sum(base.sent), sum(base.failed)
	otherSent, otherFailed := sum(other.sent), sum(other.failed)
	e := r.Effect(baseFailed/baseSent, otherFailed/otherSent, r.Rates(base.failed, base.sent), r.Rates(other.failed, other.sent))
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

func throughputEffect(r *stat.Resampler, base, other *armCut, seconds float64) stat.Effect {
	perSecond := func(sums []float64) []float64 {
		for i := range sums {
			sums[i] /= seconds
		}
		return sums
	}
	return r.Effect(sum(base.ok)/seconds, sum(other.ok)/seconds, perSecond(r.Sums(base.ok)), perSecond(r.Sums(other.ok)))
}

// newComparison sets arm number other of a cut against the first.
func newComparison(c *cut, other int, metric string, e stat.Effect, p float64, m margin) Comparison {
	return Comparison{
		Base: c.arms[0].data.summary.Name, Other: c.arms[other].data.summary.Name, Metric: metric, Op: c.op,
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
	return rates{a.data.summary.Name, sum(a.failed) / max(sum(a.sent), 1)}
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

// rate divides element by element, subtract subtracts.
func rate(events, trials []float64) []float64 {
	return combine(events, trials, func(e, t float64) float64 { return e / t })
}

func subtract(from, less []float64) []float64 {
	return combine(from, less, func(f, l float64) float64 { return f - l })
}

func combine(a, b []float64, f func(a, b float64) float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = f(a[i], b[i])
	}
	return out
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
