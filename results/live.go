package results

import (
	"slices"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	liveWindow = 5 * time.Second
	liveSlices = 5             // of the window
	liveMax    = 2 * time.Hour // longer latencies are counted as this
	liveDigits = 2             // of a latency in microseconds
)

// Live is a rolling view of a run for the progress line: what happened in each
// arm in the last seconds. It is safe for concurrent use.
type Live struct {
	mu    sync.Mutex
	slice time.Duration
	arms  []*liveArm
}

// LiveArm is what happened in one arm. Counts are of the whole run with its
// warm-up; P50, P99 and Rate are of the window. They are for looking at: P50 and
// P99 have two digits.
type LiveArm struct {
	Name   string
	Sent   int     // without those withheld
	Errors int     // errors and timeouts
	P50    float64 // latency in ms, 0 if there was none
	P99    float64 // likewise
	Rate   float64 // requests sent/s
}

// liveArm holds an arm's counts and the slices of its window.
type liveArm struct {
	name         string
	sent, errors int
	slices       [liveSlices + 1]liveSlice // one more: that which is being filled
}

// liveSlice holds the samples that ended in one slice of time.
type liveSlice struct {
	number    int64 // of the slice since the run's start
	ended     int
	latencies *hdrhistogram.Histogram // in microseconds
}

// NewLive returns a view of the arms over the last window; 0 means 5 s.
func NewLive(window time.Duration, arms ...string) *Live {
	if window <= 0 {
		window = liveWindow
	}
	l := &Live{slice: max(window/liveSlices, 1)}
	for _, name := range arms {
		a := &liveArm{name: name}
		for i := range a.slices {
			a.slices[i] = liveSlice{number: -1, latencies: newLatencies()}
		}
		l.arms = append(l.arms, a)
	}
	return l
}

func newLatencies() *hdrhistogram.Histogram {
	return hdrhistogram.New(1, liveMax.Microseconds(), liveDigits)
}

// Observe takes a sample into the view. Samples of unknown arms and those that
// were withheld are left out.
func (l *Live) Observe(s Sample) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.arms, func(a *liveArm) bool { return a.name == s.Arm })
	if i < 0 || s.Class == ClassWithheld {
		return
	}
	l.arms[i].observe(s, int64(s.End/l.slice))
}

func (a *liveArm) observe(s Sample, number int64) {
	a.sent++
	if s.Class != ClassOK {
		a.errors++
	}
	b := &a.slices[max(number, 0)%int64(len(a.slices))]
	switch {
	case number < b.number:
		return // ended long before what has already been seen
	case number > b.number:
		b.number, b.ended = number, 0
		b.latencies.Reset()
	}
	b.ended++
	if s.Class == ClassOK || s.Class == ClassTimeout {
		us := min(max(s.Latency(), time.Microsecond), liveMax).Microseconds()
		_ = b.latencies.RecordValue(us) // it cannot lie out of range
	}
}

// View returns the state of each arm at a time since the run's start.
func (l *Live) View(now time.Duration) []LiveArm {
	l.mu.Lock()
	defer l.mu.Unlock()
	views := make([]LiveArm, len(l.arms))
	for i, a := range l.arms {
		views[i] = a.view(now, l.slice)
	}
	return views
}

func (a *liveArm) view(now, slice time.Duration) LiveArm {
	current := int64(now / slice)
	oldest := max(current-liveSlices, 0)
	all, ended := newLatencies(), 0
	for i := range a.slices {
		if b := &a.slices[i]; b.number >= oldest && b.number <= current {
			all.Merge(b.latencies)
			ended += b.ended
		}
	}
	v := LiveArm{Name: a.name, Sent: a.sent, Errors: a.errors}
	if covered := now - time.Duration(oldest)*slice; covered > 0 {
		v.Rate = float64(ended) / covered.Seconds()
	}
	if all.TotalCount() > 0 {
		v.P50 = float64(all.ValueAtQuantile(50)) / 1000
		v.P99 = float64(all.ValueAtQuantile(99)) / 1000
	}
	return v
}
