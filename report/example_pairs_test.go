package report

import (
	"math"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// exampleRuns is two stored runs compared: GetItem has become slower in both arms.
func exampleRuns() *results.RunComparison {
	started := time.Date(2026, 11, 3, 2, 0, 0, 0, time.UTC)
	c := &results.RunComparison{
		Schema: 1, Verdict: results.VerdictWorse, ExitCode: 3, Primary: results.MetricLatencyP50,
		Reason:   "latency p50 of GetItem is worse in anchored and in unanchored",
		Moved:    []string{"GetItem"},
		Base:     results.RunRef{Name: "20261103T020000Z-anchor-penalty", Scenario: "anchor-penalty", Commit: "f0e1d2c3b4a5968778695a4b3c2d1e0f00112233", Started: started, Target: "mock:onprem-2site", Samples: 3600, Verdict: results.VerdictPass},
		New:      results.RunRef{Name: "20261104T020000Z-anchor-penalty", Scenario: "anchor-penalty", Commit: "00112233445566778899aabbccddeeff00112233", Started: started.AddDate(0, 0, 1), Target: "mock:onprem-2site", Samples: 3600, Verdict: results.VerdictPass},
		Warnings: []string{"sequential: the runs were made one after the other and share no noise; measure both targets in one run to be sure"},
	}
	for i, arm := range []string{"anchored", "unanchored"} {
		for _, k := range exampleComparisons("base", "new", 1) {
			k.Arm, k.Verdict = arm, results.VerdictSame
			if k.Op == "GetItem" && k.Metric == results.MetricLatencyP50 {
				k = exampleComparison("base", "new", k.Metric, k.Op, 25.7*(1+2*float64(i)), 31.2*(1+2*float64(i)), 0.03)
				k.Arm, k.PHolm = arm, new(0.0012)
			}
			c.Comparisons = append(c.Comparisons, k)
		}
	}
	c.Comparisons[2].Warnings = []string{"too few blocks for the tail"}
	return c
}

func incomparable() *results.RunComparison {
	c := exampleRuns()
	c.Verdict, c.ExitCode, c.Comparisons, c.Moved = results.VerdictIncomparable, 4, nil, nil
	c.Reason = "incomparable: the plans differ: seed 1 and seed 2"
	return c
}

func undecided() *results.RunComparison {
	c := exampleRuns()
	c.Verdict, c.ExitCode, c.Moved = results.VerdictInconclusive, 4, nil
	c.Reason = "the interval of latency p50 reaches over the margin"
	for i := range c.Comparisons {
		c.Comparisons[i].Verdict = results.VerdictInconclusive
	}
	return c
}

// exampleTrend is a history of so many nights; from night 20 on GetItem is bad.
func exampleTrend(nights int) *results.Trend {
	t := &results.Trend{Schema: 1, Nights: nights, Verdict: results.VerdictSame, Reason: "no bad night in 2 series"}
	for i, op := range []string{results.AllOps, "GetItem"} {
		s := results.Series{Plan: "9d02b4c1", Scenario: "anchor-penalty", Other: "unanchored", Metric: results.MetricLatencyP50, Op: op, Verdict: results.VerdictSame}
		for n := range nights {
			r := 3.05 + 0.06*math.Sin(float64(n)*1.7+float64(i))
			if i == 1 && n >= 20 {
				r += 0.9
			}
			p := results.NightPoint{
				Time: time.Date(2026, 10, 10, 2, 0, 0, 0, time.UTC).AddDate(0, 0, n), Commit: "c0ffee00000000" + string(rune('a'+n%26)),
				Ratio: rounded(r), Low: rounded(r - 0.11), High: rounded(r + 0.12),
			}
			if n >= 7 {
				p.Median, p.MAD, p.Bad = 3.05, 0.061, i == 1 && n >= 20
			}
			s.Nights = append(s.Nights, p)
			if p.Bad && s.FirstBad == nil {
				s.FirstBad, s.Verdict = &p, results.VerdictWorse
			}
		}
		if nights > 7 {
			s.Median, s.MAD = 3.05, 0.061
		}
		t.Series = append(t.Series, s)
	}
	if nights > 20 {
		t.Verdict, t.ExitCode, t.Reason = results.VerdictWorse, 3, "the first bad night is 2026-10-30: latency_p50 of unanchored in GetItem, 3.97 against a median of 3.05"
		t.Warnings = []string{"line 12: torn, left out"}
	}
	return t
}

func tooFewNights() *results.Trend {
	t := exampleTrend(1)
	t.Verdict, t.Reason = results.VerdictInconclusive, "not enough nights yet: 1 of 7"
	for i := range t.Series {
		t.Series[i].Verdict = results.VerdictInconclusive
	}
	return t
}

func examplePowers() []results.Power {
	return []results.Power{
		{Metric: results.MetricLatencyP50, Other: "unanchored", Rows: []results.PowerRow{
			{Effect: 0.05, AnySamples: 5200, AnyDuration: 43 * time.Second},
			{Effect: 0.10, Reachable: true, Samples: 5200, Duration: 43 * time.Second, AnySamples: 1300, AnyDuration: 11 * time.Second},
			{Effect: 0.20, Reachable: true, Samples: 1_320_000, Duration: 11_000 * time.Second, AnySamples: 325, AnyDuration: 3 * time.Second},
		}},
		{Metric: results.MetricLatencyP95, Other: "unanchored", Rows: []results.PowerRow{
			{Effect: 0.05, AnySamples: 91_000, AnyDuration: 758 * time.Second},
			{Effect: 0.10, Reachable: true, Samples: 91_000, Duration: 758 * time.Second},
		}},
	}
}

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
