package report

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/golden"
	"github.com/ewsbench/ewsbench/results"
)

// written runs a format that needs nothing more.
func written(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b))
	return b.String()
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

func TestGoldensOfSeveralRuns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"compare.txt", func(w io.Writer) error { return CompareText(w, exampleRuns()) }},
		{"compare.md", func(w io.Writer) error { return CompareMarkdown(w, exampleRuns()) }},
		{"compare.xml", func(w io.Writer) error { return CompareJUnit(w, exampleRuns()) }},
		{"incomparable.txt", func(w io.Writer) error { return CompareText(w, incomparable()) }},
		{"incomparable.xml", func(w io.Writer) error { return CompareJUnit(w, incomparable()) }},
		{"trend.txt", func(w io.Writer) error { return TrendText(w, exampleTrend(24)) }},
		{"trend.md", func(w io.Writer) error { return TrendMarkdown(w, exampleTrend(24)) }},
		{"trend-young.txt", func(w io.Writer) error { return TrendText(w, tooFewNights()) }},
		{"power.txt", func(w io.Writer) error { r := exampleRun([]string{"a", "b"}); return PowerText(w, &r, examplePowers()) }},
		{"power.md", func(w io.Writer) error {
			r := exampleRun([]string{"a", "b"})
			return PowerMarkdown(w, &r, examplePowers())
		}},
		{"struck.txt", func(w io.Writer) error { return formats[0].write(w, struck()) }},
		{"struck.md", func(w io.Writer) error { return Markdown(w, struck()) }},
		{"struck.xml", func(w io.Writer) error { return JUnit(w, struck()) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := written(t, tt.write)
			golden.Check(t, tt.name, []byte(out))
			assert.ErrorIs(t, tt.write(&shortDisk{}), errFull)
			assertFigures(t, tt.name, out)
			switch {
			case strings.HasSuffix(tt.name, ".txt"):
				assertFits(t, out)
			case strings.HasSuffix(tt.name, ".md"):
				assertTableWidths(t, out)
			}
		})
	}
}

func assertFits(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), textWidth, line)
	}
}

// TestSeveralRunsJSON: the JSON is the value itself, without the escapes that HTML needs.
func TestSeveralRunsJSON(t *testing.T) {
	t.Parallel()
	c := exampleRuns()
	c.Reason = "a < b"
	out := written(t, func(w io.Writer) error { return CompareJSON(w, c) })
	assert.Contains(t, out, `"reason": "a < b"`)
	var back results.RunComparison
	require.NoError(t, json.Unmarshal([]byte(out), &back))
	assert.Equal(t, *c, back)

	var trend results.Trend
	require.NoError(t, json.Unmarshal([]byte(written(t, func(w io.Writer) error { return TrendJSON(w, exampleTrend(24)) })), &trend))
	assert.Equal(t, *exampleTrend(24), trend)
	assert.Equal(t, "[]\n", written(t, func(w io.Writer) error { return PowerJSON(w, nil) }))
	assert.Contains(t, written(t, func(w io.Writer) error { return PowerJSON(w, examplePowers()) }), `"samples": 5200`)
}

// TestSeveralRunsWithHostileText puts text from outside where users can put it.
func TestSeveralRunsWithHostileText(t *testing.T) {
	t.Parallel()
	c, h := exampleRuns(), exampleTrend(24)
	c.Reason, c.Warnings, c.Moved = hostileText, []string{hostileText}, []string{hostileText}
	c.Base = results.RunRef{Name: hostileText, Commit: strings.Repeat("日本語", 9), Target: hostileText, Scenario: hostileText}
	c.New, c.Comparisons[0].Arm, c.Comparisons[9].Op = c.Base, hostileText, hostileText
	h.Reason, h.Warnings = hostileText, []string{hostileText}
	h.Series[1].Scenario, h.Series[1].Other, h.Series[1].Op, h.Series[1].FirstBad.Commit = hostileText, hostileText, hostileText, hostileText
	for _, write := range []func(io.Writer) error{
		func(w io.Writer) error { return CompareText(w, c) },
		func(w io.Writer) error { return CompareMarkdown(w, c) },
		func(w io.Writer) error { return TrendText(w, h) },
		func(w io.Writer) error { return TrendMarkdown(w, h) },
	} {
		out := written(t, write)
		assert.True(t, utf8.ValidString(out))
		assert.NotContains(t, out, "\x1b")
		if strings.HasPrefix(out, "## ") {
			assert.NotContains(t, out, "<script")
			assertTableWidths(t, out)
			continue
		}
		assertFits(t, out)
	}
	assertWellFormed(t, []byte(written(t, func(w io.Writer) error { return CompareJUnit(w, c) })))
	p, ok, err := TrendPlot(h)
	require.NoError(t, err)
	require.True(t, ok)
	assertWellFormed(t, p.SVG)
}

// TestSeveralRunsEmpty renders what has nothing in it.
func TestSeveralRunsEmpty(t *testing.T) {
	t.Parallel()
	run := &results.Run{}
	assert.Contains(t, written(t, func(w io.Writer) error { return CompareText(w, &results.RunComparison{}) }), "nothing was compared")
	assert.Contains(t, written(t, func(w io.Writer) error { return CompareMarkdown(w, &results.RunComparison{}) }), "nothing was compared")
	assert.Contains(t, written(t, func(w io.Writer) error { return TrendText(w, &results.Trend{}) }), "not enough nights yet")
	assert.Contains(t, written(t, func(w io.Writer) error { return TrendMarkdown(w, &results.Trend{}) }), "not enough nights yet")
	assert.Contains(t, written(t, func(w io.Writer) error { return PowerText(w, run, nil) }), "no comparison with an interval")
	assert.Contains(t, written(t, func(w io.Writer) error { return PowerMarkdown(w, run, nil) }), "no comparison with an interval")
	_, ok, err := TrendPlot(&results.Trend{})
	require.NoError(t, err)
	assert.False(t, ok)
}
