package runner

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// bySlot is the samples in the order of their slots.
func bySlot(kept []results.Sample) []results.Sample {
	sorted := slices.Clone(kept)
	slices.SortFunc(sorted, func(a, b results.Sample) int { return int(a.Seq) - int(b.Seq) })
	return sorted
}

func TestStages(t *testing.T) {
	t.Parallel()
	m := stages{warmup: time.Second, lead: 3 * time.Second, duration: 4 * time.Second, blocks: 2}
	for _, tt := range []struct {
		at    time.Duration
		block int
		phase results.Phase
	}{
		{0, results.WarmupBlock, results.PhaseWarmup},
		{time.Second, results.WarmupBlock, results.PhaseAA},
		{3 * time.Second, 0, results.PhaseMeasured},
		{5 * time.Second, 1, results.PhaseMeasured},
		{time.Minute, 1, results.PhaseMeasured},
	} {
		assert.Equal(t, tt.block, m.at(tt.at).block(), "%s", tt.at)
		assert.Equal(t, tt.phase, m.at(tt.at).phase(), "%s", tt.at)
	}
	assert.Equal(t, results.PhaseWashout, stageWashout.phase())
	assert.Equal(t, results.WarmupBlock, stageWashout.block())
}

// In the A/A phase both arms send as the first one does, whatever they do
// otherwise: its target, its anchor, its cookies.
func TestInTheAAPhaseAllArmsAreTheFirst(t *testing.T) {
	t.Parallel()
	for name, schedule := range map[string]Schedule{"scheduled": Constant(100), "as fast as possible": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				first, second := &fake{takes: always(10 * time.Millisecond)}, &fake{takes: always(30 * time.Millisecond)}
				arms := []Arm{arm("a", scenarios.AnchorCorrect, first), arm("b", scenarios.AnchorMissing, second)}
				arms[0].Affinity = true
				arms[1].Target.URL = "http://other.example.org/EWS/Exchange.asmx"
				kept, stats := run(t, Experiment{
					Plan: plan(t), Arms: arms, Schedule: schedule, MaxWorkers: 4,
					Warmup: time.Second, AA: 2 * time.Second, Duration: 3 * time.Second, Blocks: 3,
				})
				count := make(map[results.Phase]map[string]int)
				for _, s := range kept {
					if count[s.Phase] == nil {
						count[s.Phase] = make(map[string]int)
					}
					count[s.Phase][s.Arm]++
					require.Equal(t, s.Phase == results.PhaseMeasured, s.Block >= 0)
					want := 10 * time.Millisecond
					if s.Arm == "b" && s.Phase != results.PhaseAA {
						want = 30 * time.Millisecond
					}
					require.Equal(t, want, s.Service(), "%s at %s", s.Arm, s.Due)
				}
				for phase, arms := range count {
					assert.Equal(t, arms["a"], arms["b"], "%s", phase)
				}
				assert.Len(t, count, 3)
				for _, r := range second.requests() {
					at := r.at.Sub(start)
					require.False(t, at > 1050*time.Millisecond && at < 2950*time.Millisecond, "nothing reaches its own target: %s", at)
					require.Empty(t, r.header.Values(ews.HeaderAnchorMailbox))
				}
				for _, r := range first.requests() {
					require.NotEmpty(t, r.header.Values(ews.HeaderAnchorMailbox))
					require.Equal(t, "true", r.header.Get(ews.HeaderPreferServerAffinity))
				}
				assert.Equal(t, stats.Arms[0].Sent, stats.Arms[1].Sent, "each arm's own count")
				assert.Equal(t, int64(len(kept)), stats.Arms[0].Sent+stats.Arms[1].Sent)
			})
		})
	}
}

func TestWithoutAnAAPhaseThereIsNone(t *testing.T) {
	t.Parallel()
	e, err := Experiment{Plan: plan(t), Arms: mustApart(2), Schedule: Constant(1), Calls: 3}.Normalized()
	require.NoError(t, err)
	o, err := newObserver(t.Context(), e, clock{time.Now()}, nil)
	require.NoError(t, err)
	assert.Empty(t, o.crew.aa)
	assert.Same(t, o.crew.arms[1], o.crew.of(1, stageAA))
}

func TestTheAAPhaseSharesTheFirstArmsConnections(t *testing.T) {
	t.Parallel()
	arms := mustApart(2)
	arms[0].Target.Transport = nil
	e, err := Experiment{Plan: plan(t), Arms: arms, Schedule: Constant(1), AA: time.Second, Calls: 3}.Normalized()
	require.NoError(t, err)
	o, err := newObserver(t.Context(), e, clock{time.Now()}, nil)
	require.NoError(t, err)
	defer o.crew.close()
	for _, s := range o.crew.aa {
		assert.Same(t, o.crew.arms[0].own, s.transport)
	}
	assert.NotSame(t, o.crew.arms[0].own, o.crew.of(1, 0).transport)
}
