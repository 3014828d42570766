package stat_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/results/stat"
)

func TestQuantile(t *testing.T) {
	t.Parallel()
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(i + 1)
	}
	tests := []struct {
		name   string
		sorted []float64
		q      float64
		want   float64
	}{
		{"none", nil, 0.5, math.NaN()},
		{"one", []float64{7}, 0.99, 7},
		{"lower of two middles", []float64{1, 2, 3, 4}, 0.5, 2},
		{"middle", []float64{1, 2, 3}, 0.5, 2},
		{"least", hundred, 0, 1},
		{"most", hundred, 1, 100},
		{"exact rank", hundred, 0.99, 99},
		{"rank that floating point overshoots", hundred, 0.07, 7},
		{"all the same", []float64{20, 20, 20}, 0.9, 20},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := stat.Quantile(tt.sorted, tt.q)
			if math.IsNaN(tt.want) {
				assert.True(t, math.IsNaN(got))
				return
			}
			assert.InDelta(t, tt.want, got, 0)
		})
	}
}

func TestNeeded(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		q    float64
		want int
	}{
		{"p50", 0.50, 6},
		{"p90", 0.90, 39},
		{"p95", 0.95, 76},
		{"p99", 0.99, 441},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, stat.Needed(tt.q))
			assert.False(t, stat.Enough(tt.want-1, tt.q))
			assert.True(t, stat.Enough(tt.want, tt.q))
			assert.True(t, stat.Enough(100*tt.want, tt.q))
		})
	}
}

func TestQuantileInterval(t *testing.T) {
	t.Parallel()
	low, high, ok := stat.QuantileInterval([]float64{1, 2, 3, 4, 5, 6}, 0.5, 0.95)
	assert.True(t, ok)
	assert.InDelta(t, 1, low, 0)
	assert.InDelta(t, 6, high, 0, "6 values: the interval is all of them, at 96.9 %%")
	_, _, ok = stat.QuantileInterval([]float64{1, 2, 3, 4, 5}, 0.5, 0.95)
	assert.False(t, ok)
}
