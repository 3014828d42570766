package report

import (
	"io"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

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

func TestTrendShowsTheLastNightsOfBadSeries(t *testing.T) {
	t.Parallel()
	h := exampleTrend(200)
	text, md := badTables(h, textNights), badTables(h, markdownNights)
	require.Len(t, text, 1)
	require.Len(t, md, 1)
	assert.Len(t, text[0].Rows, textNights)
	assert.Len(t, md[0].Rows, markdownNights)
	assert.Equal(t, night(h.Series[1].Nights[199]), text[0].Rows[textNights-1][0], "the last night is there")
	assert.Empty(t, badTables(exampleTrend(15), textNights))
}

func TestTrendOrder(t *testing.T) {
	t.Parallel()
	h := exampleTrend(24)
	h.Series = slices.Concat([]results.Series{
		{Op: "*", Metric: results.MetricServiceP95}, {Op: "GetFolder", Metric: results.MetricLatencyP50},
	}, h.Series, []results.Series{{Op: "*", Metric: results.MetricLatencyP99}})
	var names []string
	for _, s := range trendOrder(h.Series) {
		names = append(names, s.Op+" "+s.Metric)
	}
	assert.Equal(t, []string{"GetItem latency_p50", "* latency_p50", "* latency_p99", "GetFolder latency_p50", "* service_p95"}, names)
}

func TestTrendLabels(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		verdict results.Verdict
		want    string
	}{{results.VerdictWorse, "worse"}, {results.VerdictSame, "same"}, {results.VerdictInconclusive, "not enough nights yet"}, {"", "not enough nights yet"}} {
		assert.Equal(t, tt.want, trendLabel(&results.Trend{Verdict: tt.verdict}))
	}
}

func TestSeriesNames(t *testing.T) {
	t.Parallel()
	series := func(scenario, plan, op string) results.Series {
		return results.Series{Scenario: scenario, Plan: plan, Other: "unanchored", Metric: results.MetricLatencyP50, Op: op}
	}
	tests := []struct {
		name string
		all  []results.Series
		want string
	}{
		{"one plan", []results.Series{series("a", "p", "GetItem")}, "unanchored: GetItem p50"},
		{"all operations", []results.Series{series("a", "p", "*")}, "unanchored: latency p50"},
		{"two scenarios", []results.Series{series("a", "p", "*"), series("b", "q", "*")}, "unanchored: latency p50 (a)"},
		{"two plans of one scenario", []results.Series{series("a", "0123456789", "*"), series("a", "q", "*")}, "unanchored: latency p50 plan 012345678"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, seriesNames(tt.all)(tt.all[0]))
		})
	}
}

// TestTrendTextLeavesOutGoodTails, and says how many.
func TestTrendTextLeavesOutGoodTails(t *testing.T) {
	t.Parallel()
	h := exampleTrend(24)
	for _, metric := range []string{results.MetricLatencyP90, results.MetricServiceP95} {
		good := h.Series[0]
		good.Metric = metric
		h.Series = append(h.Series, good)
	}
	h.Series[1].Metric = results.MetricServiceP50 // of GetItem, and bad
	text := written(t, func(w io.Writer) error { return TrendText(w, h) })
	assert.Contains(t, text, "unanchored: GetItem service p50")
	assert.NotContains(t, text, "latency p90")
	assert.Contains(t, text, "2 more ratios without a bad night")
	assert.Contains(t, written(t, func(w io.Writer) error { return TrendMarkdown(w, h) }), "latency p90")
}
