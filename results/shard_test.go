package results

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestShardsAnalyseAlike holds that calls need not be contiguous: the samples of a
// run that were dealt to shards by call, k*n+i, and joined shard by shard give
// the same figures.
func TestShardsAnalyseAlike(t *testing.T) {
	t.Parallel()
	run := longRun()
	run.AA = 3 * time.Second
	samples := played(run, both(noisy(1), slowB(3*time.Millisecond), inAA, stalled(11*time.Second, 12*time.Second)))
	whole, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	const shards = 3
	slices.SortStableFunc(samples, func(a, b Sample) int { return int(a.Call%shards) - int(b.Call%shards) })
	joined, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	assert.Equal(t, whole.Summary, joined.Summary)
	assert.Equal(t, whole.Curves, joined.Curves)
	assert.Equal(t, whole.Shifts, joined.Shifts)
	assert.NotEmpty(t, whole.Summary.Events)
	assert.NotEmpty(t, whole.Summary.AA)
}

// TestLongRun holds that a run of which only counts on a grid are kept comes to
// nearly the same figures, and says so.
func TestLongRun(t *testing.T) {
	t.Parallel()
	samples := played(longRun(), both(noisy(1), slowB(20*time.Millisecond)))
	exact, err := summarize(stored(t, longRun(), samples), testDraws, len(samples))
	require.NoError(t, err)
	grid, err := summarize(stored(t, longRun(), samples), testDraws, len(samples)-1)
	require.NoError(t, err)
	assert.Contains(t, grid.Summary.Warnings[0], "counted on a grid of three significant digits")
	assert.Len(t, grid.Summary.Warnings, 1+len(exact.Summary.Warnings))
	require.Len(t, grid.Summary.Comparisons, len(exact.Summary.Comparisons))
	for i, want := range exact.Summary.Comparisons {
		got := grid.Summary.Comparisons[i]
		assert.Equal(t, want.Verdict, got.Verdict, "%s of %s", want.Metric, want.Op)
		if want.CILow != nil {
			assert.InEpsilon(t, *want.CILow, *got.CILow, 0.002)
			assert.InEpsilon(t, *want.CIHigh, *got.CIHigh, 0.002)
		}
	}
	assert.InEpsilon(t, *exact.Summary.Arms[1].Latency.P99, *grid.Summary.Arms[1].Latency.P99, 0.001)
	assert.InEpsilon(t, exact.Curves[0].Points[50].MS, grid.Curves[0].Points[50].MS, 0.001)
}

// TestMemoryOfALongRun holds that twice the samples need no more cells, and that
// their values do not grow.
func TestMemoryOfALongRun(t *testing.T) {
	t.Parallel()
	kept := func(repeat int) (places int) {
		run := longRun()
		var samples []Sample
		for range repeat {
			samples = append(samples, played(run, noisy(1))...)
		}
		d, err := load(stored(t, run, samples), 0)
		require.NoError(t, err)
		for _, a := range d.arms {
			for _, c := range a.cells {
				require.Nil(t, c.latency.exact)
				places += c.latency.tally.Places() + c.lag.tally.Places()
			}
		}
		return places
	}
	assert.Equal(t, kept(1), kept(4))
}
