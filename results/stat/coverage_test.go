package stat_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/results/stat"
)

// The shape of the default run: 30 blocks of 60 requests an arm.
const (
	simBlocks = 30
	simPerArm = 60
	simDraws  = 500
)

// weather makes the latencies of one block in both arms. Drift is what the
// server does to the whole block.
type weather struct {
	name string
	pair func(gen *rand.Rand, drift float64, k, stallAt int) (base, other float64)
}

func logNormal(gen *rand.Rand, mean, sd float64) float64 {
	return 20 * math.Exp(mean+sd*gen.NormFloat64())
}

func weathers() []weather {
	return []weather{
		{"independent", func(gen *rand.Rand, _ float64, _, _ int) (float64, float64) {
			return logNormal(gen, 0, 0.5), logNormal(gen, 0, 0.5)
		}},
		{"server drift", func(gen *rand.Rand, drift float64, _, _ int) (float64, float64) {
			return logNormal(gen, drift, 0.5), logNormal(gen, drift, 0.5)
		}},
		{"equal calls", func(gen *rand.Rand, drift float64, _, _ int) (float64, float64) {
			call := drift + 0.5*gen.NormFloat64()
			return logNormal(gen, call, 0.1), logNormal(gen, call, 0.1)
		}},
		{"stalls", func(gen *rand.Rand, drift float64, k, stallAt int) (float64, float64) {
			base, other := logNormal(gen, drift, 0.3), logNormal(gen, drift, 0.3)
			if late := k - stallAt; late >= 0 && late < 5 {
				base, other = base+100-20*float64(late)*gen.Float64(), other+100-20*float64(late)*gen.Float64()
			}
			return base, other
		}},
	}
}

// simulate makes the blocks of two arms, the other one's latencies longer by factor.
func simulate(w weather, seed uint64, factor float64) (base, other [][]float64) {
	gen := rand.New(rand.NewPCG(seed, 1))
	base, other = make([][]float64, simBlocks), make([][]float64, simBlocks)
	drift := 0.0
	for b := range simBlocks {
		drift = 0.8*drift + 0.1*gen.NormFloat64()
		stallAt := gen.IntN(4 * simPerArm) // a stall in one block of four
		for k := range simPerArm {
			x, y := w.pair(gen, drift, k, stallAt)
			base[b] = append(base[b], x)
			other[b] = append(other[b], y*factor)
		}
	}
	return base, other
}

// exclusions counts how often the interval of each quantile's ratio excludes 1.
func exclusions(w weather, factor float64, qs []float64) []int {
	excluded := make([]int, len(qs))
	for repeat := range uint64(simRepeats) {
		base, other := simulate(w, repeat, factor)
		p, o := stat.NewPool(base), stat.NewPool(other)
		r := stat.NewResampler(simBlocks, simDraws, repeat)
		for i, q := range qs {
			e := r.Effect(p.Quantile(q), o.Quantile(q), r.Quantiles(p, q), r.Quantiles(o, q))
			if e.RatioLow > 1 || e.RatioHigh < 1 {
				excluded[i]++
			}
		}
	}
	return excluded
}

// TestRatioIntervalCoverage holds the promise that no difference is invented:
// 5 % of the intervals may exclude 1, and three standard deviations more.
func TestRatioIntervalCoverage(t *testing.T) {
	t.Parallel()
	qs := []float64{0.5, 0.95, 0.99}
	limit := 0.05 + 3*math.Sqrt(0.05*0.95/simRepeats)
	for _, w := range weathers() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			var row strings.Builder
			for i, n := range exclusions(w, 1, qs) {
				share := float64(n) / simRepeats
				fmt.Fprintf(&row, "  p%g %4.1f %%", 100*qs[i], 100*share)
				assert.LessOrEqual(t, share, limit, "p%g", 100*qs[i])
			}
			t.Logf("%-13s intervals without a difference that exclude 1:%s", w.name, row.String())
		})
	}
}

// TestFewBlocks holds that intervals from few blocks do not cover less: they are
// widened by as much as Student's t asks for.
func TestFewBlocks(t *testing.T) {
	t.Parallel()
	const few, repeats = 8, 400
	limit := 0.05 + 3*math.Sqrt(0.05*0.95/repeats)
	excluded := 0
	for repeat := range uint64(repeats) {
		base, other := simulate(weathers()[1], repeat, 1)
		p, o := stat.NewPool(base[:few]), stat.NewPool(other[:few])
		r := stat.NewResampler(few, simDraws, repeat)
		e := r.Effect(p.Quantile(0.5), o.Quantile(0.5), r.Quantiles(p, 0.5), r.Quantiles(o, 0.5))
		if e.RatioLow > 1 || e.RatioHigh < 1 {
			excluded++
		}
	}
	assert.LessOrEqual(t, float64(excluded)/repeats, limit)
	t.Logf("of the intervals from %d blocks %.1f %% exclude 1", few, 100*float64(excluded)/repeats)
}

func TestHalfWidth(t *testing.T) {
	t.Parallel()
	assert.InDelta(t, 1.9935, stat.HalfWidth(30), 0.0001, "1.96 and the root of 30/29")
	assert.Greater(t, stat.HalfWidth(10), 2.2)
	assert.InDelta(t, 1.96, stat.HalfWidth(10_000), 0.001)
	assert.True(t, math.IsInf(stat.HalfWidth(1), 1))
}

// TestRatioIntervalPower keeps the intervals from being wide enough to pass the
// coverage test by saying nothing.
func TestRatioIntervalPower(t *testing.T) {
	t.Parallel()
	found := exclusions(weathers()[0], 1.2, []float64{0.5, 0.95})
	assert.Greater(t, found[0], simRepeats*95/100, "p50 20 %% slower")
	assert.Greater(t, found[1], simRepeats*60/100, "p95 20 %% slower")
}
