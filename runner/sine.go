package runner

import (
	"math"
	"time"
)

// Sine is a schedule whose rate, in slots/s, goes up and down by an amplitude in
// each period. It is at the mean, on its way up, at a time since the run's start.
// The amplitude is at most the mean; without a period the rate is level.
func Sine(mean, amplitude float64, period, at time.Duration) Schedule {
	if mean <= 0 || period <= 0 {
		return Constant(mean)
	}
	s := &sine{
		mean: mean, amplitude: min(max(amplitude, 0), mean),
		period: period, perPeriod: mean * period.Seconds(),
		shift: (at % period).Seconds(), turn: 2 * math.Pi / period.Seconds(),
	}
	s.start = math.Cos(s.turn * s.shift)
	return s
}

type sine struct {
	mean, amplitude float64
	period          time.Duration
	perPeriod       float64 // slots in a period
	shift           float64 // s; when the first period begins
	turn            float64 // radians/s
	start           float64 // cosine of the phase at the run's start
}

// slots is the integral of the rate over a time t in s, at most one period.
func (s *sine) slots(t float64) float64 {
	return s.mean*t + s.amplitude/s.turn*(s.start-math.Cos(s.turn*(t-s.shift)))
}

// At finds the time within the period of the slot by bisection. All slots of a
// period bisect the same interval by the same function, so that a later slot is
// never due before an earlier one, whatever digits the function loses.
func (s *sine) At(n uint64) time.Duration { return s.at(float64(n)) }

// at is At for any number of slots, whole or not.
func (s *sine) at(due float64) time.Duration {
	whole := math.Floor(due / s.perPeriod)
	base := whole * float64(s.period)
	if !(base < float64(never-s.period)) {
		return never
	}
	slot := due - whole*s.perPeriod
	from, to := time.Duration(-1), s.period // the slot is due after from, and by to
	for to-from > 1 {
		middle := from + (to-from)/2
		if s.slots(middle.Seconds()) >= slot {
			to = middle
		} else {
			from = middle
		}
	}
	return time.Duration(base) + to
}

func (s *sine) Rate(t time.Duration) float64 {
	return s.mean + s.amplitude*math.Sin(s.turn*(t.Seconds()-s.shift))
}
