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
	for _, assign := range []string{"request", "mailbox", "switchback", "by moonlight"} {
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
	a := example()
	a.Run.Assign = ""
	assert.True(t, seen[assignment(&a.Run).how], "a run that does not say was assigned by request")
}
