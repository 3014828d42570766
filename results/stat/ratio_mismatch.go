package stat

import "gonum.org/v1/gonum/stat/distuv"

// SampleRatio returns the p-value of Pearson's chi-square test that counts came
// about in the given shares (a sample ratio mismatch test). Shares need not add
// up to 1. It is 1 if nothing was counted or there is nothing to compare, and 0
// for a count where the share is nothing.
func SampleRatio(counts, shares []float64) float64 {
	n, whole := Sum(counts), Sum(shares)
	if n == 0 || whole == 0 || len(counts) < 2 {
		return 1
	}
	var square float64
	for i, count := range counts {
		expected := n * shares[i] / whole
		if expected == 0 {
			if count > 0 {
				return 0
			}
			continue
		}
		square += (count - expected) * (count - expected) / expected
	}
	return distuv.ChiSquared{K: float64(len(counts) - 1)}.Survival(square)
}
