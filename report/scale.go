package report

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ninesScale spreads percentiles (0 to 100) by their number of nines, as
// HdrHistogram's plots do: 90, 99 and 99.9 are equally far apart.
type ninesScale struct{}

// Normalize implements plot.Normalizer.
func (ninesScale) Normalize(lo, hi, x float64) float64 {
	return (nines(x) - nines(lo)) / (nines(hi) - nines(lo))
}

// nines is -log10 of the share beyond the percentile: 0 for p0, 1 for p90, 2 for p99.
func nines(percentile float64) float64 {
	beyond := 1 - percentile/100
	return -math.Log10(math.Max(beyond, 1e-9))
}

// ninesTicks labels the percentiles that people ask for.
type ninesTicks struct{}

// Ticks implements plot.Ticker.
func (ninesTicks) Ticks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for _, p := range []float64{0, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 99.999} {
		if p >= lo && p <= hi {
			ticks = append(ticks, plot.Tick{Value: p, Label: percentileName(p)})
		}
	}
	return ticks
}

// percentileName writes 99.9 as p99.9.
func percentileName(p float64) string { return "p" + strconv.FormatFloat(p, 'f', -1, 64) }

// logScale is a logarithmic axis that cannot panic: what is not above zero is
// drawn at the lower end (gonum's own LogScale panics).
type logScale struct{}

// Normalize implements plot.Normalizer.
func (logScale) Normalize(lo, hi, x float64) float64 {
	lo = math.Max(lo, math.SmallestNonzeroFloat64)
	if x <= lo || hi <= lo {
		return 0
	}
	return math.Log(x/lo) / math.Log(hi/lo)
}

// logTicks labels 1, 2 and 5 of each decade, or only the decades of a long axis.
type logTicks struct {
	label func(float64) string
}

// Ticks implements plot.Ticker.
func (t logTicks) Ticks(lo, hi float64) []plot.Tick {
	if !(lo > 0) || !(hi > lo) || !finite(hi) {
		return nil
	}
	steps := []float64{1, 2, 5}
	if hi/lo > 2000 {
		steps = []float64{1}
	}
	var ticks []plot.Tick
	for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
		for _, s := range steps {
			if v := s * math.Pow(10, e); v >= lo*0.999999 && v <= hi*1.000001 {
				ticks = append(ticks, plot.Tick{Value: v, Label: t.label(v)})
			}
		}
	}
	return ticks
}

// linearTicks labels about count round values.
type linearTicks struct {
	count int
	label func(float64) string
}

// Ticks implements plot.Ticker.
func (t linearTicks) Ticks(lo, hi float64) []plot.Tick {
	step := roundStep((hi - lo) / float64(t.count))
	if step <= 0 {
		return nil
	}
	var ticks []plot.Tick
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: t.label(i * step)})
	}
	return ticks
}

// roundStep is the smallest of 1, 2, 5, 10, ... times a power of ten that is
// at least v; 0 if there is none.
func roundStep(v float64) float64 {
	if !(v > 0) || !finite(v) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v*0.999999 {
			return m * power
		}
	}
	return 10 * power
}

// tickNumber writes an axis value as short as can be.
func tickNumber(v float64) string {
	s := strconv.FormatFloat(v, 'f', 6, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

// logRange widens a range of positive values to a log axis that holds it,
// with a little air at both ends. Nothing to hold: 1 to 10.
func logRange(lo, hi float64) (float64, float64) {
	if !(lo > 0) || !(hi >= lo) || !finite(hi) {
		return 1, 10
	}
	air := math.Max(math.Pow(hi/lo, 0.06), 1.12)
	return lo / air, hi * air
}

// linearRange widens a range of values to an axis that holds it, and zero.
func linearRange(lo, hi float64) (float64, float64) {
	lo, hi = math.Min(lo, 0), math.Max(hi, 0)
	if !finite(lo) || !finite(hi) || lo == hi {
		return -1, 1
	}
	air := (hi - lo) * 0.06
	return lo - air, hi + air
}
