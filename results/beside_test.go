package results

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withBeside is a run in which arm b is refused a subscription now and then, and in
// which every call tells of a mail.
func withBeside() (Run, []Sample) {
	run := twoArms()
	run.Groups = []Groups{{Arms: []string{"a", "b"}, By: GroupedByAutodiscover, Groups: 3, Mailboxes: 20}}
	run.Beside, run.Cause = []string{"Subscribe", "CreateItem"}, "CreateItem"
	samples := played(run, nil)
	seq := uint64(len(samples))
	add := func(s Sample) {
		s.Seq, seq = seq, seq+1
		samples = append(samples, s)
	}
	for _, s := range samples {
		if s.Arm == "a" {
			s.Arm, s.Op, s.End = "mailer", "CreateItem", s.Due+15*time.Millisecond
			add(s)
		}
	}
	for n := range 400 {
		at := time.Duration(n) * 25 * time.Millisecond
		add(Sample{
			Arm: "b", Op: "Subscribe", Block: WarmupBlock, Phase: PhaseWarmup, Status: 500,
			Due: at, Start: at, End: at + time.Second, Class: ClassError, Code: "ErrorProxyCallFailed",
		})
	}
	add(Sample{Arm: "a", Op: "Subscribe", Block: 3, Status: 200, Due: 5e9, Start: 5e9, End: 5e9 + 30e6, Class: ClassOK, Code: CodeOK})
	return run, samples
}

// What no schedule asks for changes nothing in what it does ask for.
func TestBesideIsApart(t *testing.T) {
	t.Parallel()
	run, samples := withBeside()
	with, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	without, err := summarize(stored(t, twoArms(), played(twoArms(), nil)), testDraws, exactSamples)
	require.NoError(t, err)

	require.True(t, with.Summary.Valid, with.Summary.Reason)
	assert.Len(t, with.Summary.Arms, 2, "who sends beside the schedule is no arm")
	assert.Equal(t, without.Summary.Comparisons, with.Summary.Comparisons)
	assert.Equal(t, without.Summary.Ops, with.Summary.Ops)
	assert.Equal(t, without.Summary.Events, with.Summary.Events)
	assert.Equal(t, without.Timeline, with.Timeline)

	assert.Equal(t, run.Groups, with.Summary.Groups)
	assert.Nil(t, without.Summary.Groups)

	rows := with.Summary.Beside
	require.Len(t, rows, 3)
	assert.Equal(t, []string{"a", "b", "mailer"}, []string{rows[0].Arm, rows[1].Arm, rows[2].Arm})
	assert.Equal(t, "Subscribe", rows[1].Op)
	assert.Equal(t, 400, rows[1].Samples, "warm-up or not")
	assert.Equal(t, 400, rows[1].Errors)
	assert.InDelta(t, 1, rows[1].ErrorRate, 0)
	assert.Equal(t, 400, rows[1].Outcomes["ErrorProxyCallFailed"])
	assert.Equal(t, 400, rows[1].HTTP["500"])
	assert.Nil(t, rows[1].Latency.P50, "how fast a refusal was is no latency")
	assert.InDelta(t, 15, *rows[2].Latency.P50, 1e-9)
	assert.InDelta(t, 14, *rows[2].Service.P50, 1e-9)
}

// A sample is set against what it tells of by their call.
func TestSinceCause(t *testing.T) {
	t.Parallel()
	run, samples := withBeside()
	a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	for _, arm := range a.Summary.Arms {
		require.NotNil(t, arm.SinceCause, arm.Name)
		// The calls of b are due half a pair later than the mail, which was sent as those of a.
		want := map[string]float64{"a": 6, "b": 6 + 1000.0/120}[arm.Name]
		assert.InDelta(t, want, *arm.SinceCause.P50, 0.01, arm.Name)
	}
	run.Cause = ""
	a, err = summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	assert.Nil(t, a.Summary.Arms[0].SinceCause)
}

// With two mails of one call it cannot be told which one a sample tells of.
func TestAmbiguousCause(t *testing.T) {
	t.Parallel()
	run, samples := withBeside()
	for _, s := range samples {
		if s.Op == "CreateItem" {
			s.Seq += 1 << 20
			samples = append(samples, s)
		}
	}
	a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	assert.Nil(t, a.Summary.Arms[0].SinceCause)
}

// A gate may speak of what was sent beside the schedule.
func TestGateOnBeside(t *testing.T) {
	t.Parallel()
	run, samples := withBeside()
	none := 0.0
	run.Gates = []Gate{{Metric: MetricErrorRate, Arm: "a", Op: "Subscribe", Max: &none}, {Metric: MetricErrorRate, Arm: "b", Op: "Subscribe", Max: &none}}
	a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	require.Len(t, a.Summary.Gates, 2)
	assert.True(t, a.Summary.Gates[0].Passed)
	assert.False(t, a.Summary.Gates[1].Passed)
}

// Notifications that do not come are no connections that fail: an arm that gets none is not a server that restarts.
func TestMissedIsNoRestart(t *testing.T) {
	t.Parallel()
	run := twoArms()
	samples := played(run, func(s *Sample) {
		if s.Block == 4 {
			s.Status, s.Class, s.Code, s.End = 0, ClassError, CodeMissed, s.Due+100*time.Millisecond
		}
	})
	for _, code := range []string{CodeMissed, "reset"} {
		for i := range samples {
			if samples[i].Class == ClassError {
				samples[i].Code = code
			}
		}
		a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
		require.NoError(t, err)
		restarts := 0
		for _, e := range a.Summary.Events {
			if e.Kind == EventRestart {
				restarts++
			}
		}
		assert.Equal(t, map[string]int{CodeMissed: 0, "reset": 1}[code], restarts, code)
	}
}

// An arm that is told of nothing is a finding, unless no arm is told of anything.
func TestArmThatIsToldOfNothing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		deaf  []string
		code  string
		valid bool
	}{{[]string{"b"}, CodeMissed, true}, {[]string{"b"}, "reset", false}, {[]string{"a", "b"}, CodeMissed, false}} {
		run := twoArms()
		a, err := summarize(stored(t, run, played(run, func(s *Sample) {
			for _, arm := range tt.deaf {
				if s.Arm == arm {
					s.Status, s.Class, s.Code = 0, ClassError, tt.code
				}
			}
		})), testDraws, exactSamples)
		require.NoError(t, err)
		assert.Equal(t, tt.valid, a.Summary.Valid, "%v %s: %s", tt.deaf, tt.code, a.Summary.Reason)
	}
}
