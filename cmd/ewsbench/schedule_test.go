package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/scenarios"
)

// TestScheduleOfEachArrival: each shape asks for its own rate at some time of
// the run, and its keys matter.
func TestScheduleOfEachArrival(t *testing.T) {
	t.Parallel()
	base := scenarios.Scenario{Rate: scenarios.Rate{PerSecond: 100}, Warmup: 2 * time.Second, AA: 3 * time.Second, Duration: 20 * time.Second}
	const lead = 5 * time.Second
	tests := []struct {
		name   string
		change func(*scenarios.Scenario)
		at     time.Duration
		rate   float64
	}{
		{"constant", func(*scenarios.Scenario) {}, lead, 100},
		{"ramp at its beginning", func(s *scenarios.Scenario) { s.Arrival, s.RampFrom.PerSecond = scenarios.ArrivalRamp, 20 }, 0, 20},
		{"ramp at its end", func(s *scenarios.Scenario) { s.Arrival = scenarios.ArrivalRamp }, lead + 20*time.Second, 100},
		{"first step", func(s *scenarios.Scenario) { s.Arrival, s.Levels = scenarios.ArrivalSteps, []float64{0.5, 2} }, lead + time.Second, 50},
		{"second step", func(s *scenarios.Scenario) { s.Arrival, s.Levels = scenarios.ArrivalSteps, []float64{0.5, 2} }, lead + 11*time.Second, 200},
		{"before the spike", spiky, lead + 4*time.Second, 100},
		{"in the spike", spiky, lead + 6*time.Second, 300},
		{"after the spike", spiky, lead + 8*time.Second, 100},
		{"sine at its height", wavy, lead + 2*time.Second, 150},
		{"sine at its depth", wavy, lead + 6*time.Second, 50},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := base
			test.change(&s)
			assert.InDelta(t, test.rate, schedule(&s, 1).Rate(test.at), 0.01)
		})
	}
	poisson := base
	poisson.Arrival = scenarios.ArrivalPoisson
	assert.NotEqual(t, schedule(&poisson, 1).At(7), schedule(&poisson, 2).At(7), "the seed matters")
	fast := base
	fast.Rate.Max = true
	assert.Nil(t, schedule(&fast, 1))
}

func spiky(s *scenarios.Scenario) {
	s.Arrival, s.Spike = scenarios.ArrivalSpike, &scenarios.Spike{To: 3, At: 5 * time.Second, For: 2 * time.Second}
}

func wavy(s *scenarios.Scenario) {
	s.Arrival, s.Sine = scenarios.ArrivalSine, &scenarios.Sine{Amplitude: 0.5, Period: 8 * time.Second}
}

// TestRemoteTargetsAreHeldBack: by the peak, not by the mean.
func TestRemoteTargetsAreHeldBack(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		s    scenarios.Scenario
		want float64
	}{
		{"fast", scenarios.Scenario{Rate: scenarios.Rate{PerSecond: 120}}, 5},
		{"slow already", scenarios.Scenario{Rate: scenarios.Rate{PerSecond: 2}}, 2},
		{"max", scenarios.Scenario{Rate: scenarios.Rate{Max: true}}, 5},
		{"a spike", scenarios.Scenario{Rate: scenarios.Rate{PerSecond: 4}, Arrival: scenarios.ArrivalSpike, Spike: &scenarios.Spike{To: 5}}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			holdBack(&test.s)
			assert.InDelta(t, test.want, test.s.Rate.PerSecond, 1e-9)
			assert.False(t, test.s.Rate.Max)
		})
	}
}
