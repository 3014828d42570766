package runner

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// spell is a period of a switchback, as its samples show it.
type spell struct {
	arm     string
	calls   []uint64
	offsets []time.Duration // since the beginning of the period
	washout int
}

// spells sorts the samples of the measured time into periods, by their due time.
func spells(t *testing.T, kept []results.Sample, lead, period time.Duration) map[int]*spell {
	t.Helper()
	found := make(map[int]*spell)
	for i, s := range bySlot(kept) {
		require.Equal(t, uint64(i), s.Seq, "slots are numbered in the order in which they are due")
		if s.Due < lead {
			continue
		}
		n := int((s.Due - lead) / period)
		p := found[n]
		if p == nil {
			p = &spell{arm: s.Arm}
			found[n] = p
		}
		require.Equal(t, p.arm, s.Arm, "one arm has period %d", n)
		p.calls = append(p.calls, s.Call)
		p.offsets = append(p.offsets, s.Due-lead-time.Duration(n)*period)
		if s.Phase == results.PhaseWashout {
			require.Equal(t, results.WarmupBlock, s.Block)
			p.washout++
		}
	}
	return found
}

// A block has one period for each arm, in drawn order. In all of them the same
// calls are sent, at the same times since the period began.
func TestSwitchbackBlocks(t *testing.T) {
	t.Parallel()
	for name, schedule := range map[string]Schedule{
		"constant": Constant(100), "poisson": Poisson(100, 3), "ramp": Ramp(10, 190, 62*time.Second),
		"sine": Sine(100, 80, 7*time.Second, 0), "steps": Steps([]float64{50, 150}, 2*time.Second, 30*time.Second),
	} {
		for _, arms := range []int{2, 3} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					const lead, blocks = 2 * time.Second, 10
					period := 6 * time.Second / time.Duration(arms)
					kept, _ := run(t, Experiment{
						Plan: plan(t), Arms: mustApart(arms), Schedule: schedule, Warmup: lead, Duration: time.Minute,
						Blocks: blocks, Seed: 3, Assign: AssignSwitchback, Washout: 200 * time.Millisecond,
					})
					found := spells(t, kept, lead, period)
					require.Len(t, found, blocks*arms)
					orders := make(map[string]bool)
					for block := range blocks {
						first := found[block*arms]
						had := ""
						for i := range arms {
							p := found[block*arms+i]
							had += p.arm
							require.Equal(t, first.calls, p.calls)
							require.Equal(t, first.offsets, p.offsets)
							require.Equal(t, first.washout, p.washout)
						}
						require.Len(t, had, arms)
						orders[had] = true
						requireEachArm(t, had)
					}
					assert.Greater(t, len(orders), 1, "the order is drawn for each block")
				})
			})
		}
	}
}

func requireEachArm(t *testing.T, had string) {
	t.Helper()
	seen := make(map[rune]bool)
	for _, arm := range had {
		require.False(t, seen[arm], "each arm once: %s", had)
		seen[arm] = true
	}
}

// In a period its arm has the whole rate, and over the run the load is as asked.
func TestSwitchbackKeepsTheRate(t *testing.T) {
	t.Parallel()
	for name, schedule := range map[string]Schedule{"constant": Constant(100), "poisson": Poisson(100, 5)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				kept, stats := run(t, Experiment{
					Plan: plan(t), Arms: mustApart(2), Schedule: schedule, Duration: 40 * time.Second,
					Blocks: 10, Assign: AssignSwitchback,
				})
				assert.InEpsilon(t, 4000, len(kept), 0.08)
				assert.Equal(t, stats.Arms[0].Sent, stats.Arms[1].Sent)
				for n, p := range spells(t, kept, 0, 2*time.Second) {
					assert.InDelta(t, 200, len(p.calls), 60, "period %d", n)
				}
			})
		})
	}
}

// Arrivals at random are at random in a period too: the standard deviation of
// their gaps is their mean.
func TestSwitchbackOfPoissonIsPoisson(t *testing.T) {
	t.Parallel()
	e, err := Experiment{
		Plan: plan(t), Arms: mustApart(2), Schedule: Poisson(100, 5), Duration: 1000 * time.Second,
		Blocks: 1, Assign: AssignSwitchback,
	}.Normalized()
	require.NoError(t, err)
	table := newTimetable(e)
	var sum, squares float64
	n := table.hits() / 2
	for hit := uint64(1); hit < n; hit++ {
		gap := (table.due(hit, 0) - table.due(hit-1, 0)).Seconds() * 100
		sum += gap
		squares += gap * gap
	}
	mean := sum / float64(n-1)
	assert.InDelta(t, 1, mean, 0.02)
	assert.InDelta(t, 1, squares/float64(n-1)-mean*mean, 0.05)
}

func TestSwitchbackWashout(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		duration time.Duration
		washout  time.Duration
		want     int // samples in a period, at 100/s
	}{
		{"a tenth of the period", 8 * time.Second, 0, 20},
		{"a second at most", 120 * time.Second, 0, 100},
		{"as asked", 8 * time.Second, 500 * time.Millisecond, 50},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				kept, _ := run(t, Experiment{
					Plan: plan(t), Arms: mustApart(2), Schedule: Constant(100), Duration: tt.duration,
					Blocks: 2, Assign: AssignSwitchback, Washout: tt.washout,
				})
				for n, p := range spells(t, kept, 0, tt.duration/4) {
					assert.Equal(t, tt.want, p.washout, "period %d", n)
				}
				for _, s := range kept {
					require.Equal(t, s.Phase == results.PhaseMeasured, s.Block != results.WarmupBlock)
				}
			})
		})
	}
}

// Before the measured time the arms take turns, so that all are warm when it
// begins.
func TestSwitchbackWarmsAllArms(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: mustApart(2), Schedule: Constant(100), Warmup: time.Second, AA: time.Second,
			Duration: 4 * time.Second, Blocks: 2, Seed: 8, Assign: AssignSwitchback,
		})
		phases := make(map[results.Phase]int)
		for i, s := range bySlot(kept) {
			require.Equal(t, uint64(i), s.Seq)
			phases[s.Phase]++
			if s.Phase == results.PhaseWarmup || s.Phase == results.PhaseAA {
				require.Equal(t, s.Seq/2, s.Call)
				require.Equal(t, time.Duration(i)*10*time.Millisecond, s.Due)
			}
		}
		assert.Equal(t, 100, phases[results.PhaseWarmup])
		assert.Equal(t, 100, phases[results.PhaseAA])
	})
}

func TestSwitchbackByCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: mustApart(2), Schedule: Constant(100), Duration: 4 * time.Second, Calls: 130,
			Blocks: 4, Assign: AssignSwitchback,
		})
		require.Len(t, kept, 260)
		for _, s := range kept {
			require.Less(t, s.Call, uint64(130))
		}
	})
}

// A switchback whose load cannot be kept ends, too.
func TestSwitchbackThatCannotBeKeptEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{takes: always(100 * time.Millisecond)}), Schedule: Constant(100),
			Duration: 30 * time.Second, Timeout: 5 * time.Second, MaxWorkers: 1, Assign: AssignSwitchback,
		})
		assert.InDelta(t, 350, len(kept), 2)
		assert.Equal(t, uint64(3000), stats.Unsent+uint64(len(kept)))
	})
}
