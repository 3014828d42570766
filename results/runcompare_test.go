package results

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// slowOp makes an operation of both arms slower by a share.
func slowOp(op string, share float64) func(*Sample) {
	return func(s *Sample) {
		if s.Op == op {
			s.End += time.Duration(share * float64(s.Service()))
		}
	}
}

// threeOps has an operation more than played, each with a latency of its own.
func threeOps(s *Sample) {
	s.Op = []string{"GetFolder", "FindItem", "GetItem"}[s.Call%3]
	s.End += time.Duration(s.Call%3) * 20 * time.Millisecond
}

// comparedRuns stores a base and a new run with weathers of their own and
// compares them.
func comparedRuns(t *testing.T, alter func(*Run), change func(*Sample)) *RunComparison {
	t.Helper()
	base, next := longRun(), longRun()
	base.PlanDigest, next.PlanDigest = "abc", "abc"
	if alter != nil {
		alter(&next)
	}
	then := both(noisy(50), threeOps)
	if change != nil {
		then = both(then, change)
	}
	c, err := compareRuns(
		stored(t, base, played(base, both(noisy(1), threeOps))), stored(t, next, played(next, then)), testDraws)
	require.NoError(t, err)
	return c
}

// TestCompareRuns holds that a slowdown of 20 % is found in the operation that
// has it and in no other, and one of 3 % is not.
func TestCompareRuns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		change  func(*Sample)
		verdict []Verdict
		exit    []int
		moved   []string
		says    string
	}{
		{"nothing changed", nil, []Verdict{VerdictSame, VerdictInconclusive}, []int{0, 4}, []string{}, "latency_p50"},
		{"GetItem 20 % slower", slowOp("GetItem", 0.2), []Verdict{VerdictWorse}, []int{3}, []string{"GetItem"}, "worse in GetItem in a"},
		{"GetItem 3 % slower", slowOp("GetItem", 0.03), []Verdict{VerdictSame, VerdictInconclusive}, []int{0, 4}, []string{}, "latency_p50"},
		{"FindItem 30 % faster", slowOp("FindItem", -0.3), []Verdict{VerdictBetter, VerdictInconclusive}, []int{0, 4}, []string{"FindItem"}, "latency_p50"},
		{
			"everything slower", func(s *Sample) { s.End += s.Service() / 4 },
			[]Verdict{VerdictWorse},
			[]int{3},
			[]string{"FindItem", "GetFolder", "GetItem"},
			"worse in all operations in a",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := comparedRuns(t, nil, tt.change)
			assert.Contains(t, tt.verdict, c.Verdict, c.Reason)
			assert.Contains(t, tt.exit, c.ExitCode)
			assert.Equal(t, tt.moved, c.Moved, c.Reason)
			assert.Contains(t, c.Reason, tt.says)
			assert.Contains(t, c.Warnings[0], "sequential")
			assert.Equal(t, MetricLatencyP50, c.Primary)
			assert.Equal(t, 3600, c.New.Samples)
		})
	}
}

func TestRunComparisonRows(t *testing.T) {
	t.Parallel()
	c := comparedRuns(t, nil, slowOp("GetItem", 0.5))
	seen := map[string]bool{}
	for _, k := range c.Comparisons {
		seen[k.Arm+" "+k.Op+" "+k.Metric] = true
		assert.Equal(t, "base", k.Base)
		assert.Equal(t, "new", k.Other)
		if k.Metric == MetricLatencyP50 && k.Op == "GetItem" {
			assert.InDelta(t, 1.5, *k.Ratio, 0.1)
			assert.Less(t, *k.PHolm, 0.01)
			assert.InDelta(t, *k.Difference, *k.DifferenceMS, 0)
		}
	}
	assert.True(t, seen["a * latency_p50"] && seen["b GetItem service_p95"] && seen["b * error_rate"])
	assert.Contains(t, c.Reason, "latency_p50 is worse in ")
}

// TestIncomparable holds that runs which did not do the same thing have no
// verdict, and that it is said what they differ in.
func TestIncomparable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		alter func(*Run)
		says  string
	}{
		{"plan", func(r *Run) { r.PlanDigest = "abd" }, "plan (abc, then abd)"},
		{"seed", func(r *Run) { r.Seed = 2 }, "seed (1, then 2)"},
		{"scenario", func(r *Run) { r.Scenario = "other" }, "scenario (test, then other)"},
		{"arm's policy", func(r *Run) { r.Arms = []Arm{r.Arms[0], {Name: "b", Anchor: "wrong", AskedRate: 60}} }, "arms (a , b , then a , b wrong)"},
		{"affinity", func(r *Run) { r.Arms = []Arm{r.Arms[0], {Name: "b", Affinity: true, AskedRate: 60}} }, "with affinity"},
		{"assignment", func(r *Run) { r.Assign = AssignMailbox }, "assignment (, then mailbox)"},
		{"rate", func(r *Run) { r.Rate = 121 }, "rate (120, then 121)"},
		{"arrival", func(r *Run) { r.Arrival = "poisson" }, "arrival (constant, then poisson)"},
		{"shard", func(r *Run) { r.Shard = Shard{0, 2} }, "shard"},
		{"machine", func(r *Run) { r.Host.CPUs = 64 }, "machine"},
		{"target alone", func(r *Run) { r.Arms = []Arm{{Name: "a", AskedRate: 60, Target: "https://x"}, r.Arms[1]} }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := comparedRuns(t, tt.alter, nil)
			if tt.says == "" {
				assert.NotEqual(t, VerdictIncomparable, c.Verdict, c.Reason)
				return
			}
			assert.Equal(t, VerdictIncomparable, c.Verdict)
			assert.Equal(t, 4, c.ExitCode)
			assert.Contains(t, c.Reason, tt.says)
			assert.Empty(t, c.Comparisons)
		})
	}
}

// TestInvalidRunsAreIncomparable names the run and what is wrong with it.
func TestInvalidRunsAreIncomparable(t *testing.T) {
	t.Parallel()
	c := comparedRuns(t, nil, failB(1))
	assert.Equal(t, VerdictIncomparable, c.Verdict)
	assert.Equal(t, "the new run: the run is invalid: b has not one ok sample among 1800", c.Reason)
}

// TestFewSamplesDecideNothing has no median to compare.
func TestFewSamplesDecideNothing(t *testing.T) {
	t.Parallel()
	samples := played(longRun(), nil)[120:130]
	c, err := compareRuns(stored(t, longRun(), samples), stored(t, longRun(), samples), testDraws)
	require.NoError(t, err)
	assert.Equal(t, VerdictInconclusive, c.Verdict)
	assert.Equal(t, 4, c.ExitCode)
	assert.Equal(t, "there are too few samples for latency_p50", c.Reason)
}
