package stat

import (
	"math"
	"math/rand/v2"
)

// exactFlips is the number of differences up to which all sign patterns are
// tried, and randomFlips the number of patterns drawn for more.
const (
	exactFlips  = 15
	randomFlips = 9999
)

// SignFlip returns the two-sided p-value of paired differences under the
// hypothesis that each might as well have had the other sign. There is one
// difference for each block. Up to 15 differences that are not zero it is exact;
// beyond, it is drawn from seeded patterns, and 0.0001 is the least it can be.
func SignFlip(differences []float64, seed uint64) float64 {
	var ds []float64
	var sum float64
	for _, d := range differences {
		if d != 0 && !math.IsNaN(d) {
			ds = append(ds, d)
			sum += d
		}
	}
	// Sums of the same figures in another order differ in their last digits.
	limit := math.Abs(sum) * (1 - 1e-12)
	if len(ds) <= exactFlips {
		return exactSignFlip(ds, limit)
	}
	gen := rand.New(rand.NewPCG(seed, uint64(len(ds))))
	extreme := 1
	for range randomFlips {
		if math.Abs(randomlyFlipped(ds, gen)) >= limit {
			extreme++
		}
	}
	return float64(extreme) / (randomFlips + 1)
}

func exactSignFlip(ds []float64, limit float64) float64 {
	patterns := 1 << len(ds)
	extreme := 0
	for pattern := range patterns {
		if math.Abs(flipped(ds, uint64(pattern))) >= limit {
			extreme++
		}
	}
	return float64(extreme) / float64(patterns)
}

// randomlyFlipped is the sum of the differences under random signs.
func randomlyFlipped(ds []float64, gen *rand.Rand) float64 {
	var sum float64
	for len(ds) > 0 {
		n := min(len(ds), 64)
		sum += flipped(ds[:n], gen.Uint64())
		ds = ds[n:]
	}
	return sum
}

// flipped is the sum of at most 64 differences, negative where pattern has a bit.
func flipped(ds []float64, pattern uint64) float64 {
	var sum float64
	for i, d := range ds {
		if pattern>>i&1 == 1 {
			d = -d
		}
		sum += d
	}
	return sum
}
