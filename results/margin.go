package results

import (
	"math"

	"github.com/ewsbench/ewsbench/results/stat"
)

// margin is what a difference must exceed to count: both the share and the
// amount, so that neither 2 % of a second nor 10 % of a millisecond is news.
type margin struct {
	share    float64 // of the base
	amount   float64 // in the metric's unit
	moreGood bool    // more of the metric is better
}

// MarginShare is the relative part of the margin: inside it arms count as the
// same.
const MarginShare = 0.05

// Margins by kind of metric: 5 % and 1 ms; half a point; 5 %.
func timingMargin() margin     { return margin{share: MarginShare, amount: 1} }
func errorMargin() margin      { return margin{amount: 0.005} }
func throughputMargin() margin { return margin{share: MarginShare, moreGood: true} }

// judge compares the interval of an effect with the margin: outside of it on one
// side, inside, or over it.
func (m margin) judge(e stat.Effect) Verdict {
	if math.IsNaN(e.DifferenceLow) {
		return VerdictInconclusive
	}
	ratioLow, ratioHigh := e.RatioLow, e.RatioHigh
	if math.IsNaN(ratioLow) {
		// No ratio over a base of zero: the amount decides alone.
		ratioLow, ratioHigh = e.DifferenceLow*math.Inf(1), e.DifferenceHigh*math.Inf(1)
	}
	more, less := VerdictWorse, VerdictBetter
	if m.moreGood {
		more, less = less, more
	}
	switch {
	case ratioLow > 1+m.share && e.DifferenceLow > m.amount:
		return more
	case ratioHigh < 1-m.share && e.DifferenceHigh < -m.amount:
		return less
	case (ratioHigh <= 1+m.share || e.DifferenceHigh <= m.amount) && (ratioLow >= 1-m.share || e.DifferenceLow >= -m.amount):
		return VerdictSame
	default:
		return VerdictInconclusive
	}
}
