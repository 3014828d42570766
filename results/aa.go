package results

import (
	"fmt"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// The A/A phase is cut into this many blocks, unless they would be shorter than
// minAABlock.
const (
	aaBlocks   = 30
	minAABlock = 300 * time.Millisecond
)

// callRange is where the calls of a phase lie in the plan.
type callRange struct {
	first, last uint64
	any         bool
}

func (c *callRange) add(call uint64) {
	if !c.any {
		*c = callRange{call, call, true}
	}
	c.first, c.last = min(c.first, call), max(c.last, call)
}

// block cuts the calls into blocks, so that equal calls share one.
func (c *callRange) block(call uint64, blocks int) int {
	return int(float64(call-c.first) / float64(c.last-c.first+1) * float64(blocks))
}

// fillAA keeps a sample of the A/A phase.
func (d *dataset) fillAA(a *armData, s *Sample) {
	blocks := min(max(int(d.run.AA/minAABlock), 1), aaBlocks)
	b := d.aa.block(s.Call, blocks)
	if a.aa[b] == nil {
		a.aa[b] = newCell()
		a.aa[b].room(d.exact)
	}
	a.aa[b].count(s)
	a.aa[b].fill(s)
}

// aaCut is the A/A phase as a cut of its own.
func (d *dataset) aaCut() *cut {
	blocks := make([]int, aaBlocks)
	for b := range blocks {
		blocks[b] = b
	}
	return newCut(AllOps, d.arms, blocks, func(a *armData, block int) []*cell {
		if c := a.aa[block]; c != nil {
			return []*cell{c}
		}
		return nil
	})
}

// compareAA compares the arms while they were equal, by the primary metric and
// by error rate.
func (a *analyst) compareAA() []Comparison {
	if !a.data.aa.any || len(a.data.arms) < 2 {
		return nil
	}
	c := a.data.aaCut()
	var all []Comparison
	for _, t := range timings() {
		pools := make([]*stat.Pool, len(c.arms))
		for i, arm := range c.arms {
			pools[i] = arm.pool(t)
		}
		all = append(all, a.compareTimings(c, t, pools)...)
	}
	all = append(all, a.compareCounts(c)...)
	primary := a.primary()
	all = slices.DeleteFunc(all, func(c Comparison) bool { return c.Metric != primary && c.Metric != MetricErrorRate })
	sortComparisons(all, a.data.arms)
	return all
}

// aaFaults are the differences beyond the margin between arms that were equal:
// the measurement finds what is not there.
func aaFaults(aa []Comparison) (faults []string) {
	for _, c := range aa {
		if c.Verdict == VerdictBetter || c.Verdict == VerdictWorse {
			faults = append(faults, fmt.Sprintf("two equal arms differ: while %s sent as %s does, its %s was %s (%s against %s)",
				c.Other, c.Base, c.Metric, c.Verdict, number(c.OtherValue), number(c.BaseValue)))
		}
	}
	return faults
}

// aaWarnings says where the A/A phase could not show that the arms are equal.
func (d *dataset) aaWarnings(aa []Comparison) (warnings []string) {
	if d.run.AA > 0 && !d.aa.any {
		return []string{"an A/A phase was asked for and holds no samples: nothing shows that equal arms come out equal"}
	}
	for _, c := range aa {
		if c.Verdict == VerdictInconclusive {
			warnings = append(warnings, fmt.Sprintf("the A/A phase is too short to show that %s of %s and %s come out equal within the margin", c.Metric, c.Base, c.Other))
		}
	}
	return warnings
}
