package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
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

// TestCompareJUnitCounts: a file without failures goes with exit code 0, and with no other.
func TestCompareJUnitCounts(t *testing.T) {
	t.Parallel()
	same := exampleRuns()
	same.Verdict, same.ExitCode, same.Moved = results.VerdictSame, 0, nil
	for i := range same.Comparisons {
		same.Comparisons[i].Verdict = results.VerdictSame
	}
	chance := exampleRuns()
	chance.Verdict, chance.ExitCode, chance.Moved = results.VerdictSame, 0, nil
	tests := []struct {
		name                     string
		comparison               *results.RunComparison
		tests, failures, skipped int
	}{
		{"same", same, 9, 0, 0},
		{"one operation is worse in both arms", exampleRuns(), 9, 2, 0},
		{"worse, but not once adjusted", chance, 9, 0, 2},
		{"incomparable", incomparable(), 1, 1, 0},
		{"inconclusive", undecided(), 9, 1, 8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var all junitSuites
			out := written(t, func(w io.Writer) error { return CompareJUnit(w, tt.comparison) })
			require.NoError(t, xml.Unmarshal([]byte(out), &all))
			s := all.Suites[0]
			assert.Equal(t, []int{tt.tests, tt.failures, tt.skipped}, []int{s.Tests, s.Failures, s.Skipped})
			assert.Equal(t, tt.comparison.ExitCode != 0, s.Failures > 0)
		})
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
