package results

import (
	"fmt"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// Bounds that keep a damaged store from asking for memory without end.
const (
	maxBlocks = 10_000
	maxNames  = 1000
)

// exactSamples is how many samples an analysis keeps the exact values of. Of a
// longer run it keeps counts on a grid of three significant digits, in memory
// that does not grow with the run's length.
const exactSamples = 1 << 20

// dataset is a run in memory: what a first pass over the samples counts, and
// what a second one adds in values. Samples may come in any order, and a run may
// hold any part of its plan's calls.
type dataset struct {
	run              Run
	arms             []*armData // in the run's order
	ops              []string   // sorted
	blocks           []Span     // due times of the samples of each block
	sent             int        // samples of all phases
	lastDue, lastEnd time.Duration
	services         stat.Tally    // of all that were answered, in ms
	quartile         time.Duration // the upper one of services: it stays when a fifth of the run stands still
	aa               callRange     // of the A/A phase
	exact            bool          // values are kept exactly
	timeline         grid
	pulse            pulse
	events           []Event
	struck           map[int]bool // blocks that are left out
	beside           beside
}

// armData is what a dataset holds of an arm.
type armData struct {
	summary   ArmSummary // those of its figures that are known beforehand or counted over all phases
	sent, all int        // measured and washout samples, without and with those withheld
	firstDue  time.Duration
	lastDue   time.Duration
	lastStart time.Duration
	lag       float64 // p99 in ms, NaN without samples
	cells     map[cellKey]*cell
	aa        map[int]*cell // of the A/A phase by block
	buckets   []bucketData  // of the timeline
	points    thinned[Point]
	errors    thinned[ErrorPoint]
	since     map[int][]float64 // by block: ms since the cause of ok samples
}

type cellKey struct {
	op    string
	block int
}

// load reads the samples of a run; of more than limit, values are not exact.
func load(r *Reader, limit int) (*dataset, error) {
	d := &dataset{run: r.Run(), struck: map[int]bool{}, beside: newBeside()}
	for _, a := range d.run.Arms {
		d.arms = append(d.arms, newArmData(a))
	}
	if err := d.each(r, d.count, d.countBeside); err != nil {
		return nil, err
	}
	slices.Sort(d.ops)
	d.exact = d.sent <= limit
	d.timeline = newGrid(d.run, d.lastDue)
	d.quartile = time.Duration(d.services.Quantile(0.75) * float64(time.Millisecond))
	d.pulse = newPulse(d.lastEnd, slowOf*d.quartile)
	for _, a := range d.arms {
		a.buckets = make([]bucketData, d.timeline.buckets)
		for _, c := range a.cells {
			c.room(d.exact)
		}
	}
	if err := d.each(r, d.fill, func(*Sample) error { return nil }); err != nil {
		return nil, err
	}
	d.events = d.findEvents()
	d.leaveOut()
	return d, nil
}

func newArmData(a Arm) *armData {
	return &armData{
		summary: ArmSummary{Name: a.Name, Anchor: a.Anchor, Target: a.Target, AskedRate: a.AskedRate, Connections: a.Connections},
		cells:   map[cellKey]*cell{},
		aa:      map[int]*cell{},
		since:   map[int][]float64{},
		points:  thinned[Point]{limit: maxPoints},
		errors:  thinned[ErrorPoint]{limit: maxPoints},
	}
}

// each calls do with every sample and the number of its arm, and beside with those
// that no schedule asked for, until an error.
func (d *dataset) each(r *Reader, do func(arm int, s *Sample) error, beside func(*Sample) error) error {
	for s, err := range r.Samples() {
		if err != nil {
			return err
		}
		if slices.Contains(d.run.Beside, s.Op) {
			if err := beside(&s); err != nil {
				return err
			}
			continue
		}
		arm, err := d.arm(s.Arm)
		if err != nil {
			return err
		}
		if err := do(arm, &s); err != nil {
			return err
		}
	}
	return nil
}

// arm finds an arm; one that run.json does not name is entered at the end.
func (d *dataset) arm(name string) (int, error) {
	for i, a := range d.arms {
		if a.summary.Name == name {
			return i, nil
		}
	}
	if len(d.arms) >= maxNames {
		return 0, fmt.Errorf("more than %d arms", maxNames)
	}
	d.arms = append(d.arms, newArmData(Arm{Name: name}))
	return len(d.arms) - 1, nil
}

// count takes a sample into the counts.
func (d *dataset) count(arm int, s *Sample) error {
	a := d.arms[arm]
	d.sent++
	d.lastEnd = max(d.lastEnd, s.End, s.Due)
	if s.Status != 0 {
		d.services.Add(ms(s.Service()))
	}
	switch s.Phase {
	case PhaseWarmup:
		a.summary.Warmup++
	case PhaseAA:
		a.summary.AA++
		d.aa.add(s.Call)
	case PhaseWashout:
		a.summary.Washout++
		a.pace(s)
	case PhaseMeasured:
		return d.measure(a, s)
	}
	return nil
}

// measure takes a measured sample into the counts.
func (d *dataset) measure(a *armData, s *Sample) error {
	if s.Block < 0 || s.Block >= maxBlocks {
		return fmt.Errorf("sample %d lies in block %d: only blocks 0 to %d can be analysed, more than %d blocks cannot", s.Seq, s.Block, maxBlocks-1, maxBlocks)
	}
	if !slices.Contains(d.ops, s.Op) {
		if len(d.ops) >= maxNames {
			return fmt.Errorf("more than %d operations", maxNames)
		}
		d.ops = append(d.ops, s.Op)
	}
	for len(d.blocks) <= s.Block {
		d.blocks = append(d.blocks, Span{From: -1})
	}
	span := &d.blocks[s.Block]
	if span.From < 0 {
		*span = Span{s.Due, s.Due}
	}
	span.From, span.To = min(span.From, s.Due), max(span.To, s.Due)
	d.lastDue = max(d.lastDue, s.Due)
	a.pace(s)
	key := cellKey{s.Op, s.Block}
	if a.cells[key] == nil {
		a.cells[key] = newCell()
	}
	a.cells[key].count(s)
	return nil
}

// pace notes when a sample was due and sent.
func (a *armData) pace(s *Sample) {
	if a.all == 0 {
		a.firstDue = s.Due
	}
	a.all++
	a.firstDue, a.lastDue = min(a.firstDue, s.Due), max(a.lastDue, s.Due)
	if s.Class != ClassWithheld {
		a.sent++
		a.lastStart = max(a.lastStart, s.Start)
	}
}

// fill keeps the values of a sample.
func (d *dataset) fill(arm int, s *Sample) error {
	a := d.arms[arm]
	d.pulse.add(arm, s)
	switch s.Phase {
	case PhaseMeasured:
		a.cells[cellKey{s.Op, s.Block}].fill(s)
		d.relate(a, s)
		a.draw(s, d.timeline.bucket(s.Due))
	case PhaseAA:
		d.fillAA(a, s)
	case PhaseWarmup, PhaseWashout:
	}
	return nil
}

// draw keeps what the timeline shows of a sample.
func (a *armData) draw(s *Sample, bucket int) {
	if s.Class == ClassWithheld {
		return
	}
	a.buckets[bucket].add(s)
	if s.Class == ClassOK {
		a.points.add(Point{At: s.Due, MS: ms(s.Latency())})
	} else {
		a.errors.add(ErrorPoint{At: s.Due, MS: ms(s.Latency()), Class: s.Class, Code: s.Code})
	}
}

// kept are the blocks whose samples enter figures.
func (d *dataset) kept() []int {
	var kept []int
	for b, span := range d.blocks {
		if span.From >= 0 && !d.struck[b] {
			kept = append(kept, b)
		}
	}
	return kept
}
