package report

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/results"
)

// struck is a run that something struck, with an A/A phase and every kind of gate.
func struck() *results.Analysis {
	a := failedGate()
	a.Run.Assign, a.Run.AA, a.Run.Washout = "switchback", 5*time.Second, 200*time.Millisecond
	a.Summary.Events = []results.Event{
		{Kind: results.EventStall, From: 12_300 * time.Millisecond, To: 14_100 * time.Millisecond, Blocks: []int{10, 11, 12}, Text: "a stall in all arms: nothing was answered from 12.3 s to 14.1 s"},
		{Kind: results.EventSlowConsumer, From: 20 * time.Second, To: 21 * time.Second, Blocks: []int{18, 20}, Text: "a slow consumer: samples waited for the store from 20 s to 21 s."},
	}
	a.Summary.Reason = a.Summary.Events[0].Text + " (5 of 30 blocks, left out of every figure)"
	a.Summary.AA = []results.Comparison{exampleComparison("anchored", "unanchored", results.MetricLatencyP50, "*", 21.4, 21.5, 0.03)}
	a.Summary.AA[0].Verdict = results.VerdictSame
	for i := range a.Summary.Arms {
		a.Summary.Arms[i].AA, a.Summary.Arms[i].Struck, a.Summary.Arms[i].Washout = 150, 300, 90
	}
	a.Summary.Gates[1].Reason = "66.3 ms is more than 30 ms, by more than the margin of 5 %"
	a.Summary.Gates = append(a.Summary.Gates,
		results.GateResult{Name: "latency_p50 ratio of unanchored <= 5", Metric: "latency_p50", Arm: "unanchored", Op: "*", Of: results.OfRatio, Passed: true, Observed: new(3.1), Limit: 5, Bound: "max", Reason: "3.1 is at most 5"},
		results.GateResult{Name: "latency_p50 difference of unanchored <= 100", Metric: "latency_p50", Arm: "unanchored", Op: "*", Of: results.OfDifference, Passed: true, Observed: new(44.9), Limit: 100, Bound: "max"},
		results.GateResult{Name: "outcome ErrorServerBusy of unanchored <= 5", Metric: results.MetricOutcome, Arm: "unanchored", Op: "*", Passed: true, Observed: new(0.0), Limit: 1500, Bound: "max"})
	return a
}

// TestEventsAreNamed: what struck a run is in its first sentence, and is not said again.
func TestEventsAreNamed(t *testing.T) {
	t.Parallel()
	failed, passed, silent := struck(), struck(), struck()
	passed.Summary.Verdict, passed.Summary.Gates = results.VerdictPass, nil
	silent.Summary.Verdict, silent.Summary.Gates, silent.Summary.Reason = results.VerdictPass, nil, ""
	silent.Summary.Events[0].Text, silent.Summary.Events[0].Blocks = "", nil
	tests := []struct {
		name, verdict string
		analysis      *results.Analysis
		events        []string
	}{
		{"after the gates", "2 of 6 gates failed: latency_p50 of unanchored <= 30 (observed 66.3 ms); throughput of GetItem >= 5 (nothing was measured); a stall in all arms: nothing was answered from 12.3 s to 14.1 s (5 of 30 blocks, left out of every figure)", failed, []string{"a slow consumer: samples waited for the store from 20 s to 21 s (blocks 18, 20)"}},
		{"before the findings", "a stall in all arms: nothing was answered from 12.3 s to 14.1 s (5 of 30 blocks, left out of every figure)", passed, []string{"a slow consumer: samples waited for the store from 20 s to 21 s (blocks 18, 20)"}},
		{"in words of its own", "without X-AnchorMailbox the median call takes 3.1 times as long (95 % interval 2.9 to 3.3): 21.4 ms -> 66.3 ms", silent, []string{"stall-in-all-arms from 12.3s to 14.1s", "a slow consumer: samples waited for the store from 20 s to 21 s (blocks 18, 20)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.verdict, verdict(tt.analysis))
			var events []string
			for _, r := range remarks(tt.analysis) {
				if r.what == "event" {
					events = append(events, r.words)
				}
			}
			assert.Equal(t, tt.events, events)
			for _, f := range formats {
				out := render(t, f.write, tt.analysis)
				if f.name != "report.txt" { // which breaks its lines
					assert.Contains(t, out, "a slow consumer: samples waited", f.name)
				}
			}
		})
	}
}

func TestAASentence(t *testing.T) {
	t.Parallel()
	c := exampleComparison("base", "new", results.MetricLatencyP50, "*", 20, 21, 0.03)
	assert.Equal(t, "while all arms sent the same, the latency p50 of new was 1.05 times that of base (95 % interval 1.02 to 1.08): inconclusive", aaSentence(c))
	c = results.Comparison{Base: "base", Other: "new", Metric: results.MetricErrorRate, Op: "*", Difference: new(0.01), DifferenceLow: new(-0.01), DifferenceHigh: new(0.03), Verdict: results.VerdictSame}
	assert.Equal(t, "while all arms sent the same, the error rate of new differed by +1.00 pt (95 % interval -1.00 to 3.00): same", aaSentence(c))
}

func TestRanges(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		want    string
		numbers []int
	}{{"", nil}, {"3", []int{3}}, {"3, 7 to 9", []int{3, 7, 8, 9}}, {"1 to 2, 4", []int{1, 2, 4}}} {
		assert.Equal(t, tt.want, ranges(tt.numbers))
	}
}

// TestAssignmentIsSaid: each kind says why it matters, in every format for people.
func TestAssignmentIsSaid(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, assign := range []string{"request", "mailbox", "switchback", "pace", "by moonlight"} {
		a := example()
		a.Run.Assign = assign
		how := assignment(&a.Run)
		assert.False(t, seen[how.how] || seen[how.why], "%s says what another one says", assign)
		seen[how.how], seen[how.why] = true, true
		assert.Contains(t, render(t, formats[0].write, a), "\nassigned: "+how.how)
		assert.Contains(t, render(t, JUnit, a), how.how)
		assert.Contains(t, render(t, Markdown, a), how.why)
		assert.Contains(t, render(t, HTML, a), how.why)
	}
	closed := example()
	closed.Run.Assign, closed.Run.Rate = results.AssignPace, 0
	for _, write := range []func(io.Writer, *results.Analysis) error{formats[0].write, HTML} {
		assert.NotContains(t, render(t, write, closed), "each call was due")
	}
	a := example()
	a.Run.Assign = ""
	assert.True(t, seen[assignment(&a.Run).how], "a run that does not say was assigned by request")
}
