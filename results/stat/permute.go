package stat

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Permute returns the two-sided p-value of the difference between the means of
// two samples that are not paired, such as the blocks of two runs, under the
// hypothesis that each value might as well have been in the other one. It is
// drawn from seeded permutations: 0.0001 is the least that it can be. NaN values
// are left out; without values on both sides it is 1.
func Permute(a, b []float64, seed uint64) float64 {
	a, b = slices.DeleteFunc(slices.Clone(a), math.IsNaN), slices.DeleteFunc(slices.Clone(b), math.IsNaN)
	if len(a) == 0 || len(b) == 0 {
		return 1
	}
	all := slices.Concat(a, b)
	mean := Sum(all) / float64(len(all))
	// The sum of a's values less their expectation moves with the difference.
	off := func(values []float64) float64 { return math.Abs(Sum(values) - mean*float64(len(values))) }
	limit := off(a) * (1 - 1e-12)
	gen := rand.New(rand.NewPCG(seed, uint64(len(all))))
	extreme := 1
	for range randomFlips {
		for i := range a { // a shuffle of as many as are needed
			j := i + gen.IntN(len(all)-i)
			all[i], all[j] = all[j], all[i]
		}
		if off(all[:len(a)]) >= limit {
			extreme++
		}
	}
	return float64(extreme) / (randomFlips + 1)
}

// Sum adds values up.
func Sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
}
