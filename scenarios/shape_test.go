package scenarios_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/scenarios"
)

// shaped is the sample with an arrival process at 100/s.
func shaped(change func(*scenarios.Scenario)) scenarios.Scenario {
	s := sample()
	s.Rate, s.Duration = scenarios.Rate{PerSecond: 100}, time.Minute
	change(&s)
	return s
}

func TestPeak(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		change func(*scenarios.Scenario)
		want   float64
	}{
		{"constant", func(*scenarios.Scenario) {}, 100},
		{"poisson", func(s *scenarios.Scenario) { s.Arrival = scenarios.ArrivalPoisson }, 100},
		{"max", func(s *scenarios.Scenario) { s.Rate = scenarios.Rate{Max: true} }, 0},
		{"ramp up", func(s *scenarios.Scenario) { s.Arrival, s.RampFrom.PerSecond = scenarios.ArrivalRamp, 10 }, 100},
		{"ramp down", func(s *scenarios.Scenario) { s.Arrival, s.RampFrom.PerSecond = scenarios.ArrivalRamp, 300 }, 300},
		{"steps", func(s *scenarios.Scenario) { s.Arrival, s.Levels = scenarios.ArrivalSteps, []float64{0.5, 2.5, 1} }, 250},
		{"steps below the rate", func(s *scenarios.Scenario) { s.Arrival, s.Levels = scenarios.ArrivalSteps, []float64{0.5} }, 50},
		{"spike", func(s *scenarios.Scenario) {
			s.Arrival, s.Spike = scenarios.ArrivalSpike, &scenarios.Spike{To: 4, For: time.Second}
		}, 400},
		{"dip", func(s *scenarios.Scenario) {
			s.Arrival, s.Spike = scenarios.ArrivalSpike, &scenarios.Spike{To: 0.5, For: time.Second}
		}, 100},
		{"sine", func(s *scenarios.Scenario) {
			s.Arrival, s.Sine = scenarios.ArrivalSine, &scenarios.Sine{Amplitude: 0.5, Period: time.Second}
		}, 150},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := shaped(tc.change)
			require.NoError(t, s.Validate())
			assert.InDelta(t, tc.want, s.Peak(), 1e-9)

			held := s
			held.HoldTo(5)
			assert.InDelta(t, 5, held.Peak(), 1e-9)
			require.NoError(t, held.Validate())

			high := s
			high.HoldTo(1000)
			if !s.Rate.Max {
				assert.Equal(t, s, high, "no rate is raised")
			}
		})
	}
}

func TestLead(t *testing.T) {
	t.Parallel()
	s := shaped(func(s *scenarios.Scenario) { s.Warmup, s.AA = 2*time.Second, 5*time.Second })
	require.NoError(t, s.Validate())
	assert.Equal(t, 7*time.Second, s.Lead())
}

func TestADifferenceMayBeNegative(t *testing.T) {
	t.Parallel()
	limit := -5.0
	s := sample()
	s.Expect = []scenarios.Gate{{Metric: "latency_p50", Of: scenarios.OfDifference, Arm: "b", Max: &limit}}
	require.NoError(t, s.Validate())
	s.Expect[0].Of = scenarios.OfOwn
	require.EqualError(t, s.Validate(), "expect[0].max: max must not be negative")
}

func TestASpikeEndsWithinTheDuration(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Duration{59 * time.Second, math.MaxInt64} {
		s := shaped(func(s *scenarios.Scenario) {
			s.Arrival, s.Spike = scenarios.ArrivalSpike, &scenarios.Spike{To: 2, At: at, For: 2 * time.Second}
		})
		require.EqualError(t, s.Validate(), "spike.for: the spike ends after the duration of 1m0s")
	}
}
