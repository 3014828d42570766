package stat

import "math"

// z95 is the 0.975 quantile of the normal distribution.
const z95 = 1.959963984540054

// Wilson returns the 95 % score interval of a proportion of independent trials
// (Wilson, 1927). Without trials it is all of [0, 1].
func Wilson(events, trials float64) (low, high float64) {
	if trials == 0 {
		return 0, 1
	}
	p, z2 := events/trials, z95*z95
	centre := (p + z2/(2*trials)) / (1 + z2/trials)
	half := z95 / (1 + z2/trials) * math.Sqrt(p*(1-p)/trials+z2/(4*trials*trials))
	// Rounding must not take the ends out of the proportion's range, or past it.
	return min(max(centre-half, 0), p), max(min(centre+half, 1), p)
}

// Newcombe returns the 95 % interval of the difference other - base of two
// proportions of independent trials (Newcombe, "Interval estimation for the
// difference between independent proportions", 1998, method 10).
func Newcombe(baseEvents, baseTrials, otherEvents, otherTrials float64) (low, high float64) {
	if baseTrials == 0 || otherTrials == 0 {
		return -1, 1
	}
	base, other := baseEvents/baseTrials, otherEvents/otherTrials
	baseLow, baseHigh := Wilson(baseEvents, baseTrials)
	otherLow, otherHigh := Wilson(otherEvents, otherTrials)
	d := other - base
	return d - math.Hypot(other-otherLow, baseHigh-base), d + math.Hypot(otherHigh-other, base-baseLow)
}
