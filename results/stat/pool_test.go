package stat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// writtenOut is a resample the slow way: every block as often as it was drawn.
func writtenOut(blocks [][]float64, times []uint16) []float64 {
	var all []float64
	for b, block := range blocks {
		for range times[b] {
			all = append(all, block...)
		}
	}
	slices.Sort(all)
	return all
}

// TestResampledIsExact compares the quantiles of random resamples with sorting
// them, for pools below and above the stride, with ties and empty blocks.
func TestResampledIsExact(t *testing.T) {
	t.Parallel()
	gen := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		blocks := make([][]float64, 1+gen.IntN(12))
		for b := range blocks {
			for range gen.IntN(400) {
				blocks[b] = append(blocks[b], float64(gen.IntN(500)))
			}
		}
		p := NewPool(blocks)
		r := NewResampler(len(blocks), 20, gen.Uint64())
		for _, q := range []float64{0, 0.01, 0.5, 0.95, 0.99, 1} {
			got := r.Quantiles(p, q)
			for i, times := range r.times {
				want := Quantile(writtenOut(blocks, times), q)
				assert.True(t, got[i] == want || math.IsNaN(got[i]) && math.IsNaN(want), "q=%v got %v want %v", q, got[i], want)
			}
		}
	}
}

func TestPoolKeepsNothing(t *testing.T) {
	t.Parallel()
	blocks := [][]float64{{3, 1}, {}, {2}}
	p := NewPool(blocks)
	blocks[0][0] = 99
	assert.InDelta(t, 1, p.Value(1), 0)
	assert.InDelta(t, 3, p.Value(3), 0)
	assert.Equal(t, 3, p.Len())
	assert.Equal(t, []float64{1, 0, 0.5}, p.above(2))
	assert.True(t, math.IsNaN(NewPool(nil).Quantile(0.5)))
}

func TestBlockDifferences(t *testing.T) {
	t.Parallel()
	base := NewPool([][]float64{{1, 2, 3}, {5}, {}, {1, 1}})
	other := NewPool([][]float64{{2, 4, 6}, {4}, {1}, {1, 1}})
	got := Differences(BlockFigures(base, other, 0.5))
	assert.InDelta(t, 2, got[0], 0)
	assert.InDelta(t, -1, got[1], 0)
	assert.True(t, math.IsNaN(got[2]), "a block that is empty in one of them")
	assert.InDelta(t, 0, got[3], 0)

	// The joint p75 of the 13 values is 4: above it lie 5 in base and 6 in other,
	// on it a 4 in each of other's first blocks.
	got = Differences(BlockFigures(base, other, 0.75))
	assert.InDelta(t, 0.5, got[0], 1e-12)
	assert.InDelta(t, -0.5, got[1], 0)
	assert.True(t, math.IsNaN(got[2]))
	assert.InDelta(t, 0, got[3], 0)
}

func TestJointQuantile(t *testing.T) {
	t.Parallel()
	a, b := []float64{1, 3, 5, 7}, []float64{2, 3, 4}
	both := slices.Sorted(slices.Values(slices.Concat(a, b)))
	for _, q := range []float64{0, 0.2, 0.5, 0.8, 1} {
		assert.InDelta(t, Quantile(both, q), jointQuantile(NewPool([][]float64{a}), NewPool([][]float64{b}), q), 0, "q=%v", q)
	}
	assert.True(t, math.IsNaN(jointQuantile(NewPool(nil), NewPool(nil), 0.5)))
}

// BenchmarkMillion is what a comparison of a million samples costs: two arms,
// three quantiles, 2000 draws.
func BenchmarkMillion(b *testing.B) {
	gen := rand.New(rand.NewPCG(1, 1))
	arms := make([][][]float64, 2)
	for a := range arms {
		arms[a] = make([][]float64, 30)
		for i := range 500_000 {
			arms[a][i%30] = append(arms[a][i%30], math.Exp(gen.NormFloat64()))
		}
	}
	for b.Loop() {
		base, other := NewPool(arms[0]), NewPool(arms[1])
		r := NewResampler(30, 2000, 1)
		for _, q := range []float64{0.5, 0.95, 0.99} {
			r.Effect(base.Quantile(q), other.Quantile(q), r.Quantiles(base, q), r.Quantiles(other, q))
		}
	}
}
