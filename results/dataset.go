package results

import (
	"fmt"
	"slices"
	"time"
)

// Bounds that keep a damaged store from asking for memory without end.
const (
	maxBlocks = 10_000
	maxNames  = 1000
)

// record is what the analysis keeps of a sample that was sent in the measured
// time. A million of them are 24 MB.
type record struct {
	latency, service time.Duration
	block, op        uint16
	bucket           uint16 // of the timeline
	class            classBits
}

// classBits is a Class in a byte.
type classBits uint8

const (
	failedSample classBits = 1 << iota // an error or a timeout
	timedSample                        // ok, or a timeout: has a latency
)

// bitsOf is the class of a sample that was sent.
func bitsOf(c Class) classBits {
	switch c {
	case ClassOK:
		return timedSample
	case ClassTimeout:
		return timedSample | failedSample
	case ClassError, ClassWithheld:
		return failedSample
	}
	return failedSample // a class of a later version is no success
}

// dataset is a run in memory: what a first pass over the samples counts, and
// what a second one fills into arrays of exactly the right size.
type dataset struct {
	run      Run
	arms     []*armData // in the run's order
	ops      []string   // sorted
	blocks   int        // one more than the highest block
	lastDue  time.Duration
	timeline grid
}

// armData is what a dataset holds of an arm.
type armData struct {
	summary   ArmSummary // those of its figures that are counted
	sent, all int        // measured samples without and with those withheld
	firstDue  time.Duration
	lastDue   time.Duration
	lastStart time.Duration
	statuses  map[int]int // answers by HTTP status
	records   []record
	points    thinned[Point]
	errors    thinned[ErrorPoint]
}

// load reads the samples of a run.
func load(r *Reader) (*dataset, error) {
	d := &dataset{run: r.Run()}
	for _, a := range d.run.Arms {
		d.arms = append(d.arms, newArmData(a))
	}
	if err := d.each(r, d.count); err != nil {
		return nil, err
	}
	slices.Sort(d.ops)
	d.timeline = newGrid(d.run, d.lastDue)
	for _, a := range d.arms {
		a.records = make([]record, 0, a.sent)
	}
	return d, d.each(r, d.fill)
}

func newArmData(a Arm) *armData {
	return &armData{
		summary: ArmSummary{
			Name: a.Name, Anchor: a.Anchor, Target: a.Target, AskedRate: a.AskedRate, Connections: a.Connections,
			// The keys that readers of summary.json look for are there also when they are zero.
			Outcomes: map[string]int{CodeOK: 0, "ErrorServerBusy": 0, "http_503": 0, CodeTimeout: 0},
		},
		statuses: map[int]int{200: 0, 500: 0, 503: 0},
		points:   thinned[Point]{limit: maxPoints},
		errors:   thinned[ErrorPoint]{limit: maxPoints},
	}
}

// each calls do with every sample and its arm, until an error.
func (d *dataset) each(r *Reader, do func(*armData, *Sample) error) error {
	for s, err := range r.Samples() {
		if err != nil {
			return err
		}
		a, err := d.arm(s.Arm)
		if err != nil {
			return err
		}
		if err := do(a, &s); err != nil {
			return err
		}
	}
	return nil
}

// arm finds an arm; one that run.json does not name is entered at the end.
func (d *dataset) arm(name string) (*armData, error) {
	for _, a := range d.arms {
		if a.summary.Name == name {
			return a, nil
		}
	}
	if len(d.arms) >= maxNames {
		return nil, fmt.Errorf("more than %d arms", maxNames)
	}
	a := newArmData(Arm{Name: name})
	d.arms = append(d.arms, a)
	return a, nil
}

// count takes a sample into the counts.
func (d *dataset) count(a *armData, s *Sample) error {
	switch {
	case s.Phase != PhaseMeasured || s.Block < 0:
		a.summary.Warmup++
		return nil
	case s.Block >= maxBlocks:
		return fmt.Errorf("sample %d lies in block %d: more than %d blocks cannot be analysed", s.Seq, s.Block, maxBlocks)
	}
	if !slices.Contains(d.ops, s.Op) {
		if len(d.ops) >= maxNames {
			return fmt.Errorf("more than %d operations", maxNames)
		}
		d.ops = append(d.ops, s.Op)
	}
	d.blocks = max(d.blocks, s.Block+1)
	d.lastDue = max(d.lastDue, s.Due)
	a.count(s)
	return nil
}

func (a *armData) count(s *Sample) {
	if a.all == 0 {
		a.firstDue = s.Due
	}
	a.all++
	a.firstDue, a.lastDue = min(a.firstDue, s.Due), max(a.lastDue, s.Due)
	a.summary.Outcomes[s.Code]++
	if s.Class == ClassWithheld {
		a.summary.Withheld++
		return
	}
	a.sent++
	a.lastStart = max(a.lastStart, s.Start)
	a.summary.BytesIn += s.In
	a.summary.BytesOut += s.Out
	if s.Late {
		a.summary.ChainLate++
	}
	if s.Status != 0 {
		a.statuses[s.Status]++
	}
}

// fill keeps a sample.
func (d *dataset) fill(a *armData, s *Sample) error {
	if s.Phase != PhaseMeasured || s.Block < 0 || s.Class == ClassWithheld {
		return nil
	}
	op, _ := slices.BinarySearch(d.ops, s.Op)
	class := bitsOf(s.Class)
	a.records = append(a.records, record{
		latency: s.Latency(), service: s.Service(),
		block: uint16(s.Block), op: uint16(op), bucket: uint16(d.timeline.bucket(s.Due)), class: class,
	})
	if class&failedSample != 0 {
		a.errors.add(ErrorPoint{At: s.Due, MS: ms(s.Latency()), Class: s.Class, Code: s.Code})
	} else {
		a.points.add(Point{At: s.Due, MS: ms(s.Latency())})
	}
	return nil
}

// ms is a duration in milliseconds.
func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
