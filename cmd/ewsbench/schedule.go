package main

import (
	"time"

	"github.com/ewsbench/ewsbench/runner"
	"github.com/ewsbench/ewsbench/scenarios"
)

// A remote target is held to this rate until the user asks for another.
const remoteRate = 5 // requests/s

// holdBack lowers a scenario's rate until its peak is what a remote target gets
// unasked.
func holdBack(s *scenarios.Scenario) {
	if s.Rate.Max {
		s.Rate = scenarios.Rate{PerSecond: remoteRate}
	}
	if peak := s.Peak(); peak > remoteRate {
		s.Rate.PerSecond *= remoteRate / peak
	}
}

// schedule is when the calls of a scenario are due; nil with rate max.
func schedule(s *scenarios.Scenario, seed uint64) runner.Schedule {
	rate := s.Rate.PerSecond
	switch {
	case s.Rate.Max:
		return nil
	case s.Arrival == scenarios.ArrivalPoisson:
		return runner.Poisson(rate, seed)
	case s.Arrival == scenarios.ArrivalRamp:
		return runner.Ramp(s.RampFrom.PerSecond, rate, s.Lead()+s.Duration)
	case s.Arrival == scenarios.ArrivalSteps:
		levels := make([]float64, len(s.Levels))
		for i, share := range s.Levels {
			levels[i] = share * rate
		}
		return runner.Steps(levels, s.Lead(), s.Duration/time.Duration(len(levels)))
	case s.Arrival == scenarios.ArrivalSpike:
		return runner.Spike(rate, s.Spike.To*rate, s.Lead()+s.Spike.At, s.Spike.For)
	case s.Arrival == scenarios.ArrivalSine:
		return runner.Sine(rate, s.Sine.Amplitude*rate, s.Sine.Period, s.Lead())
	}
	return runner.Constant(rate)
}
