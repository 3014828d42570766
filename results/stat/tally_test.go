package stat

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestTallyPool holds that counting on the grid moves no quantile, of the whole
// or of a resample, by more than half a step of the grid.
func TestTallyPool(t *testing.T) {
	t.Parallel()
	gen := rand.New(rand.NewPCG(3, 3))
	blocks, counted := make([][]float64, 8), NewParts(8, 0)
	for b := range blocks {
		var tally Tally
		for range 500 {
			v := 20 * math.Exp(gen.NormFloat64())
			blocks[b] = append(blocks[b], v)
			tally.Add(v)
		}
		assert.Equal(t, 500, tally.Len())
		counted.AddTally(b, &tally)
	}
	exact, grid := NewPool(blocks), counted.Pool()
	assert.Equal(t, exact.Len(), grid.Len())
	near := func(want, got float64) {
		t.Helper()
		assert.InEpsilon(t, want, got, 0.0005)
	}
	r := NewResampler(8, 50, 1)
	for _, q := range []float64{0, 0.01, 0.5, 0.95, 0.99, 1} {
		near(exact.Quantile(q), grid.Quantile(q))
		want, got := r.Quantiles(exact, q), r.Quantiles(grid, q)
		for i := range want {
			near(want[i], got[i])
		}
	}
	for rank := 1; rank <= exact.Len(); rank++ {
		near(exact.Value(rank), grid.Value(rank))
	}
	near(jointQuantile(exact, exact, 0.9), jointQuantile(grid, grid, 0.9))
	low, high, ok := grid.QuantileInterval(0.5, 0.95)
	wantLow, wantHigh, _ := exact.QuantileInterval(0.5, 0.95)
	assert.True(t, ok)
	near(wantLow, low)
	near(wantHigh, high)
}

func TestTally(t *testing.T) {
	t.Parallel()
	var tally Tally
	assert.True(t, math.IsNaN(tally.Quantile(0.5)))
	for _, v := range []float64{-3, 0, math.NaN(), 100, 100.01, 1e9} {
		tally.Add(v)
	}
	assert.Equal(t, 6, tally.Len())
	assert.Len(t, tally.counts, 3, "two that three digits do not tell apart, and what is no latency is zero")
	assert.InDelta(t, 0, tally.Quantile(0.5), 0)
	assert.InEpsilon(t, 100, tally.Quantile(0.75), 0.0005)
	assert.InEpsilon(t, 1e9, tally.Quantile(1), 0.0005)
}
