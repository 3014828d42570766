package results

import "time"

// Analysis is all that reports draw.
type Analysis struct {
	Run      Run
	Summary  Summary
	Curves   []Curve  // one for each arm, in the run's order
	Shifts   []Shift  // one for each arm but the first, in the run's order
	Timeline Timeline // latency and errors over the measured time
}

// Curve is an arm's latency by percentile, thinned so that the high nines keep
// their points: about 200 of them, the last one the maximum.
type Curve struct {
	Arm    string
	Points []CurvePoint
}

// CurvePoint says that a share Q of the samples took at most MS milliseconds.
// Q is 1 in the last point: on an axis of nines, -log10(1-Q), it has no place.
type CurvePoint struct {
	Q  float64
	MS float64
}

// Shift is the latency difference other - base by percentile, with the 95 %
// band of each percentile (pointwise, by resampling blocks).
type Shift struct {
	Base, Other string
	Points      []ShiftPoint // percentiles 1 to 99, those with enough samples
}

// ShiftPoint is the difference at one quantile, in ms.
type ShiftPoint struct {
	Q          float64 // 0.01 to 0.99
	Difference float64
	Low, High  float64
}

// Timeline is the latency over the measured time, in buckets of equal width.
type Timeline struct {
	From  time.Duration // start of the first bucket since the run's start: the end of the warm-up
	Width time.Duration // of a bucket
	Arms  []ArmTimeline // in the run's order
}

// ArmTimeline is one arm's part of the timeline. Points and Errors are thinned
// evenly when there are more than a plot can show.
type ArmTimeline struct {
	Arm     string
	Buckets []Bucket
	Points  []Point      // ok samples
	Errors  []ErrorPoint // errors and timeouts
	Failed  int          // errors and timeouts before thinning
}

// Bucket holds the samples of one arm that were due in one slice of the
// timeline. P50 and P99 describe what was seen (nearest rank: with fewer than a
// hundred samples P99 is the largest); nil without ok samples or timeouts.
type Bucket struct {
	At      time.Duration // start since the run's start
	Samples int
	Errors  int // timeouts among them
	P50     *float64
	P99     *float64
}

// Point is one ok sample: when it was due, and its latency in ms.
type Point struct {
	At time.Duration
	MS float64
}

// ErrorPoint is one failed sample: when it was due, its latency in ms, and why.
type ErrorPoint struct {
	At    time.Duration
	MS    float64
	Class Class
	Code  string
}
