package runner

import (
	"time"

	"github.com/ewsbench/ewsbench/scenarios"
)

// ScheduleOf is when the calls of a scenario are due, nil with rate max. The seed
// is that of arrivals at random.
func ScheduleOf(s *scenarios.Scenario, seed uint64) Schedule {
	rate, lead := s.Rate.PerSecond, s.Lead()
	switch {
	case s.Rate.Max:
		return nil
	case s.Arrival == scenarios.ArrivalPoisson && s.Sine != nil:
		return Tide(rate, rate*s.Sine.Amplitude, s.Sine.Period, lead, seed)
	case s.Arrival == scenarios.ArrivalPoisson:
		return Poisson(rate, seed)
	case s.Arrival == scenarios.ArrivalRamp:
		return Ramp(s.RampFrom.PerSecond, rate, lead+s.Duration)
	case s.Arrival == scenarios.ArrivalSteps && len(s.Levels) > 0:
		return Steps(scaled(s.Levels, rate), lead, s.Duration/time.Duration(len(s.Levels)))
	case s.Arrival == scenarios.ArrivalSpike && s.Spike != nil:
		return Spike(rate, rate*s.Spike.To, lead+s.Spike.At, s.Spike.For)
	case s.Arrival == scenarios.ArrivalSine && s.Sine != nil:
		return Sine(rate, rate*s.Sine.Amplitude, s.Sine.Period, lead)
	}
	return Constant(rate)
}

func scaled(shares []float64, rate float64) []float64 {
	rates := make([]float64, len(shares))
	for i, share := range shares {
		rates[i] = share * rate
	}
	return rates
}
