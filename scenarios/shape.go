package scenarios

import "time"

// Spike is a burst in an otherwise even load.
type Spike struct {
	To  float64       `yaml:"to,required"`  // share of Rate while it lasts
	At  time.Duration `yaml:"at,required"`  // when it begins, from the beginning of the measured time
	For time.Duration `yaml:"for,required"` // how long it lasts
}

// Sine is a load that goes up and down around Rate, as days and nights do. It
// begins the measured time at Rate, on its way up.
type Sine struct {
	Amplitude float64       `yaml:"amplitude,required"` // share of Rate, at most 1
	Period    time.Duration `yaml:"period,required"`
}

// Lead is how long a run goes on before its measured time begins.
func (s *Scenario) Lead() time.Duration { return s.Warmup + s.AA }

// Peak is the highest rate of the scenario in requests/s, 0 with rate max.
func (s *Scenario) Peak() float64 {
	rate := s.Rate.PerSecond
	switch s.Arrival {
	case ArrivalRamp:
		return max(rate, s.RampFrom.PerSecond)
	case ArrivalSteps:
		return rate * highest(s.Levels)
	case ArrivalSpike:
		if s.Spike != nil {
			return rate * max(1, s.Spike.To)
		}
	case ArrivalSine, ArrivalPoisson:
		if s.Sine != nil {
			return rate * (1 + s.Sine.Amplitude)
		}
	case ArrivalConstant:
	}
	return rate
}

func highest(levels []float64) float64 {
	top := 0.0
	for _, level := range levels {
		top = max(top, level)
	}
	return top
}

// HoldTo lowers the scenario's rates so that its peak is no higher than a rate
// in requests/s. The shape of the load stays as it is.
func (s *Scenario) HoldTo(perSecond float64) {
	peak := s.Peak()
	switch {
	case s.Rate.Max:
		s.Open(Rate{PerSecond: perSecond})
		s.Arrival = ArrivalConstant
	case peak > perSecond:
		s.Rate.PerSecond *= perSecond / peak
		s.RampFrom.PerSecond *= perSecond / peak
	}
}
