package results

import (
	"math"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// cut is one operation of a dataset, or all of them together, by arm and block.
// Blocks in which no arm sent a sample of it are left out.
type cut struct {
	op     string
	blocks int
	arms   []*armCut // in the dataset's order
	index  []int     // of each of the dataset's blocks in the cut, -1 if it is left out
}

// armCut holds an arm's samples in each block of a cut.
type armCut struct {
	data             *armData
	any              bool   // the cut holds every operation
	op               uint16 // the only one that it holds otherwise
	sent, failed, ok []float64
	timed            []int // samples that have a latency
}

func (a *armCut) holds(r *record) bool { return a.any || r.op == a.op }

// cutOf cuts out an operation by its number, or all of them for a negative one.
func cutOf(d *dataset, op int) *cut {
	c := &cut{op: AllOps, index: make([]int, d.blocks)}
	if op >= 0 {
		c.op = d.ops[op]
	}
	for _, a := range d.arms {
		c.arms = append(c.arms, &armCut{data: a, any: op < 0, op: uint16(max(op, 0))})
	}
	for _, a := range c.arms {
		for i := range a.data.records {
			if r := &a.data.records[i]; a.holds(r) {
				c.index[r.block] = 1
			}
		}
	}
	for b, used := range c.index {
		c.index[b] = -1
		if used == 1 {
			c.index[b] = c.blocks
			c.blocks++
		}
	}
	for _, a := range c.arms {
		a.count(c)
	}
	return c
}

func (a *armCut) count(c *cut) {
	a.sent, a.failed, a.ok = make([]float64, c.blocks), make([]float64, c.blocks), make([]float64, c.blocks)
	a.timed = make([]int, c.blocks)
	for i := range a.data.records {
		r := &a.data.records[i]
		if !a.holds(r) {
			continue
		}
		b := c.index[r.block]
		a.sent[b]++
		if r.class&failedSample != 0 {
			a.failed[b]++
		} else {
			a.ok[b]++
		}
		if r.class&timedSample != 0 {
			a.timed[b]++
		}
	}
}

// timing is a duration of a sample that quantiles are made of.
type timing struct {
	prefix string // of its metrics' names
	of     func(*record) time.Duration
}

// timings are those of latency and service.
func timings() []timing {
	return []timing{
		{"latency", func(r *record) time.Duration { return r.latency }},
		{"service", func(r *record) time.Duration { return r.service }},
	}
}

// pool pools the timings of an arm, in ms.
func (c *cut) pool(a *armCut, t timing) *stat.Pool {
	total := 0
	for _, n := range a.timed {
		total += n
	}
	blocks := make([][]float64, c.blocks)
	room := make([]float64, total)
	for b, n := range a.timed {
		blocks[b], room = room[:0:n], room[n:]
	}
	for i := range a.data.records {
		if r := &a.data.records[i]; r.class&timedSample != 0 && a.holds(r) {
			b := c.index[r.block]
			blocks[b] = append(blocks[b], ms(t.of(r)))
		}
	}
	return stat.NewPool(blocks)
}

// quantilesOf gives the quantiles of sorted values in ms that there are enough for.
func quantilesOf(sorted []float64) Quantiles {
	return Quantiles{
		P50: quantileIfEnough(sorted, 0.50), P90: quantileIfEnough(sorted, 0.90),
		P95: quantileIfEnough(sorted, 0.95), P99: quantileIfEnough(sorted, 0.99),
		Max: figure(stat.Quantile(sorted, 1)),
	}
}

func quantileIfEnough(sorted []float64, q float64) *float64 {
	if !stat.Enough(len(sorted), q) {
		return nil
	}
	return figure(stat.Quantile(sorted, q))
}

// intervalsOf gives the order-statistic intervals of the same quantiles.
func intervalsOf(sorted []float64) Intervals {
	of := func(q float64) *Interval {
		low, high, ok := stat.QuantileInterval(sorted, q, 0.95)
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

func sum(figures []float64) (total float64) {
	for _, f := range figures {
		total += f
	}
	return total
}
