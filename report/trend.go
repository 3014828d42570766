package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// Nights of a bad series that are shown, the last ones.
const (
	textNights     = 10
	markdownNights = 60
)

// TrendText writes for a terminal what a history comes to: which night was the
// first bad one. It fits 100 columns. The error is w's.
func TrendText(w io.Writer, t *results.Trend) error {
	var b strings.Builder
	say(&b, trendLabel(t), orNone(trendReason(t)))
	for _, warning := range trendWarnings(t) {
		say(&b, "warning", warning)
	}
	shown := trendTable(t, seriesInText)
	for _, k := range append([]table{shown}, badTables(t, textNights)...) {
		if !k.empty() {
			fmt.Fprintf(&b, "\n%s\n%s", wrap(k.Caption, textWidth, "  "), fit(k).text())
		}
	}
	if left := len(t.Series) - len(shown.Rows); left > 0 {
		fmt.Fprintf(&b, "\n%s more ratios without a bad night are in the Markdown and the JSON\n", count(left))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// fit clips the first column, which holds names, until the table fits the text.
func fit(t table) table {
	over := t.width() - textWidth
	if over <= 0 {
		return t
	}
	return clipNames(t, max(t.widths()[0]-over, leastColumn), textWidth)
}

// TrendMarkdown writes the same for a CI job summary, with more nights. It stays
// under 1 MiB. The error is w's.
func TrendMarkdown(w io.Writer, t *results.Trend) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## ewsbench trend\n\n**%s %s:** %s.\n\n", trendBadge(t), markdown(trendLabel(t)), markdown(orNone(trendReason(t))))
	for _, warning := range trendWarnings(t) {
		fmt.Fprintf(&b, "- ⚠️ %s\n", markdown(warning))
	}
	b.WriteByte('\n')
	if k := trendTable(t, everySeries); !k.empty() {
		fmt.Fprintf(&b, "### %s\n\n%s", markdown(k.Caption), k.markdown())
	}
	for _, k := range badTables(t, markdownNights) {
		fmt.Fprintf(&b, "<details><summary>%s</summary>\n\n%s</details>\n\n", markdown(k.Caption), k.markdown())
	}
	_, err := io.WriteString(w, cutMarkdown(b.String()))
	return err
}

// trendLabel is the first word of a trend. That there are too few nights is no
// verdict, and no fault.
func trendLabel(t *results.Trend) string {
	if t.Verdict == results.VerdictInconclusive || t.Verdict == "" {
		return "not enough nights yet"
	}
	return oneLine(string(t.Verdict))
}

func trendBadge(t *results.Trend) string {
	if t.Verdict == "" {
		return verdictBadge(results.VerdictInconclusive)
	}
	return verdictBadge(t.Verdict)
}

func trendReason(t *results.Trend) string {
	reason := strings.TrimSuffix(oneLine(t.Reason), ".")
	return strings.TrimPrefix(reason, trendLabel(t)+": ")
}

func trendWarnings(t *results.Trend) []string {
	var said lines
	said.add(t.Warnings...)
	return said.all
}

// trendTable has a row for each series that is to be kept, the bad ones first.
func trendTable(t *results.Trend, keep func(results.Series) bool) table {
	name := seriesNames(t.Series)
	k := table{
		Caption: fmt.Sprintf("Ratios over %s %s", count(t.Nights), plural(t.Nights, "night", "nights")),
		Head:    []string{"series", "nights", "last", "median", "MAD", "first bad night", "verdict"},
		Note:    "Median and MAD (median absolute deviation, times 1.4826) are those of the good nights that the last one was held against.",
	}
	for _, s := range trendOrder(t.Series) {
		if !keep(s) {
			continue
		}
		row := []string{name(s), count(len(s.Nights)), none, none, none, none, oneLine(string(s.Verdict))}
		if n := len(s.Nights); n > 0 {
			row[2] = ratio(s.Nights[n-1].Ratio)
		}
		if s.Median > 0 {
			row[3], row[4] = ratio(s.Median), deviation(s.MAD)
		}
		if s.FirstBad != nil {
			row[5] = night(*s.FirstBad)
		}
		k.Rows = append(k.Rows, row)
	}
	return k
}

func everySeries(results.Series) bool { return true }

// seriesInText keeps what a terminal has room for, and each series that is bad.
func seriesInText(s results.Series) bool {
	return s.FirstBad != nil || inText(results.Comparison{Metric: s.Metric, Op: s.Op})
}

// deviation writes a MAD, which is small beside its ratio.
func deviation(v float64) string { return significant(v) }

// night names a night by its day and its commit.
func night(n results.NightPoint) string {
	text := n.Time.UTC().Format(time.DateOnly)
	if n.Commit != "" {
		text += " " + shortCommit(n.Commit)
	}
	return text
}

// seriesNames says how to name a series: what sets it apart first, its scenario
// and its plan only where there are several.
func seriesNames(all []results.Series) func(results.Series) string {
	plans := map[string]map[string]bool{} // by scenario
	for _, s := range all {
		if plans[s.Scenario] == nil {
			plans[s.Scenario] = map[string]bool{}
		}
		plans[s.Scenario][s.Plan] = true
	}
	return func(s results.Series) string {
		name := oneLine(s.Other) + ": " + rowName(results.Comparison{Metric: s.Metric, Op: s.Op})
		if len(plans) > 1 {
			name += " (" + oneLine(s.Scenario) + ")"
		}
		if len(plans[s.Scenario]) > 1 {
			name += " plan " + shortCommit(s.Plan)
		}
		return name
	}
}

// badTables list the last nights of each series that has a bad one.
func badTables(t *results.Trend, most int) []table {
	var tables []table
	name := seriesNames(t.Series)
	for _, s := range t.Series {
		if s.FirstBad == nil {
			continue
		}
		k := table{
			Caption: name(s) + ", night by night",
			Head:    []string{"night", "ratio", "95 % interval", "median before", "MAD", "result"},
		}
		for _, n := range s.Nights[max(len(s.Nights)-most, 0):] {
			k.Rows = append(k.Rows, nightRow(n))
		}
		tables = append(tables, k)
	}
	return tables
}

func nightRow(n results.NightPoint) []string {
	row := []string{night(n), ratio(n.Ratio), between(&n.Low, &n.High, ratio), none, none, none}
	if n.Median > 0 {
		row[3], row[4], row[5] = ratio(n.Median), deviation(n.MAD), "good"
	}
	if n.Bad {
		row[5] = "BAD"
	}
	return row
}
