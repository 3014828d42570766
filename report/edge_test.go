package report

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/exampleruns"
	"github.com/ewsbench/ewsbench/results"
)

// notFigures are what must never be shown as one.
var notFigures = []string{"NaN", "Inf", "%!", "<nil>", "&lt;nil&gt;", "0xc0"}

func assertFigures(t *testing.T, where, out string) {
	t.Helper()
	for _, bad := range notFigures {
		if i := strings.Index(out, bad); i >= 0 {
			t.Errorf("%s shows %q: %s", where, bad, out[max(i-60, 0):min(i+60, len(out))])
		}
	}
}

// TestEdges renders analyses with something missing in every format: no panic,
// no error, no NaN, and the right first words.
func TestEdges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		analysis *results.Analysis
		first    string // how the text begins
		figures  int
	}{
		{"zero value", &results.Analysis{}, "invalid: these figures decide nothing", 0},
		{"invalid", invalid(), "invalid: the rate was not kept: unanchored started 41.2 of 60 requests/s\n", 4},
		{"no samples", noSamples(), "invalid: anchored has no ok sample", 0},
		{"one arm", example("anchored"), "valid: nothing was compared: the run has one arm, anchored\n", 2},
		{"zero ok samples in one arm", noneOK(), "invalid: unanchored has no ok sample", 2},
		{"quantiles refused", refused(), "valid: nothing was compared: too few samples\n", 1},
		{"interrupted", interrupted(), "interrupted: stopped after 12.4 s of 30 s\n", 4},
		{"killed", ended(results.EndCutOff), "incomplete: the run has no end", 4},
		{"four arms", example("anchored", "unanchored", "wrong", "service-account"), "valid: without X-AnchorMailbox the median call takes 3.1 times", 4},
		{"five arms", example("a", "b", "c", "d", "e"), "valid: without X-AnchorMailbox the median call takes 3.1 times", 4},
		{"identical values", identical(), "valid: without X-AnchorMailbox the median call takes as long: 1.00 times", 4},
		{"rate max", rateMax(), "valid: without X-AnchorMailbox", 4},
		{"no comparisons", noComparisons(), "valid: nothing was compared: too few samples\n", 2},
		{"not finite", notFinite(), "valid: ", 1},
		{"latencies of zero and below", notPositive(), "valid: ", 2},
		{"failed gates", failedGate(), "failed: 2 of 3 gates failed: latency_p50 of unanchored <= 30 (observed 66.3 ms); throughput of", 4},
		{"one point each", onePoint(), "valid: without", 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := render(t, formats[0].write, tt.analysis)
			assert.True(t, strings.HasPrefix(text, tt.first), text)
			assertSound(t, tt.analysis)
			assert.Len(t, figures(tt.analysis), tt.figures)
		})
	}
}

// assertSound checks every format of an analysis for what none may hold.
func assertSound(t *testing.T, a *results.Analysis) {
	t.Helper()
	for _, f := range formats {
		if f.name == "summary.json" {
			continue // figures that are not finite have no JSON, and come from no summary
		}
		out := render(t, f.write, a)
		assertFigures(t, f.name, out)
		if f.name == "report.md" {
			assertTableWidths(t, out)
		}
	}
	for _, f := range figures(a) {
		svg, err := f.svg(false)
		require.NoError(t, err)
		assertWellFormed(t, svg)
		assertFigures(t, f.Name, string(svg))
	}
}

func noSamples() *results.Analysis {
	a := example()
	a.Curves, a.Shifts, a.Timeline = nil, nil, results.Timeline{}
	a.Summary.Comparisons, a.Summary.Ops = nil, nil
	a.Summary.Valid, a.Summary.Verdict, a.Summary.Reason = false, results.VerdictInvalid, "anchored has no ok sample"
	for i := range a.Summary.Arms {
		a.Summary.Arms[i] = results.ArmSummary{Name: a.Summary.Arms[i].Name}
	}
	return a
}

func noneOK() *results.Analysis {
	a := example()
	a.Summary.Valid, a.Summary.Verdict, a.Summary.Reason = false, results.VerdictInvalid, "unanchored has no ok sample"
	a.Curves[1].Points, a.Shifts[0].Points, a.Timeline.Arms[1].Points = nil, nil, nil
	for i := range a.Timeline.Arms[1].Buckets {
		a.Timeline.Arms[1].Buckets[i].P50, a.Timeline.Arms[1].Buckets[i].P99 = nil, nil
	}
	a.Summary.Arms[1].Latency, a.Summary.Arms[1].Service = results.Quantiles{}, results.Quantiles{}
	a.Summary.Comparisons = nil
	return a
}

func refused() *results.Analysis {
	a := example()
	a.Curves, a.Shifts = nil, nil
	for i := range a.Summary.Arms {
		a.Summary.Arms[i].Latency, a.Summary.Arms[i].Service, a.Summary.Arms[i].Lag = results.Quantiles{}, results.Quantiles{}, results.Quantiles{}
	}
	for i := range a.Summary.Comparisons {
		c := &a.Summary.Comparisons[i]
		*c = results.Comparison{Base: c.Base, Other: c.Other, Metric: c.Metric, Op: c.Op, Verdict: results.VerdictInconclusive, Warnings: []string{"too few samples"}}
	}
	return a
}

func interrupted() *results.Analysis {
	a := ended(results.EndInterrupted)
	a.Summary.Reason = "stopped after 12.4 s of 30 s"
	return a
}

func ended(end results.End) *results.Analysis {
	a := example()
	a.Run.End, a.Summary.End, a.Run.Ended = end, end, time.Time{}
	a.Summary.Verdict, a.Summary.Reason = results.VerdictInconclusive, "the run has no end: it was killed"
	return a
}

func identical() *results.Analysis {
	a := example()
	for i := range a.Summary.Comparisons {
		c := &a.Summary.Comparisons[i]
		c.OtherValue, c.Ratio, c.CILow, c.CIHigh, c.P = c.BaseValue, new(1.0), new(1.0), new(1.0), new(1.0)
		c.DifferenceMS, c.Difference, c.Verdict = new(0.0), new(0.0), results.VerdictSame
	}
	for i := range a.Shifts[0].Points {
		a.Shifts[0].Points[i] = results.ShiftPoint{Q: a.Shifts[0].Points[i].Q}
	}
	for i := range a.Curves {
		for k := range a.Curves[i].Points {
			a.Curves[i].Points[k].MS = 20
		}
	}
	for i := range a.Timeline.Arms {
		arm := &a.Timeline.Arms[i]
		arm.Errors = nil
		for k := range arm.Points {
			arm.Points[k].MS = 20
		}
		for k := range arm.Buckets {
			arm.Buckets[k].P50, arm.Buckets[k].P99 = new(20.0), new(20.0)
		}
	}
	return a
}

func rateMax() *results.Analysis {
	a := example()
	a.Run.Rate = 0
	for i := range a.Summary.Arms {
		a.Summary.Arms[i].AskedRate, a.Run.Arms[i].AskedRate = 0, 0
		a.Summary.Arms[i].Lag = results.Quantiles{P50: new(0.0), P99: new(0.0), Max: new(0.0)}
	}
	return a
}

func noComparisons() *results.Analysis {
	a := example()
	a.Summary.Comparisons, a.Shifts = nil, nil
	return a
}

func notFinite() *results.Analysis {
	a := example()
	bad := []float64{math.NaN(), math.Inf(1), math.Inf(-1)}
	for i := range a.Summary.Arms {
		s := &a.Summary.Arms[i]
		s.AchievedRate, s.Throughput, s.ErrorRate = bad[0], bad[1], bad[2]
		s.ErrorRateCI = &results.Interval{Low: bad[0], High: bad[1]}
		s.Latency = results.Quantiles{P50: &bad[0], P90: &bad[1], P95: &bad[2], P99: &bad[0], Max: &bad[1]}
		s.Lag = s.Latency
		for k := range a.Curves[i].Points {
			a.Curves[i].Points[k].MS = bad[k%3]
		}
		for k := range a.Timeline.Arms[i].Points {
			a.Timeline.Arms[i].Points[k].MS = bad[k%3]
		}
	}
	for i := range a.Summary.Comparisons {
		c := &a.Summary.Comparisons[i]
		c.BaseValue, c.OtherValue, c.Ratio, c.CILow, c.CIHigh, c.P = &bad[0], &bad[1], &bad[i%3], &bad[1], &bad[2], &bad[0]
	}
	for i := range a.Shifts[0].Points {
		a.Shifts[0].Points[i].Low = bad[i%3]
	}
	a.Summary.Gates[0].Observed, a.Summary.Gates[0].Limit = &bad[0], bad[1]
	return a
}

func notPositive() *results.Analysis {
	a := example()
	for i := range a.Curves {
		for k := range a.Curves[i].Points {
			a.Curves[i].Points[k].MS = -float64(k % 2)
		}
		for k := range a.Timeline.Arms[i].Points {
			a.Timeline.Arms[i].Points[k].MS = -float64(k % 2)
		}
		for k := range a.Timeline.Arms[i].Buckets {
			a.Timeline.Arms[i].Buckets[k].P50 = new(0.0)
		}
		for k := range a.Timeline.Arms[i].Errors {
			a.Timeline.Arms[i].Errors[k].MS = 0
		}
	}
	for i := range a.Summary.Comparisons {
		a.Summary.Comparisons[i].CILow = new(0.0)
	}
	a.Shifts[0].Points = a.Shifts[0].Points[:1]
	return a
}

func onePoint() *results.Analysis {
	a := example()
	for i := range a.Curves {
		a.Curves[i].Points = a.Curves[i].Points[30:31]
		t := &a.Timeline.Arms[i]
		t.Points, t.Buckets, t.Errors = t.Points[:1], t.Buckets[:1], nil
	}
	a.Shifts[0].Points = a.Shifts[0].Points[49:50]
	a.Summary.Comparisons = a.Summary.Comparisons[:1]
	return a
}

// TestStoredRuns renders what results makes of real stores, of those that differ
// in what there is to show. Four arms and equal values are among the edges, where
// they need no resampling.
func TestStoredRuns(t *testing.T) {
	t.Parallel()
	for _, kind := range []exampleruns.Kind{
		exampleruns.Anchor, exampleruns.Overloaded, exampleruns.Short, exampleruns.Cutoff, exampleruns.OneArm,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			a, err := exampleruns.Analysis(t.TempDir(), kind)
			require.NoError(t, err)
			assertSound(t, a)
		})
	}
}
