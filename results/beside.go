package results

import (
	"fmt"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// beside is what was sent beside the schedule, by whatever came about: a client
// that subscribes again when it was refused. It is counted apart, since arms need
// not send equally much of it.
type beside struct {
	arms   []string // in the order in which they came
	cells  map[besideKey]*besideCell
	causes map[uint64]time.Duration // call -> when the answer to it was read; ambiguous if several were
}

type besideKey struct{ arm, op string }

// besideCell holds an arm's samples of one operation.
type besideCell struct {
	cell
	latencies, services []float64 // ms, of those timed
}

// ambiguous marks a call with several causes.
const ambiguous = time.Duration(-1)

func newBeside() beside {
	return beside{cells: map[besideKey]*besideCell{}, causes: map[uint64]time.Duration{}}
}

// countBeside takes a sample in that no schedule asked for.
func (d *dataset) countBeside(s *Sample) error {
	b, key := &d.beside, besideKey{s.Arm, s.Op}
	d.lastEnd = max(d.lastEnd, s.End)
	if !slices.Contains(b.arms, s.Arm) {
		if len(b.arms) >= maxNames {
			return fmt.Errorf("more than %d arms", maxNames)
		}
		b.arms = append(b.arms, s.Arm)
	}
	c := b.cells[key]
	if c == nil {
		c = &besideCell{cell: *newCell()}
		b.cells[key] = c
	}
	c.count(s)
	if isTimed(s) {
		c.latencies, c.services = append(c.latencies, ms(s.Latency())), append(c.services, ms(s.Service()))
	}
	if s.Op == d.run.Cause && s.Class == ClassOK {
		end := s.End
		if _, there := b.causes[s.Call]; there {
			end = ambiguous
		}
		b.causes[s.Call] = end
	}
	return nil
}

// relate sets an ok sample against what it tells of.
func (d *dataset) relate(a *armData, s *Sample) {
	if s.Class != ClassOK || d.run.Cause == "" {
		return
	}
	if cause, ok := d.beside.causes[s.Call]; ok && cause != ambiguous {
		a.since[s.Block] = append(a.since[s.Block], ms(s.End-cause))
	}
}

// sinceCause gives the quantiles of what relate has collected; nil without any.
func (d *dataset) sinceCause(a *armData) *Quantiles {
	var all []float64
	for _, block := range d.kept() {
		all = append(all, a.since[block]...)
	}
	if len(all) == 0 {
		return nil
	}
	q := quantilesOf(poolOf(all))
	return &q
}

func poolOf(values []float64) *stat.Pool {
	parts := stat.NewParts(1, len(values))
	parts.Add(0, values...)
	return parts.Pool()
}

// besideSummaries has a row for each arm and operation: the run's arms first, in
// their order.
func (d *dataset) besideSummaries() (rows []OpSummary) {
	var names []string
	for _, a := range d.run.Arms {
		names = append(names, a.Name)
	}
	for _, name := range d.beside.arms {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, op := range d.run.Beside {
		for _, name := range names {
			if c := d.beside.cells[besideKey{name, op}]; c != nil {
				rows = append(rows, c.summary(name, op))
			}
		}
	}
	return rows
}

func (c *besideCell) summary(arm, op string) OpSummary {
	row := OpSummary{
		Arm: arm, Op: op, Samples: c.sent, Errors: c.failed, HTTP: byText(c.statuses), Outcomes: c.outcomes,
		Latency: quantilesOf(poolOf(c.latencies)), Service: quantilesOf(poolOf(c.services)),
	}
	if c.sent > 0 {
		row.ErrorRate = float64(c.failed) / float64(c.sent)
	}
	return row
}
