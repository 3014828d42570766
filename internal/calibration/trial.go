package calibration

import (
	"fmt"
	"math"

	"github.com/aclements/go-moremath/stats"

	"github.com/ewsbench/ewsbench/results/stat"
)

// draws is how often an analysis resamples, as results does.
const draws = 2000

// Quantiles are those that intervals are calibrated for.
func Quantiles() []float64 { return []float64{0.50, 0.95} }

// Count is what became of simulated runs of one kind.
type Count struct {
	Runs      int
	Differ    []int // intervals of the ratio that exclude 1, by quantile
	Slower    []int // of them those that lie above it
	Cover     []int // intervals that hold the true ratio
	Flip      []int // sign-flip tests with p < 0.05
	Requests  int   // Mann-Whitney tests over single requests with p < 0.05
	blockwise bool
}

// newCount counts for a design; blocks are judged where both arms are in each.
func newCount(d Design) *Count {
	n := len(Quantiles())
	return &Count{Differ: make([]int, n), Slower: make([]int, n), Cover: make([]int, n), Flip: make([]int, n), blockwise: d == PerRequest}
}

// Calibrate simulates runs and counts what the statistics make of them.
func Calibrate(s Server, d Design, effect float64, runs int, seed uint64) (*Count, error) {
	c := newCount(d)
	for run := range uint64(runs) {
		if err := c.judge(s.Send(d, effect, seed+run), 1+effect, seed+run); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// judge takes one run into the count.
func (c *Count) judge(sent Sent, truth float64, seed uint64) error {
	c.Runs++
	u, err := stats.MannWhitneyUTest(sent.Base, sent.Other, stats.LocationDiffers)
	if err != nil {
		return fmt.Errorf("mann-whitney: %w", err)
	}
	if u.P < 0.05 {
		c.Requests++
	}
	if !c.blockwise {
		return nil
	}
	base, other := stat.NewPool(inBlocks(sent.Base)), stat.NewPool(inBlocks(sent.Other))
	r := stat.NewResampler(blocks, draws, seed)
	for i, q := range Quantiles() {
		e := r.Effect(base.Quantile(q), other.Quantile(q), r.Quantiles(base, q), r.Quantiles(other, q))
		p := stat.SignFlip(stat.Differences(stat.BlockFigures(base, other, q)), seed)
		count(&c.Differ[i], e.RatioLow > 1 || e.RatioHigh < 1)
		count(&c.Slower[i], e.RatioLow > 1)
		count(&c.Cover[i], e.RatioLow <= truth && truth <= e.RatioHigh)
		count(&c.Flip[i], p < 0.05)
	}
	return nil
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

// inBlocks cuts an arm's latencies into blocks of equal length.
func inBlocks(values []float64) [][]float64 {
	out := make([][]float64, blocks)
	for b := range out {
		out[b] = values[b*len(values)/blocks : (b+1)*len(values)/blocks]
	}
	return out
}

// Error is how far a share of so many runs may be from its expectation by chance:
// z standard deviations.
func Error(share, z float64, runs int) float64 {
	return z * math.Sqrt(share*(1-share)/float64(runs))
}
