package report

import (
	"fmt"
	"math"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// example is an analysis as a run against the mock gives it, with made-up
// figures that are a pure function of nothing: anchored calls take about 21 ms,
// those of each further arm `slower` times as long.
func example(names ...string) *results.Analysis {
	if len(names) == 0 {
		names = []string{"anchored", "unanchored"}
	}
	a := &results.Analysis{Run: exampleRun(names)}
	a.Summary = results.Summary{
		Schema: 1, Scenario: a.Run.Scenario, Seed: a.Run.Seed, Valid: true, Verdict: results.VerdictPass,
		End: results.EndComplete, Primary: results.MetricLatencyP50, Blocks: 30,
		Gates:    []results.GateResult{{Name: "error_rate of anchored <= 0.001", Metric: "error_rate", Arm: "anchored", Op: "*", Passed: true, Observed: new(0.0), Limit: 0.001, Bound: "max"}},
		Warnings: []string{"latency_p99 of unanchored: error rates differ by 1.9 points"},
	}
	a.Timeline = results.Timeline{From: 2 * time.Second, Width: time.Second}
	for i, name := range names {
		slower := []float64{1, 3.1, 2.9, 1.8}[i%4]
		a.Curves = append(a.Curves, exampleCurve(name, slower))
		a.Summary.Arms = append(a.Summary.Arms, exampleArm(a.Run.Arms[i], slower, i))
		a.Summary.Ops = append(a.Summary.Ops, exampleOps(name, slower)...)
		a.Timeline.Arms = append(a.Timeline.Arms, exampleTimeline(name, slower, i))
		if i > 0 {
			a.Shifts = append(a.Shifts, exampleShift(names[0], name, slower))
			a.Summary.Comparisons = append(a.Summary.Comparisons, exampleComparisons(names[0], name, slower)...)
		}
	}
	return a
}

func exampleRun(names []string) results.Run {
	started := time.Date(2026, 11, 3, 9, 30, 0, 0, time.UTC)
	r := results.Run{
		Schema: 1, Versions: results.Versions{Ewsbench: "v0.1.0", Go: "go1.26.8", Vegeta: "v12.13.0"},
		Scenario: "anchor-penalty", Title: "What it costs to leave out X-AnchorMailbox",
		ScenarioDigest: "3f1c0e7a", PlanDigest: "9d02b4c1", Seed: 1, Primary: results.MetricLatencyP50,
		Rate: 120, Arrival: "constant", Duration: 30 * time.Second, Warmup: 2 * time.Second, Timeout: 30 * time.Second,
		Blocks: 30, Assign: "request", Mailboxes: 1000, Host: results.Host{OS: "linux", Arch: "amd64", CPUs: 2},
		Started: started, Ended: started.Add(32*time.Second + 140*time.Millisecond), End: results.EndComplete,
	}
	anchors := []string{"correct", "missing", "wrong", "service-account"}
	for i, name := range names {
		r.Arms = append(r.Arms, results.Arm{
			Name: name, Anchor: anchors[i%4], Target: "mock:onprem-2site", AskedRate: 120 / float64(len(names)),
			Connections: results.Connections{Opened: 14, Reused: 1786},
		})
	}
	return r
}

// exampleQuantile is a latency in ms with a heavy tail.
func exampleQuantile(q, slower float64) float64 {
	return rounded(21.4 * slower * math.Exp(0.55*math.Log(q/(1-q))/1.7) * (1 + 0.5*math.Pow(q, 30)*(slower-1)/2))
}

// rounded makes a figure the same on machines that fuse multiplication and addition.
func rounded(v float64) float64 { return math.Round(v*1000) / 1000 }

func exampleCurve(arm string, slower float64) results.Curve {
	c := results.Curve{Arm: arm}
	for i := range 100 {
		q := 1 - math.Pow(10, -3.2*float64(i+1)/101)
		c.Points = append(c.Points, results.CurvePoint{Q: q, MS: exampleQuantile(q, slower)})
	}
	return results.Curve{Arm: arm, Points: append(c.Points, results.CurvePoint{Q: 1, MS: exampleQuantile(0.9997, slower)})}
}

func exampleShift(base, other string, slower float64) results.Shift {
	s := results.Shift{Base: base, Other: other}
	for i := 1; i <= 99; i++ {
		q := float64(i) / 100
		d := exampleQuantile(q, slower) - exampleQuantile(q, 1)
		wide := 0.4 + d*0.04/math.Sqrt(1-q)
		s.Points = append(s.Points, results.ShiftPoint{Q: q, Difference: d, Low: d - wide, High: d + wide*1.2})
	}
	return s
}

func exampleQuantiles(slower float64) results.Quantiles {
	at := func(q float64) *float64 { return new(exampleQuantile(q, slower)) }
	return results.Quantiles{P50: at(0.5), P90: at(0.9), P95: at(0.95), P99: at(0.99), Max: at(0.9997)}
}

func exampleArm(arm results.Arm, slower float64, i int) results.ArmSummary {
	failed := []int{0, 35, 31, 9}[i%4]
	s := results.ArmSummary{
		Name: arm.Name, Anchor: arm.Anchor, Target: arm.Target, Samples: 1800, Warmup: 120,
		AskedRate: arm.AskedRate, AchievedRate: rounded(arm.AskedRate - 0.02), Throughput: rounded(arm.AskedRate - 0.02 - float64(failed)/30),
		Latency: exampleQuantiles(slower), Service: exampleQuantiles(slower * 0.99),
		Lag:  results.Quantiles{P50: new(0.041), P99: new(0.62), Max: new(3.3)},
		HTTP: map[string]int{"200": 1800 - failed}, Outcomes: map[string]int{"ok": 1800 - failed},
		ErrorRate: float64(failed) / 1800, ErrorRateCI: &results.Interval{Low: rounded(float64(failed) / 1800 * 0.7), High: rounded(float64(failed)/1800*1.4 + 0.002)},
		BytesIn: 4_200_000, BytesOut: 1_900_000, Connections: arm.Connections,
	}
	if failed > 0 {
		s.HTTP["500"], s.HTTP["503"] = failed-failed/3-1, failed/3
		s.Outcomes["ErrorProxyCallFailed"], s.Outcomes["http_503"], s.Outcomes["timeout"] = failed-failed/3-1, failed/3, 1
	}
	return s
}

func exampleOps(arm string, slower float64) []results.OpSummary {
	var ops []results.OpSummary
	for i, op := range []string{"GetFolder", "FindItem", "GetItem"} {
		ops = append(ops, results.OpSummary{
			Arm: arm, Op: op, Samples: 450 * (1 + i/2), Errors: i * int(slower), ErrorRate: float64(i*int(slower)) / 450, Throughput: 15,
			Latency: exampleQuantiles(slower * (0.8 + 0.2*float64(i))), Service: exampleQuantiles(slower * (0.79 + 0.2*float64(i))),
		})
	}
	return ops
}

func exampleComparisons(base, other string, slower float64) []results.Comparison {
	var all []results.Comparison
	for i, m := range []string{"latency_p50", "latency_p90", "latency_p95", "latency_p99", "service_p50"} {
		q := []float64{0.5, 0.9, 0.95, 0.99, 0.5}[i]
		all = append(all, exampleComparison(base, other, m, "*", exampleQuantile(q, 1), exampleQuantile(q, slower), 0.06+0.05*float64(i%4)))
	}
	all = append(all, results.Comparison{
		Base: base, Other: other, Metric: "error_rate", Op: "*", BaseValue: new(0.0), OtherValue: new(0.0194),
		Difference: new(0.0194), DifferenceLow: new(0.0137), DifferenceHigh: new(0.0269), P: new(0.00005), Verdict: results.VerdictWorse,
	}, results.Comparison{
		Base: base, Other: other, Metric: "throughput", Op: "*", BaseValue: new(59.98), OtherValue: new(58.8),
		Ratio: new(0.98), CILow: new(0.97), CIHigh: new(0.99), Difference: new(-1.18), P: new(0.011), Verdict: results.VerdictSame,
	})
	for i, op := range []string{"GetFolder", "FindItem", "GetItem"} {
		v := exampleQuantile(0.5, 0.8+0.2*float64(i))
		all = append(all,
			exampleComparison(base, other, "latency_p50", op, v, v*slower*(1.1-0.1*float64(i)), 0.1),
			exampleComparison(base, other, "latency_p99", op, 4*v, 4.4*v*slower, 0.3))
	}
	return all
}

func exampleComparison(base, other, metric, op string, b, o, wide float64) results.Comparison {
	b, o = rounded(b), rounded(o)
	r := rounded(o / b)
	verdict := results.VerdictInconclusive
	switch {
	case r*(1-wide) > 1.05:
		verdict = results.VerdictWorse
	case r*(1+wide) < 0.95:
		verdict = results.VerdictBetter
	}
	return results.Comparison{
		Base: base, Other: other, Metric: metric, Op: op, BaseValue: new(b), OtherValue: new(o),
		Ratio: new(r), CILow: new(rounded(r * (1 - wide))), CIHigh: new(rounded(r * (1 + wide))), DifferenceMS: new(rounded(o - b)), Difference: new(rounded(o - b)),
		P: new(0.0004), Verdict: verdict,
	}
}

func exampleTimeline(arm string, slower float64, i int) results.ArmTimeline {
	t := results.ArmTimeline{Arm: arm}
	for s := range 30 {
		at := time.Duration(s+2) * time.Second
		q := 0.5 + 0.04*math.Sin(float64(s)*0.9+float64(i))
		t.Buckets = append(t.Buckets, results.Bucket{At: at, Samples: 60, P50: new(exampleQuantile(q, slower)), P99: new(exampleQuantile(0.98, slower))})
		for k := range 12 {
			spread := math.Mod(float64((s*12+k)*7919+i*31), 997) / 998
			t.Points = append(t.Points, results.Point{At: at + time.Duration(k*83)*time.Millisecond, MS: exampleQuantile(spread+0.0005, slower)})
		}
		if i > 0 && s%7 == 3 {
			t.Buckets[s].Errors = 5
			t.Failed += 5
			for k := range 5 {
				t.Errors = append(t.Errors, results.ErrorPoint{At: at + time.Duration(k*190)*time.Millisecond, MS: 4 + float64(k*k)*40, Class: results.ClassError, Code: fmt.Sprintf("http_50%d", k%4)})
			}
		}
	}
	return t
}
