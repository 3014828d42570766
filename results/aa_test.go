package results

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inAA makes what was due in the first three seconds after the warm-up the A/A
// phase of a run with one.
func inAA(s *Sample) {
	switch {
	case s.Due < time.Second:
	case s.Due < 4*time.Second:
		s.Phase, s.Block = PhaseAA, WarmupBlock
	default:
		s.Block = int((s.Due - 4*time.Second) / time.Second)
		s.Phase = PhaseMeasured
	}
}

func TestAA(t *testing.T) {
	t.Parallel()
	inPhase := func(change func(*Sample)) func(*Sample) {
		return func(s *Sample) {
			if s.Phase == PhaseAA {
				change(s)
			}
		}
	}
	tests := []struct {
		name   string
		change func(*Sample)
		valid  bool
		reason string
		warns  string
	}{
		{"equal arms are equal", nil, true, "", ""},
		{"only later do they differ", slowB(0), true, "", ""},
		{
			"equal arms differ", inPhase(slowB(20 * time.Millisecond)), false,
			"the run is invalid: two equal arms differ: while b sent as a does, its latency_p50 was worse (41 against 21)", "",
		},
		{"but no more than the margin", inPhase(slowB(time.Millisecond)), true, "", ""},
		{
			"equal arms fail differently", inPhase(failB(2)), false,
			"the run is invalid: two equal arms differ: while b sent as a does, its error_rate was worse (0.5 against 0)", "",
		},
		{
			"too short to tell", func(s *Sample) {
				if s.Phase == PhaseAA && s.Call%18 > 1 {
					s.Phase = PhaseWarmup
				}
			}, true, "", "the A/A phase is too short to show that error_rate of a and b come out equal within the margin",
		},
		{
			"empty", func(s *Sample) {
				if s.Phase == PhaseAA {
					s.Phase = PhaseWarmup
				}
			}, true, "", "an A/A phase was asked for and holds no samples: nothing shows that equal arms come out equal",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := twoArms()
			run.AA = 3 * time.Second
			change := inAA
			if tt.change != nil {
				change = both(inAA, tt.change)
			}
			s := analysed(t, run, change).Summary
			assert.Equal(t, tt.valid, s.Valid, s.Reason)
			assert.Equal(t, tt.reason, s.Reason)
			if tt.warns != "" {
				assert.Contains(t, s.Warnings, tt.warns)
			}
			assert.Equal(t, 60, s.Arms[0].Warmup+s.Arms[0].AA-180)
			assert.Equal(t, 600, s.Arms[0].Samples, "the phase is in no other figure")
		})
	}
}

// TestAAComparisons are those of the primary metric and of the error rate.
func TestAAComparisons(t *testing.T) {
	t.Parallel()
	run := twoArms()
	run.AA, run.Primary = 3*time.Second, MetricLatencyP90
	s := analysed(t, run, both(inAA, slowB(20*time.Millisecond))).Summary
	require.Len(t, s.AA, 2)
	assert.Equal(t, MetricLatencyP90, s.AA[0].Metric)
	assert.Equal(t, VerdictWorse, s.AA[0].Verdict)
	assert.Equal(t, MetricErrorRate, s.AA[1].Metric)
	assert.Equal(t, 180, s.Arms[0].AA)
	assert.Empty(t, analysed(t, twoArms(), nil).Summary.AA)
}

// TestPhasesAreStored holds that a store tells phases apart.
func TestPhasesAreStored(t *testing.T) {
	t.Parallel()
	samples := someSamples(4)
	for i, p := range []Phase{PhaseMeasured, PhaseWarmup, PhaseAA, PhaseWashout} {
		samples[i].Phase = p
		assert.NotContains(t, p.String(), "phase(")
	}
	assert.Equal(t, samples, collect(t, stored(t, twoArms(), samples)))
	assert.Equal(t, "phase(9)", Phase(9).String())
}

// TestSwitchbackKeepsItsRate holds that arms which take turns are not taken for
// slow: each is silent half of the time, the outer ones in the middle.
func TestSwitchbackKeepsItsRate(t *testing.T) {
	t.Parallel()
	for _, arrival := range []string{"constant", "poisson"} {
		run := longRun()
		run.Assign, run.Arrival = AssignSwitchback, arrival
		samples := played(run, func(s *Sample) {
			turn := int(s.Due / time.Second)
			s.Arm = []string{"a", "b", "b", "a"}[(turn+3)%4]
			s.Block /= 2
		})
		a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
		require.NoError(t, err)
		assert.True(t, a.Summary.Valid, a.Summary.Reason)
		assert.InDelta(t, 60, a.Summary.Arms[1].AchievedRate, 3)
	}
}

// TestWashout holds that a washout counts for the rate that was kept and for
// nothing else.
func TestWashout(t *testing.T) {
	t.Parallel()
	run := twoArms()
	run.Assign = AssignSwitchback
	s := analysed(t, run, func(s *Sample) {
		if s.Phase == PhaseMeasured && s.Due%time.Second < 300*time.Millisecond {
			s.Phase, s.Block = PhaseWashout, WarmupBlock
		}
	}).Summary
	assert.True(t, s.Valid, s.Reason)
	assert.Equal(t, 600, s.Arms[0].Samples+s.Arms[0].Washout)
	assert.Equal(t, 180, s.Arms[0].Washout)
	assert.InDelta(t, 60, s.Arms[0].AchievedRate, 0.1)
}
