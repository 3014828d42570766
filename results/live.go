package results

import "time"

// Live is a rolling view of a run for the progress line: what happened in each
// arm in the last seconds. It is safe for concurrent use.
type Live struct{}

// LiveArm is what happened in one arm. Counts are of the whole run with its
// warm-up; P50, P99 and Rate are of the window.
type LiveArm struct {
	Name   string
	Sent   int     // without those withheld
	Errors int     // errors and timeouts
	P50    float64 // ms, 0 if there was none
	P99    float64 // ms, likewise
	Rate   float64 // requests started/s
}

// NewLive returns a view of the arms over the last window; 0 means 5 s.
func NewLive(window time.Duration, arms ...string) *Live { return &Live{} }

// Observe takes a sample into the view. It fits runner's Observe tap.
func (l *Live) Observe(s Sample) {}

// View is the state of each arm at a time since the run's start.
func (l *Live) View(now time.Duration) []LiveArm { return nil }
