package results

import (
	"math"

	"github.com/ewsbench/ewsbench/results/stat"
)

// curveOf thins latencies to their percentiles and, above the 99th, to a
// hundred steps on the axis of nines, up to the maximum.
func curveOf(arm string, p *stat.Pool) Curve {
	c := Curve{Arm: arm}
	if p.Len() == 0 {
		return c
	}
	n := p.Len()
	last := 0
	add := func(q float64) {
		if rank := stat.Rank(n, q); rank > last && rank < n {
			last = rank
			c.Points = append(c.Points, CurvePoint{Q: q, MS: p.Value(rank)})
		}
	}
	for percent := range 99 {
		add(float64(percent) / 100)
	}
	const steps = 100
	from, to := 2.0, math.Log10(float64(n))
	for i := range steps {
		if nines := from + (to-from)*float64(i)/steps; to > from {
			add(1 - math.Pow(10, -nines))
		}
	}
	c.Points = append(c.Points, CurvePoint{Q: 1, MS: p.Value(n)})
	return c
}

// shiftsOf compares the percentiles of each arm with those of the first.
func shiftsOf(r *stat.Resampler, arms []*armCut, pools []*stat.Pool) []Shift {
	shifts := make([]Shift, len(pools)-1)
	base := pools[0]
	for i := range shifts {
		shifts[i].Base, shifts[i].Other = arms[0].data.summary.Name, arms[i+1].data.summary.Name
	}
	for percent := 1; percent < 100; percent++ {
		q := float64(percent) / 100
		if !stat.Enough(base.Len(), q) {
			continue
		}
		draws := r.Quantiles(base, q)
		for i, other := range pools[1:] {
			if !stat.Enough(other.Len(), q) {
				continue
			}
			e := r.Effect(base.Quantile(q), other.Quantile(q), draws, r.Quantiles(other, q))
			if !math.IsNaN(e.DifferenceLow) {
				shifts[i].Points = append(shifts[i].Points, ShiftPoint{Q: q, Difference: e.Difference, Low: e.DifferenceLow, High: e.DifferenceHigh})
			}
		}
	}
	return shifts
}
