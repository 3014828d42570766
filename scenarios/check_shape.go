package scenarios

const (
	maxLevels = 64
	maxShare  = 100         // of the rate, in a level or a spike
	minPeriod = minBlock    // of a sine
	minAA     = MinDuration // an A/A phase is judged as the measured time is
)

// checkShape checks the arrival process, and the keys that one of them has.
func (c *checker) checkShape() {
	if c.Arrival != "" {
		oneOf(c, "arrival", "arrival", c.Arrival, Arrivals())
	}
	if c.doc.Has("arrival") && c.Rate.Max {
		c.report.AddKey("arrival", "arrival has no meaning with rate max: nothing is due")
	}
	if c.belongs("ramp_from", c.RampFrom != Rate{}, ArrivalRamp) && c.RampFrom.Max {
		c.report.Add("ramp_from", "ramp_from must be a number, not max")
	}
	if c.needs("levels", c.Levels != nil, ArrivalSteps) {
		c.checkLevels()
	}
	if c.needs("spike", c.Spike != nil, ArrivalSpike) {
		c.checkSpike()
	}
	if c.waves() {
		c.checkSine()
	}
}

// waves says whether the load goes up and down: as a sine must, and arrivals at
// random may.
func (c *checker) waves() bool {
	given := c.gives("sine", c.Sine != nil)
	switch {
	case given && c.Arrival != ArrivalSine && c.Arrival != ArrivalPoisson:
		c.report.AddKey("sine", "sine has no meaning without arrival sine or poisson")
	case !given && c.Arrival == ArrivalSine:
		c.report.Add("arrival", "arrival %s needs the key sine", c.Arrival)
	}
	return given
}

// belongs says whether the scenario gives a key; only one arrival uses it.
func (c *checker) belongs(key string, set bool, arrival Arrival) bool {
	given := c.gives(key, set)
	if given && c.Arrival != arrival {
		c.report.AddKey(key, "%s has no meaning without arrival %s", key, arrival)
	}
	return given
}

// needs is belongs for a key that its arrival cannot do without.
func (c *checker) needs(key string, set bool, arrival Arrival) bool {
	given := c.belongs(key, set, arrival)
	if !given && c.Arrival == arrival {
		c.report.Add("arrival", "arrival %s needs the key %s", arrival, key)
	}
	return given
}

func (c *checker) checkLevels() {
	if len(c.Levels) < 1 || len(c.Levels) > maxLevels {
		c.report.Add("levels", "levels must be 1 to %d, not %d", maxLevels, len(c.Levels))
	}
	for i, level := range c.Levels {
		c.checkShare(element("levels", i), "a level", level, maxShare)
	}
}

func (c *checker) checkSpike() {
	c.checkShare("spike.to", "to", c.Spike.To, maxShare)
	if c.Spike.At < 0 {
		c.report.Add("spike.at", "at must not be negative")
	}
	if c.Spike.For <= 0 {
		c.report.Add("spike.for", "for must be more than zero")
	}
	if end := c.Spike.At + c.Spike.For; c.Spike.At >= 0 && c.Spike.For > 0 && (end < 0 || end > c.Duration) {
		c.report.Add("spike.for", "the spike ends after the duration of %s", c.Duration)
	}
}

func (c *checker) checkSine() {
	c.checkShare("sine.amplitude", "amplitude", c.Sine.Amplitude, 1)
	if c.Sine.Period < minPeriod {
		c.report.Add("sine.period", "period must be %s or more, not %s", minPeriod, c.Sine.Period)
	}
}

// checkShare checks a share of the rate: 0.5 or 50%.
func (c *checker) checkShare(path, what string, share, most float64) {
	if !(share > 0) || share > most {
		c.report.Add(path, "%s must be a share of the rate, more than zero and at most %g, not %g: write 0.5 or 50%%", what, most, share)
	}
}

// checkAA checks the phase in which all arms are the same.
func (c *checker) checkAA() {
	if !c.gives("aa", c.AA != 0) {
		return
	}
	if c.AA < minAA {
		c.report.Add("aa", "aa %s is too short for six blocks of %s: write %s or more", c.AA, minBlock, minAA)
	}
	if len(c.Arms) == 1 {
		c.report.AddKey("aa", "aa has no meaning with one arm: there is none to compare it with")
	}
}
