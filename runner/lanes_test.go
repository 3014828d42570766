package runner

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLanesAreUsedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &lanes{ctx: t.Context(), timeout: time.Second}
		first, second := p.enter(), p.enter()
		require.NotSame(t, first, second)
		p.leave(first)
		require.Same(t, first, p.enter())

		time.Sleep(time.Second)
		synctest.Wait()
		require.True(t, first.timedOut())
		p.leave(first)
		require.NotSame(t, first, p.enter(), "its time ran out")
		require.Len(t, p.all, 1, "those that ran out are forgotten")

		p.close()
		require.Error(t, p.all[0].ctx.Err())
	})
}

// Requests that may take 3 s end on time, whatever the timer was set for.
func TestDeadlinesAreExact(t *testing.T) {
	t.Parallel()
	const most = 3 * time.Second
	type request struct{ from, until time.Duration }
	tests := []struct {
		name     string
		requests []request
		want     []time.Duration // when each was ended; 0: it was not
	}{
		{"too long", []request{{0, time.Minute}}, []time.Duration{most}},
		{"just in time", []request{{0, most - 1}}, []time.Duration{0}},
		{
			"after one in time",
			[]request{{0, time.Second}, {2 * time.Second, time.Minute}},
			[]time.Duration{0, 5 * time.Second},
		},
		{
			"in time after many in time",
			[]request{{0, time.Second}, {time.Second, 3 * time.Second}, {3 * time.Second, 5 * time.Second}},
			[]time.Duration{0, 0, 0},
		},
		{
			"after a pause in which the timer rang",
			[]request{{0, time.Second}, {time.Minute, 2 * time.Minute}},
			[]time.Duration{0, time.Minute + most},
		},
		{
			"side by side",
			[]request{{0, time.Minute}, {time.Second, 2 * time.Second}, {time.Second, time.Minute}, {2 * time.Second, time.Minute}},
			[]time.Duration{most, 0, 4 * time.Second, 5 * time.Second},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p, start := &lanes{ctx: t.Context(), timeout: most}, time.Now()
				ended := make([]time.Duration, len(tt.requests))
				for i, r := range tt.requests {
					time.AfterFunc(r.from, func() {
						l := p.enter()
						select {
						case <-l.ctx.Done():
							ended[i] = time.Since(start)
						case <-time.After(r.until - r.from):
						}
						p.leave(l)
					})
				}
				time.Sleep(time.Hour)
				synctest.Wait()
				assert.Equal(t, tt.want, ended)
				assert.False(t, p.set, "with nothing under way there is nothing to watch")
				p.close()
			})
		})
	}
}

func TestLanesEndWithTheRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p := &lanes{ctx: ctx, timeout: time.Hour}
	l := p.enter()
	cancel()
	require.ErrorIs(t, l.ctx.Err(), context.Canceled)
	assert.False(t, l.timedOut())
	p.leave(l)
	assert.Empty(t, p.free)
}

func TestLargeBuffersAreLetGo(t *testing.T) {
	t.Parallel()
	p := &lanes{ctx: t.Context(), timeout: time.Hour}
	l := p.enter()
	l.answer = make([]byte, maxKept+1)
	p.leave(l)
	assert.Equal(t, firstAnswer, cap(p.enter().answer))
}

func BenchmarkLanes(b *testing.B) {
	p := &lanes{ctx: b.Context(), timeout: time.Minute}
	b.ReportAllocs()
	for b.Loop() {
		p.leave(p.enter())
	}
	p.close()
}
