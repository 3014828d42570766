package stat

import (
	"math"

	"github.com/aclements/go-moremath/stats"
)

// Rank returns the 1-based rank of the q-quantile among n values: the smallest
// rank r with r >= q*n, at least 1 and at most n.
//
// This is the inverse of the empirical distribution function (definition 1 of
// Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996). It has no
// interpolation: a quantile is always a value that was seen, and weighting the
// values by whole numbers leaves the definition as it is.
func Rank(n int, q float64) int {
	const slack = 1e-12 // 0.07*100 is a little more than 7
	r := int(math.Ceil(q * float64(n) * (1 - slack)))
	return min(max(r, 1), n)
}

// Quantile returns the q-quantile of sorted values, as [Rank] defines it, and
// NaN if there are none.
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	return sorted[Rank(len(sorted), q)-1]
}

// QuantileInterval returns the interval between two order statistics that holds
// the true q-quantile with at least the given confidence, if the values are
// independent. It is not ok when the sample is too small for such an interval.
func QuantileInterval(sorted []float64, q, confidence float64) (low, high float64, ok bool) {
	from, to, ok := intervalRanks(len(sorted), q, confidence)
	if !ok {
		return 0, 0, false
	}
	return sorted[from-1], sorted[to-1], true
}

// intervalRanks are the ranks of an order-statistic interval.
func intervalRanks(n int, q, confidence float64) (from, to int, ok bool) {
	ci := stats.QuantileCI(n, q, confidence)
	return ci.LoOrder, ci.HiOrder, ci.LoOrder >= 1 && ci.HiOrder <= n
}

// Enough says whether n values are enough to speak of their q-quantile: whether
// a finite two-sided 95 % interval exists. The least n is 6 for the median, 39
// for 0.9, 76 for 0.95 and 441 for 0.99.
func Enough(n int, q float64) bool {
	_, _, ok := intervalRanks(n, q, 0.95)
	return ok
}

// Needed returns the least number of values that is [Enough] for q. It takes
// time in proportion to the answer; q must lie strictly between 0 and 1.
func Needed(q float64) int {
	for n := 1; ; n++ {
		if Enough(n, q) {
			return n
		}
	}
}
