package results

import (
	"math"

	"github.com/ewsbench/ewsbench/results/stat"
)

// cut is one operation of a dataset, or all of them together, by arm and block.
// Blocks in which no arm sent a sample of it are left out.
type cut struct {
	op     string
	blocks int
	arms   []*armCut // in the dataset's order
}

// armCut holds an arm's samples in each block of a cut.
type armCut struct {
	data             *armData
	cells            [][]*cell // of each block
	sent, failed, ok []float64 // samples in each block
}

// cutOf cuts out an operation, or all of them.
func cutOf(d *dataset, op string) *cut {
	ops := []string{op}
	if op == AllOps {
		ops = d.ops
	}
	return newCut(op, d.arms, d.kept(), func(a *armData, block int) (cells []*cell) {
		for _, op := range ops {
			if c := a.cells[cellKey{op, block}]; c != nil && c.sent > 0 {
				cells = append(cells, c)
			}
		}
		return cells
	})
}

// newCut collects the cells of each arm in those blocks in which any arm has one.
func newCut(op string, arms []*armData, blocks []int, cellsOf func(*armData, int) []*cell) *cut {
	c := &cut{op: op}
	for _, a := range arms {
		c.arms = append(c.arms, &armCut{data: a})
	}
	for _, block := range blocks {
		cells, any := make([][]*cell, len(arms)), false
		for i, a := range arms {
			cells[i] = cellsOf(a, block)
			any = any || len(cells[i]) > 0
		}
		if !any {
			continue
		}
		c.blocks++
		for i, a := range c.arms {
			a.append(cells[i])
		}
	}
	return c
}

// append adds a block.
func (a *armCut) append(cells []*cell) {
	total := newCell()
	for _, c := range cells {
		total.include(c)
	}
	a.cells = append(a.cells, cells)
	a.sent = append(a.sent, float64(total.sent))
	a.failed = append(a.failed, float64(total.failed))
	a.ok = append(a.ok, float64(total.sent-total.failed))
}

// timing is a duration of a sample that quantiles are made of.
type timing struct {
	prefix string // of its metrics' names
	of     func(*cell) *series
}

// timings are those that arms are compared by.
func timings() []timing {
	return []timing{
		{"latency", func(c *cell) *series { return &c.latency }},
		{"service", func(c *cell) *series { return &c.service }},
	}
}

// lagTiming is how late samples were sent.
func lagTiming() timing {
	return timing{"lag", func(c *cell) *series { return &c.lag }}
}

// pool pools the timings of an arm, in ms.
func (a *armCut) pool(t timing) *stat.Pool {
	parts := stat.NewParts(len(a.cells), int(stat.Sum(a.sent)))
	for b, cells := range a.cells {
		for _, c := range cells {
			t.of(c).into(parts, b)
		}
	}
	return parts.Pool()
}

// quantilesOf gives the quantiles of values in ms that there are enough for.
func quantilesOf(p *stat.Pool) Quantiles {
	of := func(q float64) *float64 {
		if !stat.Enough(p.Len(), q) {
			return nil
		}
		return figure(p.Quantile(q))
	}
	return Quantiles{P50: of(0.50), P90: of(0.90), P95: of(0.95), P99: of(0.99), Max: figure(p.Quantile(1))}
}

// intervalsOf gives the order-statistic intervals of the same quantiles.
func intervalsOf(p *stat.Pool) Intervals {
	of := func(q float64) *Interval {
		low, high, ok := p.QuantileInterval(q, 0.95)
		if !ok {
			return nil
		}
		return &Interval{low, high}
	}
	return Intervals{P50: of(0.50), P90: of(0.90), P95: of(0.95), P99: of(0.99)}
}

// figure is a number that may be missing: nil for what JSON cannot hold.
func figure(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
