package runner

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

func TestShardsSplitTheGroups(t *testing.T) {
	t.Parallel()
	for count := 1; count <= 5; count++ {
		for all := range uint64(23) {
			seen := make(map[uint64]bool)
			for index := range count {
				s := Shard{Index: index, Count: count}
				require.NoError(t, s.validate())
				n := s.groups(all)
				for k := range n {
					require.Less(t, s.group(k), all)
					seen[s.group(k)] = true
				}
				require.GreaterOrEqual(t, s.group(n), all, "the next one is too many")
			}
			require.Len(t, seen, int(all), "%d groups in %d shards", all, count)
		}
	}
	assert.Equal(t, uint64(7), Shard{}.group(7), "the zero value is the whole")
	assert.Equal(t, uint64(7), Shard{}.groups(7))
}

// Shards together send what one run sends: the same calls in the same slots, of
// the same arms, in the same blocks, due at the same times.
func TestShardsTogetherAreTheRun(t *testing.T) {
	t.Parallel()
	schedules := map[string]Schedule{
		"constant": Constant(90), "poisson": Poisson(90, 4), "ramp": Ramp(10, 170, 12*time.Second), "spike": Spike(50, 300, 5*time.Second, time.Second),
		"sine": Sine(90, 60, 3*time.Second, 0),
	}
	for _, assign := range Assigns() {
		for name, schedule := range schedules {
			t.Run(string(assign)+"/"+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					e := Experiment{
						Plan: plan(t), Arms: mustApart(2), Schedule: schedule, Assign: assign, Seed: 6,
						Warmup: time.Second, AA: time.Second, Duration: 10 * time.Second, Blocks: 5,
					}
					whole, _ := run(t, e)
					for _, count := range []int{2, 3} {
						var parts []results.Sample
						for index := range count {
							e.Shard = Shard{Index: index, Count: count}
							part, _ := run(t, e)
							for _, s := range part {
								require.Equal(t, uint64(index), s.Call%uint64(count))
							}
							parts = append(parts, part...)
						}
						require.Equal(t, bySlot(whole), bySlot(parts), "%d shards", count)
					}
				})
			})
		}
	}
}

func TestShardsByCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, schedule := range []Schedule{Constant(100), nil} {
			for index, want := range []int{6, 4} {
				kept, _ := run(t, Experiment{
					Plan: plan(t), Arms: mustApart(2), Schedule: schedule, Calls: 5, Shard: Shard{Index: index, Count: 2},
				})
				assert.Len(t, kept, want)
			}
		}
	})
}

func TestWhatIsNoShard(t *testing.T) {
	t.Parallel()
	for _, s := range []Shard{{Index: 1}, {Index: 2, Count: 2}, {Index: -1, Count: 2}, {Count: -1}} {
		_, err := Run(t.Context(), Experiment{
			Plan: plan(t), Arms: mustApart(2), Schedule: Constant(1), Calls: 1, Shard: s,
		}, new(samples))
		require.ErrorIs(t, err, errShard, "%+v", s)
	}
}
