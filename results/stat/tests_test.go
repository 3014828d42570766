package stat_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/results/stat"
)

func TestSignFlip(t *testing.T) {
	t.Parallel()
	repeat := func(n int, d float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = d
		}
		return out
	}
	tests := []struct {
		name        string
		differences []float64
		want        float64
	}{
		{"none", nil, 1},
		{"no difference", repeat(30, 0), 1},
		{"one", []float64{5}, 1},
		{"six alike", repeat(6, 1), 2.0 / 64},
		{"five alike cannot be significant", repeat(5, -1), 2.0 / 32},
		{"missing and equal blocks do not count", append(repeat(6, 1), math.NaN(), 0), 2.0 / 64},
		{"balanced", []float64{1, -1, 1, -1}, 1},
		{"thirty alike: the least that drawing can give", repeat(30, 0.1), 0.0001},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.InDelta(t, tt.want, stat.SignFlip(tt.differences, 1), 1e-12)
		})
	}
}

// TestSignFlipSize holds that without a difference p is below 0.05 in about one
// case of twenty, with drawn patterns and with all of them.
func TestSignFlipSize(t *testing.T) {
	t.Parallel()
	gen := rand.New(rand.NewPCG(4, 4))
	for _, blocks := range []int{10, 30} {
		rejected := 0
		const repeats = 200
		for range repeats {
			ds := make([]float64, blocks)
			for i := range ds {
				ds[i] = gen.NormFloat64()
			}
			if stat.SignFlip(ds, 1) < 0.05 {
				rejected++
			}
		}
		assert.InDelta(t, 0.05, float64(rejected)/repeats, 0.046, "%d blocks", blocks)
	}
}

// TestWilson compares with the values of Newcombe, "Two-sided confidence
// intervals for the single proportion" (1998), table I.
func TestWilson(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		events, trials float64
		low, high      float64
	}{
		{"81 of 263", 81, 263, 0.2553, 0.3662},
		{"15 of 148", 15, 148, 0.0624, 0.1605},
		{"0 of 20", 0, 20, 0, 0.1611},
		{"1 of 29", 1, 29, 0.0061, 0.1718},
		{"all of 20", 20, 20, 0.8389, 1},
		{"no trial", 0, 0, 0, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			low, high := stat.Wilson(tt.events, tt.trials)
			assert.InDelta(t, tt.low, low, 0.00006)
			assert.InDelta(t, tt.high, high, 0.00006)
		})
	}
}

// TestNewcombe compares with method 10 in table II of Newcombe, "Interval
// estimation for the difference between independent proportions" (1998).
func TestNewcombe(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                     string
		otherEvents, otherTrials float64
		baseEvents, baseTrials   float64
		low, high                float64
	}{
		{"56/70 and 48/80", 56, 70, 48, 80, 0.0524, 0.3339},
		{"9/10 and 3/10", 9, 10, 3, 10, 0.1705, 0.8090},
		{"0/10 and 0/20", 0, 10, 0, 20, -0.1611, 0.2775},
		{"10/10 and 0/20", 10, 10, 0, 20, 0.6791, 1},
		{"nothing tried", 0, 0, 0, 20, -1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			low, high := stat.Newcombe(tt.baseEvents, tt.baseTrials, tt.otherEvents, tt.otherTrials)
			assert.InDelta(t, tt.low, low, 0.00006)
			assert.InDelta(t, tt.high, high, 0.00006)
		})
	}
}

func TestHolm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		ps, want []float64
	}{
		{"none", []float64{}, []float64{}},
		{"one", []float64{0.03}, []float64{0.03}},

		{"four hypotheses", []float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{"in the order given", []float64{0.04, 0.01, 0.03}, []float64{0.06, 0.03, 0.06}},
		{"never above 1", []float64{0.9, 0.8}, []float64{1, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.InDeltaSlice(t, tt.want, stat.Holm(tt.ps), 1e-12)
		})
	}
}
