package stat_test

import (
	"math/rand/v2"
	"testing"

	"github.com/aclements/go-moremath/stats"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results/stat"
)

// TestSignFlipOnDarwinsMaize is the first permutation test in print: of the 2^15
// ways to give signs to the differences in height of Darwin's fifteen pairs of
// plants, 1726 come to a sum at least as far from zero (Fisher, "The Design of
// Experiments", 1935, section 21).
func TestSignFlipOnDarwinsMaize(t *testing.T) {
	t.Parallel()
	eighths := []float64{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48}
	assert.InDelta(t, 1726.0/32768, stat.SignFlip(eighths, 1), 1e-12)
}

// TestPermuteAgainstEnumeration tries all ways to part eight values in two.
func TestPermuteAgainstEnumeration(t *testing.T) {
	t.Parallel()
	a, b := []float64{3, 9, 4, 8}, []float64{1, 5, 2, 3.5}
	all := append(append([]float64{}, a...), b...)
	extreme, ways := 0, 0
	for pattern := range 1 << 8 {
		var sum, n float64
		for i, v := range all {
			if pattern>>i&1 == 1 {
				sum, n = sum+v, n+1
			}
		}
		if n != 4 {
			continue
		}
		ways++
		if d := sum - stat.Sum(all)/2; abs(d) >= abs(stat.Sum(a)-stat.Sum(all)/2)-1e-9 {
			extreme++
		}
	}
	require.Equal(t, 70, ways)
	assert.InDelta(t, float64(extreme)/float64(ways), stat.Permute(a, b, 1), 0.015)
	assert.InDelta(t, 1, stat.Permute(a, nil, 1), 0)
	assert.InDelta(t, 1, stat.Permute([]float64{2, 2}, []float64{2, 2}, 1), 0)
}

func abs(v float64) float64 { return max(v, -v) }

// TestSampleRatio has examples in print.
func TestSampleRatio(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		counts, shares []float64
		want           float64
	}{
		// Kohavi, Tang and Xu, "Trustworthy Online Controlled Experiments", 2020, chapter 3.
		{"821588 against 815482", []float64{821_588, 815_482}, []float64{1, 1}, 1.8e-6},
		// Mendel's peas, 9:3:3:1; Fisher, "Statistical Methods for Research Workers": chi-square 0.47.
		{"Mendel's peas", []float64{315, 101, 108, 32}, []float64{9, 3, 3, 1}, 0.9254},
		{"equal", []float64{500, 500}, []float64{1, 1}, 1},
		{"one arm", []float64{500}, []float64{1}, 1},
		{"nothing", []float64{0, 0}, []float64{1, 1}, 1},
		{"an arm that should have none", []float64{10, 1}, []float64{1, 0}, 0},
		{"an arm that should have none and has none", []float64{10, 0}, []float64{1, 0}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := stat.SampleRatio(tt.counts, tt.shares)
			assert.InDelta(t, tt.want, got, max(0.03*tt.want, 1e-9))
		})
	}
}

// TestMedianIntervals compares with the table of ranks for the 95 % interval of
// a median in Campbell and Gardner, "Calculating confidence intervals for some
// non-parametric analyses", BMJ 296, 1988. Theirs are symmetric; an interval
// with one rank less at one end may still hold 95 %.
func TestMedianIntervals(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ n, from, to int }{{6, 1, 6}, {10, 2, 9}, {20, 6, 15}, {30, 10, 21}, {50, 18, 33}, {100, 40, 61}} {
		ranks := make([]float64, tt.n)
		for i := range ranks {
			ranks[i] = float64(i + 1)
		}
		low, high, ok := stat.QuantileInterval(ranks, 0.5, 0.95)
		require.True(t, ok, "n=%d", tt.n)
		assert.GreaterOrEqual(t, low, float64(tt.from), "n=%d", tt.n)
		assert.LessOrEqual(t, high, float64(tt.to), "n=%d", tt.n)
		assert.LessOrEqual(t, float64(tt.to-tt.from)-(high-low), 1.0, "n=%d", tt.n)
		hold := stats.BinomialDist{N: tt.n, P: 0.5}
		assert.GreaterOrEqual(t, hold.CDF(high-1)-hold.CDF(low-1), 0.95, "n=%d", tt.n)
	}
}

// TestIntervalsAreBenchstats compares with the interval that benchstat gives of
// a median: golang.org/x/perf/benchmath takes it from stats.QuantileCI.
func TestIntervalsAreBenchstats(t *testing.T) {
	t.Parallel()
	gen := rand.New(rand.NewPCG(7, 7))
	for n := 6; n < 200; n += 7 {
		values := make([]float64, n)
		for i := range values {
			values[i] = gen.ExpFloat64()
		}
		sample := stats.Sample{Xs: values}
		sample.Sort()
		_, wantLow, wantHigh := stats.QuantileCI(n, 0.5, 0.95).SampleCI(sample)
		low, high, ok := stat.NewPool([][]float64{values}).QuantileInterval(0.5, 0.95)
		require.True(t, ok)
		assert.InDelta(t, wantLow, low, 0)
		assert.InDelta(t, wantHigh, high, 0)
	}
}
