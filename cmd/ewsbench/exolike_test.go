package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// TestPenaltyLikeOnline: among many back ends nearly every call without the
// header is at the wrong one, and the ratio of the medians says so in each run.
// The figures are the mock's own.
func TestPenaltyLikeOnline(t *testing.T) {
	t.Parallel()
	for seed := uint64(1); seed <= min(seeds, 4); seed++ {
		a := virtual{profile: "exo-like"}.run(t, seed)
		require.True(t, a.Summary.Valid, a.Summary.Reason)
		p50 := compared(t, a, "unanchored", results.MetricLatencyP50)
		assert.Greater(t, *p50.CILow, 1.0, "seed %d", seed)
		with, without := arm(t, a, "anchored"), arm(t, a, "unanchored")
		assert.Zero(t, with.HTTP["500"]+with.HTTP["503"], "seed %d", seed)
		t.Logf("seed %d: p50 ratio %.2f [%.2f, %.2f], 500: %d, 503: %d of %d", seed, *p50.Ratio, *p50.CILow, *p50.CIHigh,
			without.HTTP["500"], without.HTTP["503"], without.Samples)
	}
}
