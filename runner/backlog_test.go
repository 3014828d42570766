package runner

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// The sink stands still for three seconds, once.
func TestASlowSinkIsNoticed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sink := &samples{fails: func(n int) error {
			if n == 100 {
				time.Sleep(3 * time.Second)
			}
			return nil
		}}
		stats, err := Run(t.Context(), Experiment{
			Plan: plan(t), Arms: pair(new(fake)), Schedule: Constant(100), Duration: 10 * time.Second,
		}, sink)
		require.NoError(t, err)
		require.Len(t, sink.kept, 1000)
		assert.InDelta(t, 300, stats.Queue.HighWater, 10)
		require.Len(t, stats.Queue.Behind, 1)
		behind := stats.Queue.Behind[0]
		assert.InDelta(t, time.Second, behind.From, float64(100*time.Millisecond))
		assert.InDelta(t, 4*time.Second, behind.To, float64(100*time.Millisecond))
	})
}

func TestASinkThatKeepsUpIsNotBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(new(fake)), Schedule: Constant(100), Duration: 10 * time.Second,
		})
		assert.InDelta(t, 5, stats.Queue.HighWater, 2, "those of one wait")
		assert.Empty(t, stats.Queue.Behind)
	})
}

func TestBacklogSpans(t *testing.T) {
	t.Parallel()
	at := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	var b backlog
	b.handed(at(1), at(2)) // in time
	assert.Empty(t, b.spans)
	b.handed(at(3), at(5))
	b.handed(at(4), at(6)) // while the one before waited
	b.handed(at(9), at(9.5))
	b.handed(at(10), at(12))
	assert.Equal(t, []results.Span{{From: at(3), To: at(6)}, {From: at(10), To: at(12)}}, b.spans)
	for i := range 1000 {
		b.handed(at(float64(100+10*i)), at(float64(102+10*i)))
	}
	require.Len(t, b.spans, maxSpans)
	assert.Equal(t, at(10092), b.spans[maxSpans-1].To, "the last one takes the rest")
}
