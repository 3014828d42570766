package results

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPower holds the shape of the table: larger effects need less, and an effect
// that is no larger than the margin is out of reach.
func TestPower(t *testing.T) {
	t.Parallel()
	a := analysed(t, longRun(), both(noisy(1), slowB(10*time.Millisecond)))
	table := PowerOf(a)
	require.NotEmpty(t, table)
	assert.Equal(t, MetricLatencyP50, table[0].Metric)
	assert.Equal(t, "b", table[0].Other)
	rows := table[0].Rows
	require.Len(t, rows, 3)
	assert.False(t, rows[0].Reachable, "5 %% is the margin")
	assert.Zero(t, rows[0].Samples)
	assert.Positive(t, rows[0].AnySamples)
	assert.True(t, rows[1].Reachable)
	assert.Greater(t, rows[1].Samples, rows[1].AnySamples)
	assert.GreaterOrEqual(t, rows[1].Samples, rows[2].Samples)
	assert.InDelta(t, float64(rows[1].Samples)/120, rows[1].Seconds, 0.01, "at 120 requests/s")
	assert.Equal(t, rows[1].Duration.Seconds(), rows[1].Seconds)
	assert.Greater(t, table[2].Rows[1].Samples, rows[1].Samples, "a p95 needs more than a p50")
}

// TestPowerComesTrue holds the table's word: a run of the size that it names finds
// the effect in about eight cases of ten.
func TestPowerComesTrue(t *testing.T) {
	t.Parallel()
	pilot := analysed(t, longRun(), noisy(1))
	row := PowerOf(pilot)[0].Rows[1]
	require.True(t, row.Reachable)
	run := longRun()
	run.Duration = max(row.Duration, 9*time.Second)
	found := 0
	const repeats = simulatedRuns
	for seed := range uint64(repeats) {
		change := func(s *Sample) {
			noisy(1000 + 10*seed)(s)
			s.Block = int((s.Due - time.Second) * 30 / run.Duration)
			if s.Arm == "b" {
				s.End += s.Service() / 10
			}
		}
		if find(t, analysed(t, run, change).Summary, MetricLatencyP50, AllOps).Verdict == VerdictWorse {
			found++
		}
	}
	t.Logf("%d of %d runs of %v found 10 %%", found, repeats, run.Duration)
	assert.Greater(t, found, repeats/2-1)
}

func TestPowerOfNothing(t *testing.T) {
	t.Parallel()
	run := twoArms()
	run.Duration = time.Second
	assert.Empty(t, PowerOf(analysed(t, run, nil)), "too few blocks")
	exact := PowerOf(analysed(t, longRun(), nil))
	require.NotEmpty(t, exact)
	assert.Equal(t, 216, exact[0].Rows[2].Samples, "no variance at all: the least length that has intervals")
}
