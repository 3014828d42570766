package results

import (
	"math"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// Power says how long a run of the same kind must be to find an effect.
type Power struct {
	Metric string     `json:"metric"`
	Other  string     `json:"other"` // the arm compared with the first
	Rows   []PowerRow `json:"rows"`  // one for each effect, ascending
}

// PowerRow is one effect. A run finds it when the whole interval lies beyond the
// margin: no run, however long, can be relied on to find an effect that is not
// larger than the margin.
type PowerRow struct {
	Effect    float64       `json:"effect"`     // by which share the metric is larger: 0.05, 0.10, 0.20
	Samples   int           `json:"samples"`    // of all arms together, measured; 0 if it is not reachable
	Duration  time.Duration `json:"-"`          // at the run's own rate, measured time
	Seconds   float64       `json:"duration_s"` // Duration
	Reachable bool          `json:"reachable"`
	// Without a margin, to tell the effect from none at all:
	AnySamples  int           `json:"any_samples"`
	AnyDuration time.Duration `json:"-"`
	AnySeconds  float64       `json:"any_duration_s"`
}

const (
	powerZ   = 0.8416 // 0.8 quantile of the normal distribution: the power
	minBlock = 300 * time.Millisecond
)

// powerMetrics are those that a table is made of.
func powerMetrics() []quantileMetric {
	latency := timings()[0]
	return latency.metrics()
}

// PowerOf computes, from the variance between the blocks of a run, how long a run
// must be to find 5, 10 and 20 % with a power of 80 %. It is empty for a run
// whose comparisons have no intervals.
func PowerOf(a *Analysis) (out []Power) {
	for _, m := range powerMetrics() {
		for _, c := range a.Summary.Comparisons {
			if c.Metric == m.name && c.Op == AllOps && c.CILow != nil && c.BaseValue != nil && *c.CILow > 0 {
				out = append(out, powerOf(a, c, m.q))
			}
		}
	}
	return out
}

// powerOf scales the standard error of a run's own ratio, which goes with the
// root of the run's length.
func powerOf(a *Analysis, c Comparison, q float64) Power {
	size := sizing{least: stat.Needed(q) * len(a.Summary.Arms), blocks: a.Summary.Blocks}
	for _, arm := range a.Summary.Arms {
		size.samples += arm.Samples
		size.rate += arm.AchievedRate
	}
	if a.Run.Rate > 0 {
		size.rate = a.Run.Rate
	}
	size.error = math.Log(*c.CIHigh / *c.CILow) / 2 / stat.HalfWidth(size.blocks)
	m := timingMargin()
	limit := max(1+m.share, 1+m.amount/max(*c.BaseValue, 1e-9))
	p := Power{Metric: c.Metric, Other: c.Other}
	for _, effect := range []float64{0.05, 0.10, 0.20} {
		row := PowerRow{Effect: effect}
		row.AnySamples, row.AnyDuration = size.needed(math.Log(1 + effect))
		row.AnySeconds = row.AnyDuration.Seconds()
		if gap := math.Log((1 + effect) / limit); gap > 1e-9 {
			row.Reachable = true
			row.Samples, row.Duration = size.needed(gap)
			row.Seconds = row.Duration.Seconds()
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// sizing is what the length of a run is computed from.
type sizing struct {
	samples, blocks int
	least           int     // samples that the quantile needs at all
	rate            float64 // requests/s of all arms
	error           float64 // standard error of the ratio's logarithm
}

// needed is the size of a run that finds a logarithm of a ratio to lie beyond
// zero.
func (s sizing) needed(gap float64) (samples int, length time.Duration) {
	error := gap / (stat.HalfWidth(s.blocks) + powerZ)
	scale := (s.error / error) * (s.error / error)
	n := max(float64(s.samples)*scale, float64(s.least), stat.MinBlocks*minBlock.Seconds()*s.rate)
	samples = int(math.Ceil(min(n, 1e15)))
	if s.rate > 0 {
		length = time.Duration(min(float64(samples)/s.rate, 1e9) * float64(time.Second))
	}
	return samples, length
}
