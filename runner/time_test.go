package runner

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// quantile is the nearest rank.
func quantile(all []results.Sample, q float64, of func(results.Sample) time.Duration) time.Duration {
	values := make([]time.Duration, len(all))
	for i, s := range all {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[int(q*float64(len(values)-1))]
}

func TestTwentyMillisecondsAreExactlyTwenty(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &fake{takes: always(20 * time.Millisecond)}
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(target), Schedule: Constant(100), Duration: 10 * time.Second,
		})
		require.Len(t, kept, 1000)
		for _, s := range kept {
			require.Equal(t, 20*time.Millisecond, s.Service())
			require.Equal(t, 20*time.Millisecond, s.Latency())
			require.Zero(t, s.Lag())
			require.Equal(t, time.Duration(s.Seq)*10*time.Millisecond, s.Due)
		}
		assert.Equal(t, 9990*time.Millisecond+20*time.Millisecond, stats.Ended.Sub(stats.Started),
			"the run ends with its last answer")
	})
}

// A stall of the server must show in the latency of the requests that had to
// wait for it, even though a single worker sends them one by one and each of
// them is served at once when it is its turn.
func TestAStallShowsInLatencyFromTheDueTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &fake{takes: func(n int) time.Duration {
			if n == 100 {
				return 500 * time.Millisecond
			}
			return time.Millisecond
		}}
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: pair(target), Schedule: Constant(100), Duration: 3 * time.Second, MaxWorkers: 1,
		})
		require.Len(t, kept, 300)
		assert.Equal(t, time.Millisecond, quantile(kept, 0.90, results.Sample.Service), "service time hides the stall")
		assert.Greater(t, quantile(kept, 0.90, results.Sample.Latency), 200*time.Millisecond)
		for _, s := range kept {
			assert.Equal(t, s.Latency(), s.Lag()+s.Service())
		}
	})
}

func TestTenMinutesOfLoad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{takes: always(30 * time.Millisecond)}),
			Schedule: Constant(5), Duration: 10 * time.Minute,
		})
		assert.Len(t, kept, 3000)
		assert.InDelta(t, 10*time.Minute, stats.Ended.Sub(stats.Started), float64(time.Second))
	})
}

func TestPoissonLoadStartsWhenItIsDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		schedule := Poisson(50, 9)
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{}), Schedule: schedule, Duration: 20 * time.Second,
		})
		assert.InDelta(t, 1000, len(kept), 150)
		for _, s := range kept {
			require.Equal(t, schedule.At(s.Seq), s.Start)
		}
	})
}

func TestTimeoutsAreExact(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &fake{takes: func(n int) time.Duration {
			if n%2 == 0 {
				return time.Hour
			}
			return 1999 * time.Millisecond
		}}
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(target), Schedule: Constant(10), Duration: 2 * time.Second,
			Timeout: 2 * time.Second,
		})
		require.Len(t, kept, 20)
		timeouts := 0
		for _, s := range kept {
			if s.Class != results.ClassTimeout {
				require.Equal(t, results.ClassOK, s.Class)
				continue
			}
			timeouts++
			require.Equal(t, 2*time.Second, s.Service())
			require.Equal(t, results.CodeTimeout, s.Code)
			require.Zero(t, s.Status)
		}
		assert.Equal(t, 10, timeouts)
		assert.Equal(t, int64(20), stats.Arms[0].Sent+stats.Arms[1].Sent)
	})
}

func TestWarmUpIsMarkedNotThrownAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{}), Schedule: Constant(10),
			Warmup: 2 * time.Second, Duration: 3 * time.Second, Blocks: 3,
		})
		require.Len(t, kept, 50)
		blocks := make(map[int]int)
		for _, s := range kept {
			assert.Equal(t, s.Due < 2*time.Second, s.Phase == results.PhaseWarmup)
			blocks[s.Block]++
		}
		assert.Equal(t, map[int]int{results.WarmupBlock: 20, 0: 10, 1: 10, 2: 10}, blocks)
	})
}

func TestBlocksHoldWholePairs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{}), Schedule: Poisson(77, 2),
			Warmup: time.Second, Duration: 9 * time.Second,
		})
		type call struct{ block, samples int }
		calls := make(map[uint64]call)
		for _, s := range kept {
			c, met := calls[s.Call]
			if met {
				require.Equal(t, c.block, s.Block)
			}
			calls[s.Call] = call{s.Block, c.samples + 1}
		}
		for n, c := range calls {
			require.Equal(t, 2, c.samples, "call %d", n)
		}
	})
}

// With no schedule the workers are the pace: four of them make forty requests
// in a second of answers that take 100 ms.
func TestAsFastAsPossible(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &fake{takes: always(100 * time.Millisecond)}
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(target), MaxWorkers: 4, Warmup: time.Second, Duration: 3 * time.Second, Blocks: 3,
		})
		blocks := make(map[int]int)
		for _, s := range kept {
			require.Equal(t, s.Start, s.Due, "no due time: due when it starts")
			require.Equal(t, s.Block == results.WarmupBlock, s.Phase == results.PhaseWarmup)
			blocks[s.Block]++
		}
		require.Len(t, blocks, 4)
		for block, n := range blocks {
			assert.InDelta(t, 40, n, 2, "block %d", block)
		}
		assert.Equal(t, stats.Arms[0].Sent, stats.Arms[1].Sent, "no group is cut by the end")
		assert.InDelta(t, 4*time.Second, stats.Ended.Sub(stats.Started), float64(200*time.Millisecond))
	})
}

// One worker can send 300 of these 3000 in time. It goes on for a timeout after
// the end, and then the rest is given up.
func TestALoadThatCannotBeKeptEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{takes: always(100 * time.Millisecond)}), Schedule: Constant(100),
			Duration: 30 * time.Second, Timeout: 5 * time.Second, MaxWorkers: 1,
		})
		assert.InDelta(t, 350, len(kept), 2)
		assert.Equal(t, uint64(3000), stats.Unsent+uint64(len(kept)))
		assert.Equal(t, stats.Arms[0].Sent, stats.Arms[1].Sent, "no group is cut")
		assert.InDelta(t, 35*time.Second, stats.Ended.Sub(stats.Started), float64(300*time.Millisecond))
	})
}
