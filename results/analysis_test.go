package results

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testDraws is enough to tell intervals apart, and quick.
const testDraws = 200

// twoArms is a run of ten blocks of one second at 120 requests/s.
func twoArms() Run {
	return Run{
		Scenario: "test", Seed: 1, Rate: 120, Arrival: "constant", Duration: 10 * time.Second, Warmup: time.Second, Blocks: 10,
		End: EndComplete, Arms: []Arm{{Name: "a", AskedRate: 60}, {Name: "b", AskedRate: 60}},
	}
}

// played is the run that a schedule gives: change may alter each sample.
func played(r Run, change func(*Sample)) []Sample {
	var out []Sample
	for slot := uint64(0); ; slot++ {
		due := time.Duration(float64(slot) * 1e9 / 120)
		if due >= r.MeasuredFrom()+r.Duration {
			return out
		}
		call := slot / 2
		s := Sample{
			Arm: r.Arms[slot%2].Name, Seq: slot, Call: call, Op: []string{"GetFolder", "GetItem"}[call%2], Status: 200,
			Due: due, Start: due + time.Millisecond, End: due + 21*time.Millisecond, Class: ClassOK, Code: CodeOK, In: 10, Out: 5,
		}
		s.Block = int((due - r.Warmup) / time.Second)
		if due < r.Warmup {
			s.Phase, s.Block = PhaseWarmup, WarmupBlock
		}
		if change != nil {
			change(&s)
		}
		out = append(out, s)
	}
}

// stored writes a run and opens it.
func stored(t *testing.T, run Run, samples []Sample) *Reader {
	t.Helper()
	dir := t.TempDir()
	w, err := Create(dir, run)
	require.NoError(t, err)
	put(t, w, samples...)
	require.NoError(t, w.Finish(run))
	r, err := Open(dir)
	require.NoError(t, err)
	return r
}

func analysed(t *testing.T, run Run, change func(*Sample)) *Analysis {
	t.Helper()
	a, err := summarize(stored(t, run, played(run, change)), testDraws, exactSamples)
	require.NoError(t, err)
	return a
}

// slowB makes arm b's answers take d longer.
func slowB(d time.Duration) func(*Sample) {
	return func(s *Sample) {
		if s.Arm == "b" {
			s.End += d
		}
	}
}

// failB makes every nth sample of arm b an error that came back at once.
func failB(n uint64) func(*Sample) {
	return func(s *Sample) {
		if s.Arm == "b" && s.Call%n == 0 {
			s.Class, s.Code, s.Status, s.End = ClassError, "http_503", 503, s.Start
		}
	}
}

func find(t *testing.T, s Summary, metric, op string) Comparison {
	t.Helper()
	for _, c := range s.Comparisons {
		if c.Metric == metric && c.Op == op {
			return c
		}
	}
	require.Fail(t, "no comparison", "%s of %s", metric, op)
	return Comparison{}
}

func TestArmFigures(t *testing.T) {
	t.Parallel()
	a := analysed(t, twoArms(), func(s *Sample) {
		if s.Arm != "b" {
			return
		}
		switch s.Call % 100 { // of 600 measured calls 60 to 659
		case 70:
			s.Class, s.Code, s.Status, s.End = ClassError, "ErrorServerBusy", 500, s.Start
		case 71:
			s.Class, s.Code, s.Status, s.End, s.In = ClassTimeout, CodeTimeout, 0, s.Start+time.Second, 0
		case 72:
			s.Class, s.Code, s.Status, s.Start, s.End = ClassWithheld, CodeWithheld, 0, s.Due, s.Due
		case 73:
			s.Late = true
		}
	})
	s := a.Summary
	require.Len(t, s.Arms, 2)
	first, b := s.Arms[0], s.Arms[1]
	assert.Equal(t, 600, first.Samples)
	assert.Equal(t, 60, first.Warmup)
	assert.InDelta(t, 60, first.AchievedRate, 0.02)
	assert.InDelta(t, 60, first.Throughput, 0)
	assert.InDelta(t, 21, *first.Latency.P50, 0, "exactly")
	assert.InDelta(t, 20, *first.Service.P99, 0)
	assert.InDelta(t, 1, *first.Lag.Max, 0)
	assert.Equal(t, Interval{21, 21}, *first.LatencyCI.P99)
	assert.Equal(t, map[string]int{"200": 600, "500": 0, "503": 0}, first.HTTP)
	assert.Equal(t, map[string]int{"ok": 600, "timeout": 0, "http_503": 0, "ErrorServerBusy": 0, "withheld": 0}, first.Outcomes)

	assert.Equal(t, 594, b.Samples, "six withheld")
	assert.Equal(t, 6, b.Withheld)
	assert.Equal(t, 6, b.ChainLate)
	assert.InDelta(t, 12.0/594, b.ErrorRate, 1e-15)
	assert.InDelta(t, 58.2, b.Throughput, 1e-9)
	assert.InDelta(t, 1001, *b.Latency.Max, 0, "the timeouts count, the errors do not")
	assert.Equal(t, map[string]int{"200": 582, "500": 6, "503": 0}, b.HTTP)
	assert.Equal(t, map[string]int{"ok": 582, "timeout": 6, "http_503": 0, "ErrorServerBusy": 6, "withheld": 6}, b.Outcomes)
	assert.EqualValues(t, 588*10, b.BytesIn)
	assert.EqualValues(t, 594*5, b.BytesOut)
	assert.Equal(t, VerdictPass, s.Verdict, s.Reason)
}

func TestOpFigures(t *testing.T) {
	t.Parallel()
	s := analysed(t, twoArms(), func(s *Sample) {
		if s.Op == "GetItem" {
			s.End += 30 * time.Millisecond
		}
	}).Summary
	require.Len(t, s.Ops, 4)
	for i, want := range []struct {
		arm, op string
		p50     float64
	}{{"a", "GetFolder", 21}, {"b", "GetFolder", 21}, {"a", "GetItem", 51}, {"b", "GetItem", 51}} {
		assert.Equal(t, want.arm, s.Ops[i].Arm)
		assert.Equal(t, want.op, s.Ops[i].Op)
		assert.Equal(t, 300, s.Ops[i].Samples)
		assert.InDelta(t, want.p50, *s.Ops[i].Latency.P50, 0)
		assert.Nil(t, s.Ops[i].Latency.P99, "300 are too few")
		assert.InDelta(t, 30, s.Ops[i].Throughput, 0)
	}
	assert.Equal(t, []string{
		"p99 is left out where fewer than 441 samples have a latency: a GetFolder (300), b GetFolder (300), a GetItem (300), b GetItem (300)",
	}, s.Warnings)
}

func TestComparisons(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		change  func(*Sample)
		metric  string
		op      string
		ratio   float64
		verdict Verdict
	}{
		{"no difference", nil, MetricLatencyP50, AllOps, 1, VerdictSame},
		{"twice as slow", slowB(21 * time.Millisecond), MetricLatencyP50, AllOps, 2, VerdictWorse},
		{"in each operation", slowB(21 * time.Millisecond), MetricLatencyP90, "GetItem", 2, VerdictWorse},
		{"faster", slowB(-10 * time.Millisecond), MetricLatencyP95, AllOps, 11.0 / 21, VerdictBetter},
		{"within the share", slowB(time.Millisecond), MetricLatencyP99, AllOps, 22.0 / 21, VerdictSame},
		{"service alone", slowB(20 * time.Millisecond), MetricServiceP99, AllOps, 2, VerdictWorse},
		{"fewer ok answers", failB(10), MetricThroughput, AllOps, 0.9, VerdictWorse},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := find(t, analysed(t, twoArms(), tt.change).Summary, tt.metric, tt.op)
			assert.Equal(t, "a", c.Base)
			assert.Equal(t, "b", c.Other)
			assert.InDelta(t, tt.ratio, *c.Ratio, 1e-9)
			assert.LessOrEqual(t, *c.CILow, *c.Ratio)
			assert.GreaterOrEqual(t, *c.CIHigh, *c.Ratio)
			assert.Equal(t, tt.verdict, c.Verdict)
			if tt.ratio == 1 {
				assert.InDelta(t, 1, *c.P, 0)
				assert.InDelta(t, 0, *c.DifferenceMS, 0)
			} else if tt.metric != MetricLatencyP99 || tt.verdict == VerdictWorse {
				assert.Less(t, *c.P, 0.05)
			}
		})
	}
}

func TestErrorRateComparison(t *testing.T) {
	t.Parallel()
	s := analysed(t, twoArms(), failB(10)).Summary
	c := find(t, s, MetricErrorRate, AllOps)
	assert.Nil(t, c.Ratio, "nothing to divide by")
	assert.Nil(t, c.DifferenceMS)
	assert.InDelta(t, 0.1, *c.Difference, 1e-12)
	assert.Positive(t, *c.DifferenceLow)
	assert.Equal(t, VerdictWorse, c.Verdict)

	warning := "the error rates of a (0.00 %) and b (10.00 %) differ by more than one point: latencies leave the errors out"
	assert.Contains(t, s.Warnings, warning)
	assert.Equal(t, []string{warning}, find(t, s, MetricLatencyP50, AllOps).Warnings)
	assert.Empty(t, find(t, s, MetricLatencyP50, "GetItem").Warnings, "only GetFolder fails")
	assert.Empty(t, c.Warnings)

	same := find(t, analysed(t, twoArms(), nil).Summary, MetricErrorRate, AllOps)
	assert.InDelta(t, 0, *same.Difference, 0)
	assert.Negative(t, *same.DifferenceLow, "none seen is not none at all")
	assert.InDelta(t, 1, *same.P, 0)
}

// TestErrorsInOneBlock holds that a bunch of errors is one event and not thirty:
// as independent requests they would be far from zero.
func TestErrorsInOneBlock(t *testing.T) {
	t.Parallel()
	c := find(t, analysed(t, twoArms(), func(s *Sample) {
		if s.Arm == "b" && s.Block == 4 {
			s.Class, s.Code = ClassError, "http_503"
		}
	}).Summary, MetricErrorRate, AllOps)
	assert.InDelta(t, 0.1, *c.Difference, 1e-12)
	assert.LessOrEqual(t, *c.DifferenceLow, 0.0)
	assert.Equal(t, VerdictInconclusive, c.Verdict)
	assert.InDelta(t, 1, *c.P, 0)
}

func TestSecondaryMetricsAreAdjusted(t *testing.T) {
	t.Parallel()
	s := analysed(t, twoArms(), slowB(21*time.Millisecond)).Summary
	assert.Nil(t, find(t, s, MetricLatencyP50, AllOps).PHolm)
	assert.InDelta(t, 1, *find(t, s, MetricErrorRate, AllOps).PHolm, 0)
	for _, c := range s.Comparisons {
		if c.PHolm != nil {
			assert.GreaterOrEqual(t, *c.PHolm, *c.P)
		}
	}
	run := twoArms()
	run.Primary = MetricLatencyP95
	s = analysed(t, run, nil).Summary
	assert.Equal(t, MetricLatencyP95, s.Primary)
	assert.Nil(t, find(t, s, MetricLatencyP95, AllOps).PHolm)
	assert.NotNil(t, find(t, s, MetricLatencyP50, AllOps).PHolm)
}

// TestFewBlocks is a run too short for intervals: it has figures, no verdicts.
func TestFewBlocks(t *testing.T) {
	t.Parallel()
	run := twoArms()
	run.Duration = time.Second
	s := analysed(t, run, slowB(time.Second)).Summary
	c := find(t, s, MetricLatencyP50, AllOps)
	assert.NotNil(t, c.Ratio)
	assert.Nil(t, c.CILow)
	assert.Equal(t, VerdictInconclusive, c.Verdict)
	assert.Contains(t, s.Warnings, "an interval needs 6 blocks that hold samples and this run has 1: every comparison is inconclusive")
	assert.Equal(t, 1, s.Blocks)
}

// TestSeedOfTheBootstrap holds that figures repeat, and that the seed matters.
func TestSeedOfTheBootstrap(t *testing.T) {
	t.Parallel()
	noisy := func(s *Sample) {
		s.End += time.Duration(rand.New(rand.NewPCG(1, s.Seq)).Int64N(int64(50 * time.Millisecond)))
	}
	run := twoArms()
	one, again := analysed(t, run, noisy), analysed(t, run, noisy)
	assert.Equal(t, one, again)
	run.Seed = 2
	other := find(t, analysed(t, run, noisy).Summary, MetricLatencyP50, AllOps)
	c := find(t, one.Summary, MetricLatencyP50, AllOps)
	assert.InDelta(t, *c.Ratio, *other.Ratio, 0)
	assert.NotEqual(t, *c.CILow, *other.CILow)
}

// TestSummaryKeys holds the names that others rely on.
func TestSummaryKeys(t *testing.T) {
	t.Parallel()
	limit := 1.0
	run := twoArms()
	run.Gates = []Gate{{Metric: MetricErrorRate, Max: &limit}}
	data, err := json.Marshal(analysed(t, run, nil).Summary)
	require.NoError(t, err)
	var s map[string]any
	require.NoError(t, json.Unmarshal(data, &s))
	keys := func(v any, want ...string) {
		t.Helper()
		for _, k := range want {
			assert.Contains(t, v, k)
		}
	}
	first := func(key string) map[string]any { return s[key].([]any)[0].(map[string]any) }
	keys(s, "schema", "scenario", "seed", "valid", "verdict", "exit_code", "arms", "comparisons", "gates", "warnings")
	arm := first("arms")
	keys(arm, "name", "samples", "asked_rate", "achieved_rate", "latency_ms", "service_ms", "lag_ms", "http", "outcomes", "error_rate", "chain_late")
	keys(arm["latency_ms"], "p50", "p90", "p95", "p99", "max")
	keys(arm["service_ms"], "p50", "p95", "p99")
	keys(arm["lag_ms"], "p50", "p99", "max")
	keys(arm["http"], "200", "500", "503")
	keys(arm["outcomes"], "ok", "ErrorServerBusy", "http_503", "timeout")
	keys(first("comparisons"), "base", "other", "metric", "op", "ratio", "ci_low", "ci_high", "difference_ms", "p", "verdict")
	keys(first("gates"), "name", "passed", "observed", "limit")
	assert.Equal(t, []any{}, mustEmpty(t), "empty lists are lists")
}

// mustEmpty is the comparisons of a run of one arm, as JSON holds them.
func mustEmpty(t *testing.T) any {
	t.Helper()
	run := twoArms()
	run.Arms = append(run.Arms[:1], Arm{Name: "a", AskedRate: 60})
	data, err := json.Marshal(analysed(t, run, nil).Summary)
	require.NoError(t, err)
	var s map[string]any
	require.NoError(t, json.Unmarshal(data, &s))
	return s["gates"]
}

func TestUnreasonableStores(t *testing.T) {
	t.Parallel()
	_, err := summarize(stored(t, twoArms(), []Sample{{Arm: "a", Block: maxBlocks}}), testDraws, exactSamples)
	require.ErrorContains(t, err, "more than 10000 blocks")
	samples := make([]Sample, maxNames+1)
	for i := range samples {
		samples[i] = Sample{Arm: "a", Op: fmt.Sprint(i)}
	}
	_, err = summarize(stored(t, twoArms(), samples), testDraws, exactSamples)
	require.ErrorContains(t, err, "operations")
	for i := range samples {
		samples[i] = Sample{Arm: fmt.Sprint(i)}
	}
	_, err = summarize(stored(t, twoArms(), samples), testDraws, exactSamples)
	require.ErrorContains(t, err, "arms")
}
