package runner

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

func TestASlowSinkDoesNotSlowTheLoad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sink := &samples{takes: 100 * time.Millisecond}
		_, err := Run(t.Context(), Experiment{
			Plan: plan(t), Arms: pair(&fake{takes: always(time.Millisecond)}), Schedule: Constant(100),
			Duration: 5 * time.Second,
		}, sink)
		require.NoError(t, err)
		require.Len(t, sink.kept, 500)
		for _, s := range sink.kept {
			require.Zero(t, s.Lag())
			require.Equal(t, time.Millisecond, s.Latency())
		}
	})
}

func TestAFailingSinkEndsTheRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("no space left on device")
		sink := &samples{fails: func(n int) error {
			if n == 20 {
				return full
			}
			return nil
		}}
		target := new(fake)
		stats, err := Run(t.Context(), Experiment{
			Plan: plan(t), Arms: pair(target), Schedule: Constant(100), Duration: time.Hour,
		}, sink)
		require.ErrorIs(t, err, full)
		assert.Len(t, sink.kept, 20)
		assert.False(t, stats.Interrupted)
		assert.Less(t, len(target.requests()), 40, "the load ends soon after")
	})
}

func TestASinkThatIsHopelesslyBehindEndsTheRun(t *testing.T) {
	t.Parallel()
	ctx, fail := context.WithCancelCause(t.Context())
	q := newQueue(new(samples), nil, fail, clock{time.Now()})
	q.pending = make([]results.Sample, maxQueued)
	q.put(results.Sample{})
	require.ErrorContains(t, context.Cause(ctx), "524288 of them are waiting")
	assert.Len(t, q.pending, maxQueued)
}

// flushing is a sink that remembers when it was flushed.
type flushing struct {
	samples
	start   time.Time
	flushed []time.Duration
	err     error
}

func (f *flushing) Flush() error {
	f.flushed = append(f.flushed, time.Since(f.start))
	return f.err
}

func TestABufferingSinkIsFlushedEachSecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sink := &flushing{start: time.Now()}
		_, err := Run(t.Context(), Experiment{
			Plan: plan(t), Arms: pair(new(fake)), Schedule: Constant(10), Duration: 3500 * time.Millisecond,
		}, sink)
		require.NoError(t, err)
		end := 3300 * time.Millisecond // of the last whole pair
		assert.Equal(t, []time.Duration{flushEvery, 2 * flushEvery, 3 * flushEvery, end}, sink.flushed)
	})
}

func TestAFlushThatFailsEndsTheRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sink := &flushing{start: time.Now(), err: errors.New("no space left on device")}
		stats, err := Run(t.Context(), Experiment{
			Plan: plan(t), Arms: pair(new(fake)), Schedule: Constant(10), Duration: time.Hour,
		}, sink)
		require.ErrorIs(t, err, sink.err)
		assert.Equal(t, flushEvery, stats.Ended.Sub(stats.Started))
	})
}

func TestTheTapSeesEachSample(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var tapped []results.Sample
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: pair(new(fake)), Schedule: Constant(10), Duration: 3 * time.Second,
			Observe: func(s results.Sample) { tapped = append(tapped, s) },
		})
		assert.Equal(t, kept, tapped)
	})
}

func TestCancelKeepsWhatThereIs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		schedule Schedule
		workers  int
		takes    time.Duration
		least    int
	}{
		{"while requests are under way", Constant(100), 0, 300 * time.Millisecond, 460},
		{"while all workers are taken", Constant(100), 2, 300 * time.Millisecond, 30},
		{"while nothing is due", Constant(1), 0, time.Millisecond, 5},
		{"as fast as possible", nil, 4, 10 * time.Millisecond, 1900},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const stop = 4950 * time.Millisecond
				ctx, cancel := context.WithTimeout(t.Context(), stop)
				defer cancel()
				sink := new(samples)
				stats, err := Run(ctx, Experiment{
					Plan: plan(t), Arms: pair(&fake{takes: always(tt.takes)}), Schedule: tt.schedule,
					Duration: time.Hour, MaxWorkers: tt.workers,
				}, sink)
				require.NoError(t, err)
				assert.True(t, stats.Interrupted)
				assert.Equal(t, stop, stats.Ended.Sub(stats.Started), "at once")
				assert.GreaterOrEqual(t, len(sink.kept), tt.least)
				for _, s := range sink.kept {
					require.Equal(t, results.ClassOK, s.Class, "requests that were cut off are no samples")
					require.LessOrEqual(t, s.End, stop)
				}
				assert.Equal(t, int64(len(sink.kept)), stats.Arms[0].Sent+stats.Arms[1].Sent)
			})
		})
	}
}

func TestCancelledBeforeItBegan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		target, sink := new(fake), new(samples)
		stats, err := Run(ctx, Experiment{
			Plan: plan(t), Arms: pair(target), Schedule: Constant(100), Duration: time.Hour,
		}, sink)
		require.NoError(t, err)
		assert.True(t, stats.Interrupted)
		assert.Empty(t, sink.kept)
		assert.Empty(t, target.requests())
	})
}

func TestThePacerTellsTheAskedRate(t *testing.T) {
	t.Parallel()
	assert.InDelta(t, 5.0, newPacer(t.Context(), nil, Constant(5), clock{}).Rate(time.Second), 0)
	assert.Zero(t, newPacer(t.Context(), nil, nil, clock{}).Rate(time.Second), "as fast as possible")
}

func TestCancelWhileWaitingOutTheQuiet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		target := asksOnce(time.Minute)
		target.takes = always(100 * time.Millisecond)
		sink := new(samples)
		stats, err := Run(ctx, Experiment{
			Plan: plan(t), Arms: obeying(pair(target)), Duration: time.Hour, MaxWorkers: 2,
		}, sink)
		require.NoError(t, err)
		assert.True(t, stats.Interrupted)
		assert.Equal(t, 5*time.Second, stats.Ended.Sub(stats.Started))
		for _, s := range sink.kept {
			require.NotEqual(t, results.ClassWithheld, s.Class)
		}
	})
}
