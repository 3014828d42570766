package results

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results/stat"
)

// late makes every start fall behind by a share of its due time.
func late(share float64) func(*Sample) {
	return func(s *Sample) {
		behind := time.Duration(share * float64(s.Due))
		s.Start, s.End = s.Start+behind, s.End+behind
	}
}

func TestValidity(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		run    func(*Run)
		change func(*Sample)
		want   string // "" is valid
	}{
		{"as asked", nil, nil, ""},
		{"three percent behind at the end", nil, late(0.0005), ""},
		{
			"a rate that is not kept", nil, late(0.5),
			"the run is invalid: a kept 38.7 of the asked 60.0 requests/s (64.5 %, at least 95 % are needed); b kept 38.7 of the asked 60.0 requests/s (64.5 %, at least 95 % are needed)",
		},
		{"as fast as possible has no rate to keep", unpaced, late(0.5), ""},
		{
			"sent late", nil, func(s *Sample) {
				if s.Arm == "b" && s.Call%20 == 0 {
					s.Start, s.End = s.Start+200*time.Millisecond, s.End+200*time.Millisecond
				}
			},
			"the run is invalid: b was sent late: its lag has a p99 of 201 ms, more than 100 ms",
		},
		{
			"not one ok", nil, failB(1),
			"the run is invalid: b has not one ok sample among 600",
		},
		{
			"most withheld", nil, func(s *Sample) {
				if s.Arm == "a" && s.Call%3 != 0 {
					s.Class, s.Code, s.Start, s.End = ClassWithheld, CodeWithheld, s.Due, s.Due
				}
			},
			"the run is invalid: a kept 20.0 of the asked 60.0 requests/s (33.3 %, at least 95 % are needed) with 400 withheld because the server asked for back-off",
		},
		{"nothing but warm-up", nil, func(s *Sample) { s.Phase = PhaseWarmup }, "the run is invalid: a has not one ok sample among 0; b has not one ok sample among 0"},
		{
			"pairs torn apart", func(r *Run) { r.Arms[0].AskedRate, r.Arms[1].AskedRate = 90, 30 }, func(s *Sample) {
				if s.Call%2 == 0 {
					s.Arm = "a"
				}
			},
			"the run is invalid: the arms were not given equally many requests (a 900, b 300), which chance does not explain",
		},
		{"arms at their own pace get as far as they get", func(r *Run) { unpaced(r); r.Assign = AssignPace }, func(s *Sample) {
			if s.Call%2 == 0 {
				s.Arm = "a"
			}
		}, ""},
		{"random arrivals are held to their own due times", poisson, shaken, ""},
		{"random arrivals that fall behind", poisson, func(s *Sample) { shaken(s); late(0.5)(s) }, "of the asked"},
		{"an error is no reason", nil, failB(2), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := twoArms()
			if tt.run != nil {
				tt.run(&run)
			}
			s := analysed(t, run, tt.change).Summary
			assert.Equal(t, tt.want == "", s.Valid, s.Reason)
			assert.Contains(t, s.Reason, tt.want)
			if !s.Valid {
				assert.Equal(t, VerdictInvalid, s.Verdict)
				assert.Equal(t, 4, s.ExitCode)
			}
		})
	}
}

// TestNothingDueIsSaid: where nothing is due, latencies are not what they are
// elsewhere.
func TestNothingDueIsSaid(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		run  func(*Run)
		want string
	}{
		{"open", func(*Run) {}, ""},
		{"as fast as possible", func(r *Run) { unpaced(r); r.MaxWorkers = 8 }, "nothing is due with rate max: latency counts from the start"},
		{"closed", func(r *Run) { unpaced(r); r.Assign, r.MaxWorkers = AssignPace, 8 }, "a closed model: in each arm 4 workers wait for their answers"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := twoArms()
			tt.run(&run)
			said := strings.Join(analysed(t, run, nil).Summary.Warnings, "\n")
			assert.Contains(t, said, tt.want)
			assert.Equal(t, tt.want != "", strings.Contains(said, "due"), said)
		})
	}
}

func unpaced(r *Run) { r.Rate, r.Arms[0].AskedRate, r.Arms[1].AskedRate = 0, 0, 0 }

// poisson asks for 7 % more than comes: what chance may do to a short run.
func poisson(r *Run) {
	r.Arrival, r.Arms[0].AskedRate, r.Arms[1].AskedRate = "poisson", 64.5, 64.5
}

func shaken(s *Sample) {
	by := time.Duration(rand.New(rand.NewPCG(3, s.Seq)).Int64N(int64(30 * time.Millisecond)))
	s.Due, s.Start, s.End = s.Due+by, s.Start+by, s.End+by
}

// TestHandfulKeepsItsRate holds that shuffled pairs are no shortfall in a run of
// a few samples.
func TestHandfulKeepsItsRate(t *testing.T) {
	t.Parallel()
	samples := played(twoArms(), nil)[120:130]
	samples[0].Arm, samples[1].Arm = "b", "a"
	s, err := summarize(stored(t, twoArms(), samples), testDraws, exactSamples)
	require.NoError(t, err)
	assert.True(t, s.Summary.Valid, s.Summary.Reason)
}

func TestLagWarning(t *testing.T) {
	t.Parallel()
	s := analysed(t, twoArms(), func(s *Sample) {
		if s.Arm == "b" {
			s.Start, s.End = s.Start+4*time.Millisecond, s.End+4*time.Millisecond
		}
	}).Summary
	assert.Contains(t, s.Warnings, "the lag of b has a p99 of 5.00 ms, more than 10 % of its median latency of 25.00 ms")
	assert.Len(t, s.Warnings, 2, "the other arm's is small, and one is of p99")
	run := twoArms()
	unpaced(&run)
	assert.Len(t, analysed(t, run, nil).Summary.Warnings, 1, "no due time, no lag")
}

func TestConclusion(t *testing.T) {
	t.Parallel()
	passed, failed := []GateResult{{Passed: true}}, []GateResult{{Passed: true}, {}}
	tests := []struct {
		name    string
		reason  string
		gates   []GateResult
		run     Run
		verdict Verdict
		exit    int
		says    string
	}{
		{"good", "", passed, Run{End: EndComplete}, VerdictPass, 0, ""},
		{"no gates", "", nil, Run{End: EndComplete}, VerdictPass, 0, ""},
		{"gate failed", "", failed, Run{End: EndComplete}, VerdictFail, 3, ""},
		{"validity before gates", "late", failed, Run{End: EndComplete}, VerdictInvalid, 4, "late"},
		{"interrupted", "", passed, Run{End: EndInterrupted}, VerdictInconclusive, 130, "the run ended early: interrupted"},
		{"interrupted and invalid", "late", nil, Run{End: EndInterrupted}, VerdictInvalid, 130, "late"},
		{"failed", "", nil, Run{End: EndFailed, Reason: "disk full"}, VerdictInconclusive, 1, "the run ended early: failed: disk full"},
		{"killed", "", nil, Run{}, VerdictInconclusive, 1, "the run was cut off: it has no end, and its last second may be missing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := Summary{Gates: tt.gates}
			s.conclude("", tt.reason, tt.run)
			assert.Equal(t, tt.verdict, s.Verdict)
			assert.Equal(t, tt.exit, s.ExitCode)
			assert.Equal(t, tt.says, s.Reason)
		})
	}
}

func TestGates(t *testing.T) {
	t.Parallel()
	at := func(v float64) *float64 { return &v }
	tests := []struct {
		name string
		gate Gate
		want []GateResult
	}{
		{
			"held",
			Gate{Metric: MetricErrorRate, Arm: "a", Max: at(0.01)},
			[]GateResult{{"error_rate of a <= 0.01", MetricErrorRate, "a", "*", true, at(0), 0.01, "max", "", "0 keeps the limit of 0.01"}},
		},
		{
			"of an operation, both bounds",
			Gate{Metric: MetricLatencyP50, Arm: "b", Op: "GetItem", Min: at(22), Max: at(30)},
			[]GateResult{
				{"latency_p50 of GetItem in b >= 22", MetricLatencyP50, "b", "GetItem", false, at(21), 22, "min", "", "21 is below the limit of 22"},
				{"latency_p50 of GetItem in b <= 30", MetricLatencyP50, "b", "GetItem", true, at(21), 30, "max", "", "21 keeps the limit of 30"},
			},
		},
		{
			"of every arm",
			Gate{Metric: MetricThroughput, Op: "*", Min: at(55)},
			[]GateResult{
				{"throughput of a >= 55", MetricThroughput, "a", "*", true, at(60), 55, "min", "", "60 keeps the limit of 55"},
				{"throughput of b >= 55", MetricThroughput, "b", "*", false, at(54), 55, "min", "", "54 is below the limit of 55"},
			},
		},
		{
			"too few samples",
			Gate{Metric: MetricServiceP99, Arm: "a", Op: "GetItem", Max: at(1e9)},
			[]GateResult{{"service_p99 of GetItem in a <= 1e+09", MetricServiceP99, "a", "GetItem", false, nil, 1e9, "max", "", "the 300 samples of a are too few for service_p99"}},
		},
		{
			"an arm that is not there",
			Gate{Metric: MetricErrorRate, Arm: "c", Max: at(1)},
			[]GateResult{{"error_rate of c <= 1", MetricErrorRate, "c", "*", false, nil, 1, "max", "", "c sent nothing of it, and nothing measured is never a pass"}},
		},
		{
			"an operation that was not sent",
			Gate{Metric: MetricErrorRate, Arm: "a", Op: "FindItem", Max: at(1)},
			[]GateResult{{"error_rate of FindItem in a <= 1", MetricErrorRate, "a", "FindItem", false, nil, 1, "max", "", "a sent nothing of it, and nothing measured is never a pass"}},
		},
		{
			"no such metric",
			Gate{Metric: "latency_p12", Arm: "a", Max: at(1)},
			[]GateResult{{"latency_p12 of a <= 1", "latency_p12", "a", "*", false, nil, 1, "max", "", "there is no metric latency_p12"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := twoArms()
			run.Gates = []Gate{tt.gate}
			s := analysed(t, run, failB(10)).Summary
			assert.Equal(t, tt.want, s.Gates)
			for _, g := range tt.want {
				if !g.Passed {
					assert.Equal(t, VerdictFail, s.Verdict)
				}
			}
		})
	}
}

func TestMargins(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	effect := func(ratioLow, ratioHigh, low, high float64) stat.Effect {
		return stat.Effect{RatioLow: ratioLow, RatioHigh: ratioHigh, DifferenceLow: low, DifferenceHigh: high}
	}
	tests := []struct {
		name   string
		margin margin
		effect stat.Effect
		want   Verdict
	}{
		{"above both", timingMargin(), effect(1.06, 1.2, 1.1, 3), VerdictWorse},
		{"above the share alone", timingMargin(), effect(1.5, 2, 0.1, 0.2), VerdictSame},
		{"above the amount alone", timingMargin(), effect(1.01, 1.02, 10, 20), VerdictSame},
		{"over the share", timingMargin(), effect(1.04, 1.2, 5, 30), VerdictInconclusive},
		{"over the amount", timingMargin(), effect(1.1, 1.5, 0.5, 2), VerdictInconclusive},
		{"below both", timingMargin(), effect(0.5, 0.9, -30, -5), VerdictBetter},
		{"below the amount alone", timingMargin(), effect(0.96, 0.98, -30, -5), VerdictSame},
		{"over both sides", timingMargin(), effect(0.5, 2, -30, 30), VerdictInconclusive},
		{"exactly nothing", timingMargin(), effect(1, 1, 0, 0), VerdictSame},
		{"on the margin", timingMargin(), effect(1.05, 1.05, 1, 1), VerdictSame},
		{"no interval", timingMargin(), effect(nan, nan, nan, nan), VerdictInconclusive},
		{"base of zero, slower", timingMargin(), effect(nan, nan, 2, 3), VerdictWorse},
		{"base of zero, a little", timingMargin(), effect(nan, nan, 0, 0.5), VerdictSame},
		{"more errors", errorMargin(), effect(nan, nan, 0.006, 0.02), VerdictWorse},
		{"fewer errors", errorMargin(), effect(0.1, 0.5, -0.03, -0.01), VerdictBetter},
		{"half a point of errors", errorMargin(), effect(nan, nan, -0.002, 0.004), VerdictSame},
		{"perhaps more errors", errorMargin(), effect(nan, nan, 0.001, 0.02), VerdictInconclusive},
		{"more throughput", throughputMargin(), effect(1.1, 1.2, 5, 6), VerdictBetter},
		{"less throughput", throughputMargin(), effect(0.8, 0.9, -6, -5), VerdictWorse},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.margin.judge(tt.effect))
		})
	}
}
