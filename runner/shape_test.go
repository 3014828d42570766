package runner

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/scenarios"
)

func TestShapesAreDueWhenTheRateSays(t *testing.T) {
	t.Parallel()
	steps := Steps([]float64{10, 20, 5}, 2*time.Second, 4*time.Second)
	spike := Spike(10, 100, 3*time.Second, 2*time.Second)
	tests := []struct {
		name     string
		schedule Schedule
		slot     uint64
		want     time.Duration
	}{
		{"steps start at once", steps, 0, 0},
		{"the first level holds from the start", steps, 60, 6 * time.Second},
		{"the second level", steps, 80, 7 * time.Second},
		{"the end of the second level", steps, 140, 10 * time.Second},
		{"the third level", steps, 145, 11 * time.Second},
		{"the last level goes on", steps, 645, 111 * time.Second},
		{"no levels", Steps(nil, 0, time.Second), 1, never},
		{"a level of nothing is waited out", Steps([]float64{10, 0, 10}, 0, time.Second), 11, 2100 * time.Millisecond},
		{"nothing at the end", Steps([]float64{10, 0}, 0, time.Second), 11, never},
		{"spike starts at once", spike, 0, 0},
		{"before the spike", spike, 29, 2900 * time.Millisecond},
		{"in the spike", spike, 130, 4 * time.Second},
		{"after the spike", spike, 240, 6 * time.Second},
		{"spike at the start", Spike(10, 100, 0, time.Second), 110, 2 * time.Second},
		{"sine starts at once", Sine(10, 5, 4*time.Second, time.Second), 0, 0},
		{"a sine's period is as the mean", Sine(10, 5, 4*time.Second, 0), 40, 4 * time.Second},
		{"so are many", Sine(10, 5, 4*time.Second, 0), 40e6, 4e6 * time.Second},
		{"of half a slot, too", Sine(0.125, 0.1, 4*time.Second, 0), 3, 24 * time.Second},
		{"a sine without amplitude is even", Sine(10, 0, 4*time.Second, time.Second), 7, 700 * time.Millisecond},
		{"a sine without period is even", Sine(10, 5, 0, 0), 7, 700 * time.Millisecond},
		{"a sine of nothing", Sine(0, 5, time.Second, 0), 1, never},
		{"a sine beyond what a duration holds", Sine(1e-9, 1e-10, time.Second, 0), 20, never},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.InDelta(t, tt.want, tt.schedule.At(tt.slot), 2, "ns")
		})
	}
}

func TestShapeRates(t *testing.T) {
	t.Parallel()
	steps := Steps([]float64{10, 20}, 2*time.Second, 4*time.Second)
	assert.InDelta(t, 10.0, steps.Rate(5999*time.Millisecond), 0)
	assert.InDelta(t, 20.0, steps.Rate(6*time.Second), 0)
	assert.InDelta(t, 20.0, steps.Rate(time.Hour), 0)
	assert.Zero(t, Steps(nil, 0, 0).Rate(0))
	spike := Spike(10, 100, 3*time.Second, 2*time.Second)
	assert.InDelta(t, 10.0, spike.Rate(0), 0)
	assert.InDelta(t, 100.0, spike.Rate(4*time.Second), 0)
	assert.InDelta(t, 10.0, spike.Rate(5*time.Second), 0)
	sine := Sine(10, 5, 4*time.Second, time.Second)
	assert.InDelta(t, 5.0, sine.Rate(0), 1e-9)
	assert.InDelta(t, 10.0, sine.Rate(time.Second), 1e-9, "at the mean")
	assert.InDelta(t, 15.0, sine.Rate(2*time.Second), 1e-9, "on the way up")
	assert.InDelta(t, 10.0, Sine(10, 50, 4*time.Second, 0).Rate(0), 0)
	assert.InDelta(t, 0.0, Sine(10, 50, 4*time.Second, 0).Rate(3*time.Second), 1e-9, "never below nothing")
}

// shapes are schedules that are not level, at odd rates.
func shapes() map[string]Schedule {
	return map[string]Schedule{
		"ramp":        Ramp(3, 123.4, 9*time.Second),
		"steps":       Steps([]float64{7.3, 123.4, 0, 51}, 1234*time.Millisecond, 3*time.Second),
		"spike":       Spike(13.7, 257, 4321*time.Millisecond, 1717*time.Millisecond),
		"sine":        Sine(77.7, 50, 3333*time.Millisecond, 1234*time.Millisecond),
		"full sine":   Sine(77.7, 77.7, 1700*time.Millisecond, 0),
		"sparse sine": Sine(0.7, 0.5, 900*time.Millisecond, 0),
	}
}

// A tide is the Poisson process of its mean rate, at the times at which its sine
// has as many slots due.
func TestTide(t *testing.T) {
	t.Parallel()
	const period = 4 * time.Second
	tide, wave, even := Tide(100, 90, period, time.Second, 1), Sine(100, 90, period, time.Second), Poisson(100, 1)
	last, counts := time.Duration(0), [2]int{}
	for n := range uint64(8000) {
		due := tide.At(n)
		require.GreaterOrEqual(t, due, last, "slot %d", n)
		last = due
		slot := uint64(even.At(n).Seconds() * 100)
		require.GreaterOrEqual(t, due, wave.At(slot), "slot %d", n)
		require.LessOrEqual(t, due, wave.At(slot+1)+1, "slot %d", n)
		counts[int((due+period-time.Second)/(period/2))%2]++
	}
	// Over the upper half of a sine the mean rate is 1+2/pi*0.9 times the whole's.
	assert.InDelta(t, 8000*0.5*(1+0.9*2/3.14159), float64(counts[0]), 250, "%v", counts)
	assert.InDelta(t, 190.0, tide.Rate(2*time.Second), 1e-9)
	assert.Equal(t, Poisson(100, 7).At(99), Tide(100, 50, 0, 0, 7).At(99), "without a period it is even")
	assert.InDelta(t, 95.0, groupsOf(tide, 2).Rate(2*time.Second), 1e-9, "a switchback draws the groups anew")
}

// The slots that are due by a time are the integral of the rate.
func TestCountsMatchTheIntegralOfTheRate(t *testing.T) {
	t.Parallel()
	const step = time.Millisecond
	for name, s := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sum := 0.0
			for at := time.Duration(0); at < 20*time.Second; at += step {
				sum += s.Rate(at+step/2) * step.Seconds()
				if at%(97*step) == 0 {
					require.InDelta(t, sum, dueBefore(s, at+step), 1.3, "at %s", at)
				}
			}
		})
	}
}

// Whoever asks, in whatever order, gets the same times, and they never go back.
func TestShapesNeverGoBack(t *testing.T) {
	t.Parallel()
	for name, s := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, start := range []uint64{0, 1 << 20, 1 << 39} {
				last := s.At(start)
				for n := start + 1; n < start+3000; n++ {
					due := s.At(n)
					require.GreaterOrEqual(t, due, last, "slot %d", n)
					last = due
				}
				require.Equal(t, last, s.At(start+2999))
			}
		})
	}
}

func FuzzSineIsMonotone(f *testing.F) {
	f.Add(100.0, 50.0, int64(time.Second), int64(time.Minute), uint64(5))
	f.Add(1e6, 1e6, int64(time.Hour), int64(0), uint64(1<<39))
	f.Add(1e-6, 0.0, int64(1), int64(-1), uint64(3))
	f.Fuzz(func(t *testing.T, mean, amplitude float64, period, at int64, slot uint64) {
		s := Sine(mean, amplitude, time.Duration(period), time.Duration(at))
		slot %= maxSlots
		due, next := s.At(slot), s.At(slot+1)
		if due < 0 || next < due {
			t.Fatalf("slot %d at %v, the next at %v", slot, due, next)
		}
	})
}

// Each key of a scenario that shapes the load changes when calls are due.
func TestScheduleOfAScenario(t *testing.T) {
	t.Parallel()
	base := scenarios.Scenario{
		Rate: scenarios.Rate{PerSecond: 100}, Warmup: time.Second, AA: time.Second, Duration: 10 * time.Second,
		RampFrom: scenarios.Rate{PerSecond: 20}, Levels: []float64{0.5, 2},
		Spike: &scenarios.Spike{To: 3, At: 4 * time.Second, For: time.Second},
		Sine:  &scenarios.Sine{Amplitude: 0.5, Period: 8 * time.Second},
	}
	for _, tt := range []struct {
		arrival scenarios.Arrival
		at      time.Duration
		want    float64 // requests/s
	}{
		{"", 7 * time.Second, 100},
		{scenarios.ArrivalConstant, 7 * time.Second, 100},
		{scenarios.ArrivalPoisson, 4 * time.Second, 150},
		{scenarios.ArrivalPoisson, 8 * time.Second, 50},
		{scenarios.ArrivalRamp, 6 * time.Second, 60},
		{scenarios.ArrivalRamp, 12 * time.Second, 100},
		{scenarios.ArrivalSteps, 6999 * time.Millisecond, 50},
		{scenarios.ArrivalSteps, 7 * time.Second, 200},
		{scenarios.ArrivalSpike, 5999 * time.Millisecond, 100},
		{scenarios.ArrivalSpike, 6 * time.Second, 300},
		{scenarios.ArrivalSpike, 7 * time.Second, 100},
		{scenarios.ArrivalSine, 4 * time.Second, 150},
		{scenarios.ArrivalSine, 8 * time.Second, 50},
	} {
		s := base
		s.Arrival = tt.arrival
		assert.InDelta(t, tt.want, ScheduleOf(&s, 1).Rate(tt.at), 1e-9, "%q at %s", tt.arrival, tt.at)
	}
	base.Arrival = scenarios.ArrivalPoisson
	assert.NotEqual(t, ScheduleOf(&base, 1).At(7), ScheduleOf(&base, 2).At(7))
	base.Rate = scenarios.Rate{Max: true}
	assert.Nil(t, ScheduleOf(&base, 1))
}

// A shape whose key is not there is even, not a panic: nobody need validate.
func TestScheduleOfHalfAScenario(t *testing.T) {
	t.Parallel()
	for _, arrival := range scenarios.Arrivals() {
		s := scenarios.Scenario{Rate: scenarios.Rate{PerSecond: 100}, Arrival: arrival}
		assert.InDelta(t, 100.0, ScheduleOf(&s, 1).Rate(time.Second), 1e-9, arrival)
	}
}

func BenchmarkShapeAt(b *testing.B) {
	for name, s := range shapes() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for n := uint64(0); b.Loop(); n++ {
				s.At(n)
			}
		})
	}
}
