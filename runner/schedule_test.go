package runner

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSchedulesAreDueWhenTheRateSays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		schedule Schedule
		slot     uint64
		want     time.Duration
	}{
		{"constant starts at once", Constant(5), 0, 0},
		{"constant is even", Constant(5), 7, 1400 * time.Millisecond},
		{"constant below one a second", Constant(0.5), 3, 6 * time.Second},
		{"constant at an odd rate does not drift", Constant(3), 3_000_000, 1_000_000 * time.Second},
		{"constant zero sends one", Constant(0), 1, never},
		{"constant beyond what a duration holds", Constant(1e-9), 20, never},
		{"ramp starts at once", Ramp(0, 10, 10*time.Second), 0, 0},
		{"ramp from nothing", Ramp(0, 10, 10*time.Second), 50, 10 * time.Second},
		{"ramp half way is a quarter of the slots, and half of the root", Ramp(0, 10, 10*time.Second), 2, 2 * time.Second},
		{"ramp goes on level", Ramp(0, 10, 10*time.Second), 70, 12 * time.Second},
		{"ramp down", Ramp(10, 0, 10*time.Second), 50, 10 * time.Second},
		{"ramp down to nothing ends", Ramp(10, 0, 10*time.Second), 51, never},
		{"ramp that is level", Ramp(4, 4, 10*time.Second), 6, 1500 * time.Millisecond},
		{"ramp within no time", Ramp(1, 4, 0), 6, 1500 * time.Millisecond},
		{"poisson at no rate", Poisson(0, 1), 0, never},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.InDelta(t, tt.want, tt.schedule.At(tt.slot), 2, "ns")
		})
	}
}

func TestScheduleRates(t *testing.T) {
	t.Parallel()
	assert.InDelta(t, 5.0, Constant(5).Rate(time.Hour), 0)
	assert.InDelta(t, 5.0, Poisson(5, 1).Rate(time.Hour), 0)
	up := Ramp(2, 10, 4*time.Second)
	assert.InDelta(t, 2.0, up.Rate(0), 0)
	assert.InDelta(t, 4.0, up.Rate(time.Second), 1e-9)
	assert.InDelta(t, 10.0, up.Rate(time.Minute), 0)
}

func TestSchedulesNeverGoBack(t *testing.T) {
	t.Parallel()
	schedules := map[string]Schedule{
		"constant": Constant(123.4),
		"poisson":  Poisson(123.4, 7),
		"up":       Ramp(1, 200, 3*time.Second),
		"down":     Ramp(200, 1, 3*time.Second),
	}
	for name, s := range schedules {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			last := time.Duration(0)
			for n := range uint64(2000) {
				due := s.At(n)
				require.GreaterOrEqual(t, due, last, "slot %d", n)
				last = due
			}
		})
	}
}

// The rate of a ramp is the derivative of its slots: between two slots the mean
// rate must be one over their distance.
func TestRampKeepsItsRate(t *testing.T) {
	t.Parallel()
	for _, s := range []Schedule{Ramp(10, 100, 20*time.Second), Ramp(100, 10, 20*time.Second)} {
		for n := uint64(1); n < 1000; n += 37 {
			from, to := s.At(n), s.At(n+1)
			mean := (s.Rate(from) + s.Rate(to)) / 2
			assert.InEpsilon(t, 1/mean, (to - from).Seconds(), 1e-5, "slot %d", n)
		}
	}
}

func TestPoissonIsAPureFunctionOfSeedAndSlot(t *testing.T) {
	t.Parallel()
	forward, backward, other := Poisson(50, 3), Poisson(50, 3), Poisson(50, 4)
	const slots = 3 * poissonChunk
	due := make([]time.Duration, slots)
	for n := range due {
		due[n] = forward.At(uint64(n))
	}
	same := 0
	for n := slots - 1; n >= 0; n-- {
		require.Equal(t, due[n], backward.At(uint64(n)))
		if due[n] == other.At(uint64(n)) {
			same++
		}
	}
	assert.Zero(t, same, "another seed draws other times")
}

// Gaps between arrivals are exponential: their mean and their standard deviation
// are both 1/rate, and e^-1 of them are longer than that.
func TestPoissonGapsAreExponential(t *testing.T) {
	t.Parallel()
	const rate, slots = 200.0, 100 * poissonChunk
	s := Poisson(rate, 11)
	var sum, squares float64
	longer := 0
	last := time.Duration(0)
	for n := range uint64(slots) {
		gap := (s.At(n) - last).Seconds() * rate
		last = s.At(n)
		sum += gap
		squares += gap * gap
		if gap > 1 {
			longer++
		}
	}
	mean := sum / slots
	assert.InDelta(t, 1, mean, 0.01)
	assert.InDelta(t, 1, math.Sqrt(squares/slots-mean*mean), 0.03)
	assert.InDelta(t, math.Exp(-1), float64(longer)/slots, 0.01)
}

func TestDueBefore(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		schedule Schedule
		end      time.Duration
		want     uint64
	}{
		{"nothing before zero", Constant(10), 0, 0},
		{"the slot at the end is out", Constant(10), time.Second, 10},
		{"the slot before it is in", Constant(10), time.Second + 1, 11},
		{"one at a rate of zero", Constant(0), time.Hour, 1},
		{"ramp", Ramp(0, 10, 10*time.Second), 10*time.Second + 1, 51},
		{"poisson holds its count", Poisson(256, 5), 3 * time.Second, 3 * poissonChunk},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, dueBefore(tt.schedule, tt.end))
		})
	}
}

func FuzzRampIsMonotone(f *testing.F) {
	f.Add(1.0, 100.0, int64(time.Second), uint64(5))
	f.Add(100.0, 0.0, int64(time.Minute), uint64(2999))
	f.Add(0.0, 0.0, int64(0), uint64(0))
	f.Fuzz(func(t *testing.T, from, to float64, over int64, slot uint64) {
		s := Ramp(from, to, time.Duration(over))
		slot %= maxSlots
		due, next := s.At(slot), s.At(slot+1)
		if due < 0 || next < due {
			t.Fatalf("slot %d at %v, the next at %v", slot, due, next)
		}
	})
}

func BenchmarkScheduleAt(b *testing.B) {
	for name, s := range map[string]Schedule{
		"constant": Constant(120), "poisson": Poisson(120, 1), "ramp": Ramp(1, 120, time.Hour),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for n := uint64(0); b.Loop(); n++ {
				s.At(n)
			}
		})
	}
}
