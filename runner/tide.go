package runner

import "time"

// Tide is a schedule of arrivals at random whose mean rate goes up and down as
// that of [Sine] does: a great many independent clients by day and by night.
//
// Arrivals of a process with a changing rate are those of an even one, at the
// times at which as many are due: the inversion of the integrated rate (Çinlar,
// Introduction to stochastic processes, 1975).
func Tide(mean, amplitude float64, period, at time.Duration, seed uint64) Schedule {
	wave, ok := Sine(mean, amplitude, period, at).(*sine)
	if !ok {
		return Poisson(mean, seed)
	}
	return &tide{sine: wave, even: &poisson{rate: mean, seed: seed}, began: at}
}

type tide struct {
	*sine
	even  *poisson
	began time.Duration
}

func (t *tide) At(n uint64) time.Duration { return t.sine.at(t.even.slot(n)) }

// shared is the schedule of each of so many, which are drawn anew.
func (t *tide) shared(by uint64) Schedule {
	share := float64(by)
	return Tide(t.mean/share, t.amplitude/share, t.period, t.began, t.even.seed)
}
