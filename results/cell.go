package results

import (
	"maps"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// cell holds an arm's samples of one operation in one block.
type cell struct {
	sent, failed int
	timed        int // have a latency
	tardy        int // sent later than maxLag
	withheld     int // not among those sent
	late         int // chain_late
	in, out      int64
	statuses     map[int]int    // answers by HTTP status
	outcomes     map[string]int // by code
	latency      series         // ms, of those timed
	service      series         // likewise
	lag          series         // ms, of those sent
}

func newCell() *cell {
	return &cell{statuses: map[int]int{}, outcomes: map[string]int{}}
}

// count takes a sample into the counts.
func (c *cell) count(s *Sample) {
	c.outcomes[s.Code]++
	if s.Class == ClassWithheld {
		c.withheld++
		return
	}
	c.sent++
	c.in += s.In
	c.out += s.Out
	if s.Class != ClassOK {
		c.failed++
	}
	if isTimed(s) {
		c.timed++
	}
	if s.Lag() > maxLag {
		c.tardy++
	}
	if s.Late {
		c.late++
	}
	if s.Status != 0 {
		c.statuses[s.Status]++
	}
}

// isTimed says whether the latency of a sample means something: that of an
// error is how fast it was refused.
func isTimed(s *Sample) bool { return s.Class == ClassOK || s.Class == ClassTimeout }

// room makes room for the values of the samples that were counted.
func (c *cell) room(exact bool) {
	c.latency, c.service, c.lag = newSeries(exact, c.timed), newSeries(exact, c.timed), newSeries(exact, c.sent)
}

// fill keeps the values of a sample.
func (c *cell) fill(s *Sample) {
	if s.Class == ClassWithheld {
		return
	}
	c.lag.add(s.Lag())
	if isTimed(s) {
		c.latency.add(s.Latency())
		c.service.add(s.Service())
	}
}

// include adds the counts of another cell.
func (c *cell) include(other *cell) {
	c.sent += other.sent
	c.failed += other.failed
	c.timed += other.timed
	c.tardy += other.tardy
	c.withheld += other.withheld
	c.late += other.late
	c.in += other.in
	c.out += other.out
	for status, n := range other.statuses {
		c.statuses[status] += n
	}
	for code, n := range other.outcomes {
		c.outcomes[code] += n
	}
}

// alike gives two cells the same statuses and codes, so that they can be set
// side by side.
func (c *cell) alike(other *cell) {
	for status := range maps.Keys(other.statuses) {
		c.statuses[status] += 0
	}
	for code := range maps.Keys(other.outcomes) {
		c.outcomes[code] += 0
	}
}

// series holds the values of a timing: exactly, or where a run is too long for
// that, counted on a grid.
type series struct {
	exact []float64
	tally *stat.Tally
}

func newSeries(exact bool, room int) series {
	if exact {
		return series{exact: make([]float64, 0, room)}
	}
	return series{tally: &stat.Tally{}}
}

func (s *series) add(d time.Duration) {
	if s.tally != nil {
		s.tally.Add(ms(d))
		return
	}
	s.exact = append(s.exact, ms(d))
}

// into adds the values to a block of a pool.
func (s *series) into(parts *stat.Parts, block int) {
	if s.tally != nil {
		parts.AddTally(block, s.tally)
		return
	}
	parts.Add(block, s.exact...)
}

// ms is a duration in milliseconds.
func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
