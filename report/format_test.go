package report

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		got, want string
	}{
		{"ms, tiny", millis(0.000041), "0.000041 ms"},
		{"ms, below one", millis(0.6234), "0.62 ms"},
		{"ms, units", millis(4.208), "4.21 ms"},
		{"ms, rounds up to tens", millis(9.999), "10.0 ms"},
		{"ms, tens", millis(21.44), "21.4 ms"},
		{"ms, hundreds", millis(123.4), "123 ms"},
		{"ms, thousands", millis(9999), "9999 ms"},
		{"ms, seconds", millis(30_000), "30.0 s"},
		{"ms, zero", millis(0), "0 ms"},
		{"ms, negative", signedMillis(-4.2), "-4.20 ms"},
		{"ms, signed", signedMillis(4.2), "+4.20 ms"},
		{"ms, none", millis(math.NaN()), "-"},
		{"ms, signed none", signedMillis(math.Inf(1)), "-"},
		{"ratio", ratio(3.123), "3.12"},
		{"ratio, tens", ratio(12.34), "12.3"},
		{"ratio, hundreds", ratio(234.5), "234"},
		{"ratio, none", ratio(math.Inf(1)), "-"},
		{"percent", percent(0.0194), "1.94 %"},
		{"percent, small", percent(0.00042), "0.042 %"},
		{"percent, one in a thousand", percent(0.001), "0.10 %"},
		{"percent, large", percent(0.5), "50.0 %"},
		{"percent, all", percent(1), "100 %"},
		{"percent, none of them", percent(0), "0 %"},
		{"percent, none", percent(math.NaN()), "-"},
		{"rate", perSecond(60), "60/s"},
		{"rate, fraction", perSecond(59.96), "60/s"},
		{"rate, slow", perSecond(0.5), "0.5/s"},
		{"rate, fast", perSecond(41234.5), "41234/s"},
		{"rate, none", perSecond(math.NaN()), "-"},
		{"p", pvalue(0.0123), "0.0123"},
		{"p, small", pvalue(0.00001), "< 0.0001"},
		{"p, none", pvalue(math.NaN()), "-"},
		{"count", count(1234567), "1,234,567"},
		{"count, three digits", count(123), "123"},
		{"count, negative", count(-1234), "-1,234"},
		{"count, negative, three digits", count(-123), "-123"},
		{"bytes", bytesText(999), "999 B"},
		{"kibibytes", bytesText(2048), "2.00 KiB"},
		{"mebibytes", bytesText(3 << 20), "3.00 MiB"},
		{"span", span(1500 * time.Millisecond), "1.5s"},
		{"span, short", span(1234567 * time.Nanosecond), "1ms"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.got)
		})
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a b c", oneLine(" a\r\n\tb\u2028c\x00 "))
	assert.Equal(t, "\uFFFD", oneLine("\xff"))
}

// FuzzEscapes puts any text through the escapes: one line, one cell, no markup.
func FuzzEscapes(f *testing.F) {
	for _, seed := range []string{hostileText, "", "|", "\\|", "a_b*c", "&lt;", "`", "日本語", "\u202e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		md := markdown(s)
		require.True(t, utf8.ValidString(md))
		require.NotContains(t, md, "\n")
		require.NotContains(t, md, "<")
		bare := strings.ReplaceAll(md, `\\`, "")
		require.Equal(t, strings.Count(bare, "|"), strings.Count(bare, `\|`), md)
		for line := range strings.SplitSeq(wrap(s, textWidth, "  "), "\n") {
			require.LessOrEqual(t, utf8.RuneCountInString(line), textWidth)
		}
		require.LessOrEqual(t, utf8.RuneCountInString(clip(s, 5)), max(5, 0))
	})
}

func TestBars(t *testing.T) {
	t.Parallel()
	assert.Equal(t, strings.Repeat("█", 30), bar(1))
	assert.Equal(t, strings.Repeat("█", 30), bar(2))
	assert.Equal(t, strings.Repeat("█", 15), bar(0.5))
	assert.Equal(t, "▏", bar(0))
	assert.Equal(t, "▌", bar(4.0/240))
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	change := func(f func(a *results.Analysis)) *results.Analysis {
		a := example()
		f(a)
		return a
	}
	tests := []struct {
		name, want string
		analysis   *results.Analysis
	}{
		{"worse", "without X-AnchorMailbox the median call takes 3.1 times as long (95 % interval 2.9 to 3.3): 21.4 ms -> 66.3 ms", example()},
		{"better", "without X-AnchorMailbox the median call takes 0.50 times as long (95 % interval 0.45 to 0.55): 40.0 ms -> 20.0 ms", change(func(a *results.Analysis) {
			a.Summary.Comparisons = []results.Comparison{exampleComparison("anchored", "unanchored", "latency_p50", "*", 40, 20, 0.1)}
		})},
		{"same", "without X-AnchorMailbox the median call takes as long: 1.00 times, 95 % interval 0.99 to 1.01: 20.0 ms -> 20.0 ms", change(func(a *results.Analysis) {
			a.Summary.Comparisons = []results.Comparison{exampleComparison("anchored", "unanchored", "latency_p50", "*", 20, 20, 0.01)}
			a.Summary.Comparisons[0].Verdict = results.VerdictSame
		})},
		{"inconclusive", "without X-AnchorMailbox it cannot be told whether the median call takes longer: 1.05 times as long, but the 95 % interval is 0.94 to 1.16: 20.0 ms -> 21.0 ms", change(func(a *results.Analysis) {
			a.Summary.Comparisons = []results.Comparison{exampleComparison("anchored", "unanchored", "latency_p50", "*", 20, 21, 0.1)}
		})},
		{"another primary metric", "without X-AnchorMailbox the call at p95 of latency takes 3.4 times as long (95 % interval 2.9 to 4.0): 55.5 ms -> 191 ms", change(func(a *results.Analysis) {
			a.Summary.Primary = results.MetricLatencyP95
		})},
		{"service time", "without X-AnchorMailbox the median service takes 3.1 times as long (95 % interval 2.9 to 3.3): 21.4 ms -> 66.3 ms", change(func(a *results.Analysis) {
			a.Summary.Primary = results.MetricServiceP50
		})},
		{"error rate", "without X-AnchorMailbox the error rate changes by +1.94 pt (95 % interval 1.37 to 2.69): 0 % -> 1.94 %", change(func(a *results.Analysis) {
			a.Summary.Primary = results.MetricErrorRate
		})},
		{"throughput", "without X-AnchorMailbox the throughput is 0.98 times as high (95 % interval ", change(func(a *results.Analysis) {
			a.Summary.Primary = results.MetricThroughput
			a.Summary.Comparisons = []results.Comparison{exampleComparison("anchored", "unanchored", "throughput", "*", 60, 58.8, 0.01)}
		})},
		{"no interval", "without X-AnchorMailbox the median call goes 21.4 ms -> 66.3 ms, without an interval", change(func(a *results.Analysis) {
			a.Summary.Comparisons[0].CILow = nil
		})},
		{"wrong anchor", "with X-AnchorMailbox naming another mailbox the median call takes 3.1 times", change(func(a *results.Analysis) {
			a.Run.Arms[1].Anchor = "wrong"
		})},
		{"two targets", "in unanchored, compared with anchored, the median call takes 3.1 times", change(func(a *results.Analysis) {
			a.Run.Arms[1].Anchor = "correct"
		})},
		{"base without anchor", "in unanchored, compared with anchored, the median call takes 3.1 times", change(func(a *results.Analysis) {
			a.Run.Arms[0].Anchor = "missing"
		})},
		{"a reason repeats the label", "stopped by Ctrl-C after 17 s", change(func(a *results.Analysis) {
			a.Summary.End, a.Summary.Verdict = results.EndInterrupted, results.VerdictInconclusive
			a.Summary.Reason = "the run ended early: interrupted: stopped by Ctrl-C after 17 s"
		})},
		{"a reason ends in a full stop", "it broke", change(func(a *results.Analysis) {
			a.Summary.Valid, a.Summary.Reason = false, "it broke."
		})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.True(t, strings.HasPrefix(verdict(tt.analysis), tt.want), verdict(tt.analysis))
		})
	}
}

// TestInvalidRunIsNotQuoted: what an invalid run measured is marked, gets no
// large numbers, and its gates are not judged.
func TestInvalidRunIsNotQuoted(t *testing.T) {
	t.Parallel()
	a := invalid()
	text := render(t, formats[0].write, a)
	assert.Contains(t, text, "measured all the same: without X-AnchorMailbox")
	assert.Contains(t, text, "gates: 1 not judged")
	assert.NotContains(t, text, "passed")
	page := render(t, HTML, a)
	assert.NotContains(t, page, `class="card"`)
	assert.NotContains(t, page, "passed")
}

func TestMockIsNamed(t *testing.T) {
	t.Parallel()
	a := example()
	assert.Contains(t, render(t, Markdown, a), "mock's own figures")
	for i := range a.Run.Arms {
		a.Run.Arms[i].Target = "https://mail.example.org/EWS/Exchange.asmx"
		a.Summary.Arms[i].Target = a.Run.Arms[i].Target
	}
	for _, f := range formats {
		assert.NotContains(t, render(t, f.write, a), "mock", f.name)
	}
}

func TestTextSaysWhereTheReportLies(t *testing.T) {
	t.Parallel()
	var with, without strings.Builder
	require.NoError(t, Text(&with, example(), TextOptions{Folder: "out"}))
	require.NoError(t, Text(&without, example(), TextOptions{}))
	assert.True(t, strings.HasSuffix(with.String(), "\nreport: out/report.html\n"))
	assert.Equal(t, strings.TrimSuffix(with.String(), "report: out/report.html\n"), without.String())
}

// TestWarningsAreSaidOnce: what the verdict says is no warning, and warnings of
// single operations stand below their table.
func TestWarningsAreSaidOnce(t *testing.T) {
	t.Parallel()
	a := invalid()
	a.Summary.Warnings = []string{a.Summary.Reason, "one", "one"}
	a.Run.Warnings = []string{"one", "two"}
	a.Summary.Comparisons[0].Warnings = []string{"two", "three"}
	last := &a.Summary.Comparisons[len(a.Summary.Comparisons)-1]
	last.Warnings = []string{"four"}
	assert.Equal(t, []string{"one", "two", "three"}, warnings(a))
	assert.Equal(t, last.Op+": four.", operationTables(a)[0].Note)
}

// TestTextIsBrief keeps the text of a usual run on one screen, and what it leaves
// out in the other formats.
func TestTextIsBrief(t *testing.T) {
	t.Parallel()
	text := render(t, formats[0].write, example())
	assert.LessOrEqual(t, strings.Count(text, "\n"), 45)
	page, md := render(t, HTML, example()), render(t, Markdown, example())
	for _, kept := range []string{"latency p50", "latency p95", "latency p99", "error rate", "throughput", "GetItem", "HTTP 503", "lag p99"} {
		assert.Contains(t, text, kept)
	}
	for _, left := range []string{"latency p90", "service p50", "GetItem p99", "received", "lag max", "samples in the warm-up"} {
		assert.NotContains(t, text, left)
		assert.Contains(t, md, left)
		assert.Contains(t, page, left)
	}
}

func TestHeadline(t *testing.T) {
	t.Parallel()
	a := example()
	assert.Equal(t, "Without it: 21.4\u00a0ms\u00a0→\u00a066.3\u00a0ms", headline(a, "without it: 21.4 ms -> 66.3 ms"))
	assert.Equal(t, "anchored kept 70\u00a0%", headline(a, "anchored kept 70 %"), "the name of an arm keeps its case")
	assert.Empty(t, headline(a, ""))
}
