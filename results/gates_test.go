package results

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGatesOfTheFirstArm holds ratios and differences, counts, margins and floors.
// Arm a takes 21 ms, b 26 ms; every tenth call of b is refused with a 503.
func TestGatesOfTheFirstArm(t *testing.T) {
	t.Parallel()
	at := func(v float64) *float64 { return &v }
	tests := []struct {
		name     string
		gate     Gate
		passed   bool
		observed *float64
		named    string
		reason   string
	}{
		{
			"ratio",
			Gate{Metric: MetricLatencyP50, Arm: "b", Of: OfRatio, Max: at(1.2)},
			false, at(26.0 / 21), "ratio of latency_p50 of b to a <= 1.2", "1.238 is above the limit of 1.2",
		},
		{
			"ratio of an operation, every arm but the first",
			Gate{Metric: MetricServiceP50, Op: "GetItem", Of: OfRatio, Max: at(1.3)},
			true, at(25.0 / 20), "ratio of service_p50 of GetItem in b to a <= 1.3", "1.25 keeps the limit of 1.3",
		},
		{
			"difference",
			Gate{Metric: MetricLatencyP50, Arm: "b", Of: OfDifference, Max: at(4)},
			false, at(5), "difference of latency_p50 of b to a <= 4", "5 is above the limit of 4",
		},
		{
			"within the margin",
			Gate{Metric: MetricLatencyP50, Arm: "b", Of: OfDifference, Max: at(4), Margin: 0.25},
			true, at(5), "difference of latency_p50 of b to a <= 4", "5 is above the limit of 4 by no more than the margin of 25 %",
		},
		{
			"beyond the margin",
			Gate{Metric: MetricLatencyP50, Arm: "b", Of: OfDifference, Max: at(4), Margin: 0.2},
			false, at(5), "difference of latency_p50 of b to a <= 4", "5 is above the limit of 4",
		},
		{
			"within the floor",
			Gate{Metric: MetricLatencyP50, Arm: "b", Max: at(25), Floor: 1},
			true, at(26), "latency_p50 of b <= 25", "26 is above the limit of 25 by no more than the floor of 1",
		},
		{
			"the floor of a ratio is in ms",
			Gate{Metric: MetricLatencyP50, Arm: "b", Of: OfRatio, Max: at(1.2), Floor: 1},
			true, at(26.0 / 21), "ratio of latency_p50 of b to a <= 1.2", "1.238 is above the limit of 1.2 by no more than the floor of 1",
		},
		{
			"beyond the floor",
			Gate{Metric: MetricLatencyP50, Arm: "b", Of: OfRatio, Max: at(1.1), Floor: 1},
			false, at(26.0 / 21), "ratio of latency_p50 of b to a <= 1.1", "1.238 is above the limit of 1.1",
		},
		{
			"a margin from below",
			Gate{Metric: MetricThroughput, Arm: "b", Min: at(56), Margin: 0.05},
			true, at(54), "throughput of b >= 56", "54 is below the limit of 56 by no more than the margin of 5 %",
		},
		{
			"outcome",
			Gate{Metric: MetricOutcome, Outcome: "http_503", Arm: "b", Max: at(10)},
			false, at(60), "outcome http_503 of b <= 10", "60 is above the limit of 10",
		},
		{
			"outcome that never was",
			Gate{Metric: MetricOutcome, Outcome: "reset", Arm: "b", Max: at(0)},
			true, at(0), "outcome reset of b <= 0", "0 keeps the limit of 0",
		},
		{
			"outcome of an operation",
			Gate{Metric: MetricOutcome, Outcome: "ok", Arm: "b", Op: "GetItem", Min: at(300)},
			true, at(300), "outcome ok of GetItem in b >= 300", "300 keeps the limit of 300",
		},
		{
			"status",
			Gate{Metric: MetricHTTP, Status: 503, Arm: "b", Op: "GetFolder", Max: at(59)},
			false, at(60), "http 503 of GetFolder in b <= 59", "60 is above the limit of 59",
		},
		{
			"difference of counts",
			Gate{Metric: MetricHTTP, Status: 200, Arm: "b", Of: OfDifference, Min: at(-60)},
			true, at(-60), "difference of http 200 of b to a >= -60", "-60 keeps the limit of -60",
		},
		{
			"ratio over nothing",
			Gate{Metric: MetricErrorRate, Arm: "b", Of: OfRatio, Max: at(2)},
			false, nil, "ratio of error_rate of b to a <= 2", "error_rate of a is 0: there is no ratio to it",
		},
		{
			"the first arm to itself",
			Gate{Metric: MetricLatencyP50, Arm: "a", Of: OfRatio, Max: at(2)},
			false, nil, "ratio of latency_p50 of a to a <= 2", "a is the first arm: there is nothing to set it against",
		},
		{
			"of something else",
			Gate{Metric: MetricLatencyP50, Arm: "b", Of: "product", Max: at(2)},
			false, nil, "product of latency_p50 of b to a <= 2", `a gate cannot be of "product"`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := twoArms()
			run.Gates = []Gate{tt.gate}
			s := analysed(t, run, both(slowB(5*time.Millisecond), failB(10))).Summary
			require.Len(t, s.Gates, 1)
			g := s.Gates[0]
			assert.Equal(t, tt.passed, g.Passed)
			assert.Equal(t, tt.named, g.Name)
			assert.Equal(t, tt.reason, g.Reason)
			assert.Equal(t, tt.gate.Of, g.Of)
			if tt.observed == nil {
				assert.Nil(t, g.Observed)
				return
			}
			assert.InDelta(t, *tt.observed, *g.Observed, 1e-9)
		})
	}
}

// TestGateOfNoArm is a ratio in a run of one arm: there is nothing to measure.
func TestGateOfNoArm(t *testing.T) {
	t.Parallel()
	limit := 2.0
	run := twoArms()
	run.Arms = []Arm{{Name: "a", AskedRate: 120}, {Name: "a", AskedRate: 120}}
	samples := played(run, nil)
	run.Arms = run.Arms[:1]
	run.Gates = []Gate{{Metric: MetricLatencyP50, Of: OfRatio, Max: &limit}}
	a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	require.Len(t, a.Summary.Gates, 1)
	assert.Equal(t, VerdictFail, a.Summary.Verdict)
	assert.Equal(t, "ratio of latency_p50 of any arm to a <= 2", a.Summary.Gates[0].Name)
	assert.Equal(t, "there is no arm that it speaks of", a.Summary.Gates[0].Reason)
}
