package stat

import "math"

// QuantileDifferences returns other-base of each block's own q-quantile, NaN
// for a block that is empty in one of them. Both pools have the same blocks.
func QuantileDifferences(base, other *Pool, q float64) []float64 {
	out := make([]float64, len(base.sizes))
	only := make([]uint16, len(base.sizes))
	for b := range out {
		only[b] = 1
		x, okBase := base.resampled(only, q)
		y, okOther := other.resampled(only, q)
		only[b] = 0
		out[b] = y - x
		if !okBase || !okOther {
			out[b] = math.NaN()
		}
	}
	return out
}

// ExceedanceDifferences returns, for each block, by how much the share of its
// values above a limit is larger in other than in base; the limit is the
// q-quantile of both together, which stays what it is when sides are exchanged,
// and a value on it counts half. It speaks of high quantiles, for which a single
// block is too small to have one of its own. A block that is empty in one of
// them is NaN. Both pools have the same blocks.
func ExceedanceDifferences(base, other *Pool, q float64) []float64 {
	limit := jointQuantile(base.values, other.values, q)
	out, above := base.above(limit), other.above(limit)
	for b := range out {
		out[b] = above[b]/float64(other.sizes[b]) - out[b]/float64(base.sizes[b])
	}
	return out
}

// jointQuantile is the q-quantile of two sorted samples together.
func jointQuantile(a, b []float64, q float64) float64 {
	value := math.NaN()
	for left := Rank(len(a)+len(b), q); left > 0 && len(a)+len(b) > 0; left-- {
		if len(b) == 0 || (len(a) > 0 && a[0] <= b[0]) {
			value, a = a[0], a[1:]
		} else {
			value, b = b[0], b[1:]
		}
	}
	return value
}
