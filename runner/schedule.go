package runner

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"sync/atomic"
	"time"
)

// Schedule says when each slot of a run is due. It is a pure function: the same
// slot is due at the same time in every run and on every machine, and the times
// never go back. Implementations are safe for concurrent use.
type Schedule interface {
	// At is when slot n, counted from 0, is due, since the run's start.
	At(n uint64) time.Duration
	// Rate is the asked rate at a time since the run's start, in requests/s.
	Rate(t time.Duration) float64
}

// never is when a slot is due that the schedule does not reach.
const never = time.Duration(math.MaxInt64)

// seconds makes a duration of a number of seconds; beyond what fits it is never.
func seconds(s float64) time.Duration {
	ns := s * float64(time.Second)
	if !(ns < float64(never)) {
		return never
	}
	return time.Duration(math.Round(ns))
}

// Constant is a schedule with rate slots each second, evenly spaced, the first
// of them due at once. A rate that is not positive never gets to its second.
func Constant(rate float64) Schedule { return constant(rate) }

type constant float64

func (c constant) At(n uint64) time.Duration {
	if n == 0 {
		return 0
	}
	if c <= 0 {
		return never
	}
	return seconds(float64(n) / float64(c))
}

func (c constant) Rate(time.Duration) float64 { return float64(c) }

// Ramp is a schedule whose rate goes in a straight line from one value to
// another within a time, and stays there. Rates are in slots/s, neither may be
// negative. Slot n is due when the integral of the rate reaches n.
func Ramp(from, to float64, over time.Duration) Schedule {
	return ramp{from: max(from, 0), to: max(to, 0), over: max(over, 0).Seconds()}
}

type ramp struct{ from, to, over float64 } // over in s

func (r ramp) At(n uint64) time.Duration {
	if n == 0 {
		return 0
	}
	due := float64(n)
	sloped := (r.from + r.to) / 2 * r.over // slots until the slope ends
	if due > sloped {
		if r.to <= 0 {
			return never
		}
		return seconds(r.over + (due-sloped)/r.to)
	}
	// due = from*t + slope/2*t², solved so that it holds for any sign of the
	// slope and loses no digits where the slope is small.
	slope := (r.to - r.from) / r.over
	root := math.Sqrt(max(r.from*r.from+2*slope*due, 0))
	return seconds(2 * due / (r.from + root))
}

func (r ramp) Rate(t time.Duration) float64 {
	if t.Seconds() >= r.over {
		return r.to
	}
	return r.from + (r.to-r.from)*t.Seconds()/r.over
}

// poissonChunk is the number of arrivals that a Poisson schedule draws at once.
const poissonChunk = 256

// Poisson is a schedule of arrivals at random, as from a great many independent
// clients. So that any slot can be looked up without those before it, the
// process is conditioned on its count: each stretch of 256/rate seconds holds
// exactly 256 arrivals, which is where 256 uniform draws from (seed, stretch)
// fall when sorted. Within a stretch this is the Poisson process itself.
func Poisson(rate float64, seed uint64) Schedule {
	return &poisson{rate: rate, seed: seed}
}

type poisson struct {
	rate   float64
	seed   uint64
	latest atomic.Pointer[arrivals] // the stretch asked for last: runs ask in order
}

// arrivals are those of one stretch, in shares of its length.
type arrivals struct {
	stretch uint64
	at      [poissonChunk]float64
}

func (p *poisson) At(n uint64) time.Duration {
	if p.rate <= 0 {
		return never
	}
	return seconds(p.slot(n) / p.rate)
}

// slot is how many arrivals there are in the mean until the nth.
func (p *poisson) slot(n uint64) float64 {
	stretch := n / poissonChunk
	a := p.latest.Load()
	if a == nil || a.stretch != stretch {
		a = p.draw(stretch)
		p.latest.Store(a)
	}
	return (float64(stretch) + a.at[n%poissonChunk]) * poissonChunk
}

func (p *poisson) draw(stretch uint64) *arrivals {
	a := &arrivals{stretch: stretch}
	rng := rand.New(rand.NewPCG(p.seed, stretch))
	for i := range a.at {
		a.at[i] = rng.Float64()
	}
	slices.Sort(a.at[:])
	return a
}

func (p *poisson) Rate(time.Duration) float64 { return p.rate }

// maxSlots bounds the slots of a run, far beyond what any run can send.
const maxSlots = 1 << 40

// dueBefore counts the slots of a schedule that are due before a time.
func dueBefore(s Schedule, end time.Duration) uint64 {
	limit := uint64(1)
	for limit < maxSlots && s.At(limit-1) < end {
		limit *= 2
	}
	return uint64(sort.Search(int(limit), func(n int) bool { return s.At(uint64(n)) >= end }))
}
