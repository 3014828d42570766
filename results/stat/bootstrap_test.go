package stat_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/results/stat"
)

// blocksOf makes blocks of equal values.
func blocksOf(blocks, each int, value float64) [][]float64 {
	out := make([][]float64, blocks)
	for b := range out {
		for range each {
			out[b] = append(out[b], value)
		}
	}
	return out
}

// effect compares a quantile of two sets of blocks as the analysis does.
func effect(base, other [][]float64, q float64) stat.Effect {
	p, o := stat.NewPool(base), stat.NewPool(other)
	r := stat.NewResampler(len(base), 500, 1)
	return r.Effect(p.Quantile(q), o.Quantile(q), r.Quantiles(p, q), r.Quantiles(o, q))
}

// TestDegenerateEffects holds that strange data give sane figures or none.
func TestDegenerateEffects(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	tests := []struct {
		name        string
		base, other [][]float64
		want        stat.Effect
	}{
		{
			"every value the same", blocksOf(30, 60, 20), blocksOf(30, 60, 20),
			stat.Effect{Base: 20, Other: 20, Ratio: 1, RatioLow: 1, RatioHigh: 1},
		},
		{
			"every value zero", blocksOf(30, 60, 0), blocksOf(30, 60, 0),
			stat.Effect{Ratio: 1, RatioLow: 1, RatioHigh: 1},
		},
		{
			"twice as much, exactly", blocksOf(30, 60, 20), blocksOf(30, 60, 40),
			stat.Effect{
				Base: 20, Other: 40, Ratio: 2, RatioLow: 2, RatioHigh: 2,
				Difference: 20, DifferenceLow: 20, DifferenceHigh: 20,
			},
		},
		{
			"a base of zero", blocksOf(30, 60, 0), blocksOf(30, 60, 5),
			stat.Effect{
				Other: 5, Ratio: math.Inf(1), RatioLow: nan, RatioHigh: nan,
				Difference: 5, DifferenceLow: 5, DifferenceHigh: 5,
			},
		},
		{
			"one block", blocksOf(1, 60, 20), blocksOf(1, 60, 40),
			stat.Effect{
				Base: 20, Other: 40, Ratio: 2, RatioLow: nan, RatioHigh: nan,
				Difference: 20, DifferenceLow: nan, DifferenceHigh: nan,
			},
		},
		{
			"nothing in the other", blocksOf(30, 60, 20), blocksOf(30, 0, 0),
			stat.Effect{
				Base: 20, Other: nan, Ratio: nan, RatioLow: nan, RatioHigh: nan,
				Difference: nan, DifferenceLow: nan, DifferenceHigh: nan,
			},
		},
		{
			"some blocks empty", append(blocksOf(20, 60, 20), make([][]float64, 10)...), append(blocksOf(20, 60, 20), make([][]float64, 10)...),
			stat.Effect{Base: 20, Other: 20, Ratio: 1, RatioLow: 1, RatioHigh: 1},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			// Printed, since NaN is not equal to itself.
			assert.Equal(t, fmt.Sprintf("%+v", tt.want), fmt.Sprintf("%+v", effect(tt.base, tt.other, 0.5)))
		})
	}
}

func TestIntervalHoldsTheEstimate(t *testing.T) {
	t.Parallel()
	r := stat.NewResampler(6, 100, 1)
	draws := make([]float64, 100) // all zero
	low, high, ok := r.Interval(3, draws)
	assert.True(t, ok)
	assert.InDelta(t, 0, low, 0)
	assert.InDelta(t, 3, high, 0)
	for i := range 6 {
		draws[i] = math.NaN()
	}
	_, _, ok = r.Interval(3, draws)
	assert.False(t, ok, "six draws in a hundred have no value")
	_, _, ok = stat.NewResampler(5, 100, 1).Interval(3, make([]float64, 100))
	assert.False(t, ok, "five blocks")
}

func TestResamplerIsSeeded(t *testing.T) {
	t.Parallel()
	figures := []float64{1, 2, 4, 8, 16, 32}
	one := stat.NewResampler(6, 50, 1).Sums(figures)
	assert.Equal(t, one, stat.NewResampler(6, 50, 1).Sums(figures))
	assert.NotEqual(t, one, stat.NewResampler(6, 50, 2).Sums(figures))
}

// TestRates keeps events and trials of a draw together.
func TestRates(t *testing.T) {
	t.Parallel()
	r := stat.NewResampler(8, 200, 3)
	trials := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	events := []float64{0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4}
	for _, rate := range r.Rates(events, trials) {
		assert.InDelta(t, 0.5, rate, 1e-12)
	}
}
