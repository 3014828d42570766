package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// CompareText writes for a terminal what a run came to beside an earlier one. It
// fits 100 columns. The error is w's.
func CompareText(w io.Writer, c *results.RunComparison) error {
	var b strings.Builder
	say(&b, string(c.Verdict), compareReason(c))
	for _, p := range comparePoints(c) {
		say(&b, p.what, p.words)
	}
	for _, t := range runTables(c, func(k results.Comparison) bool { return inText(k) || k.Metric == c.Primary }) {
		fmt.Fprintf(&b, "\n%s\n%s", t.Caption, narrow(t).text())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// CompareMarkdown writes the comparison for a CI job summary. It stays under
// 1 MiB. The error is w's.
func CompareMarkdown(w io.Writer, c *results.RunComparison) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## ewsbench compare: %s\n\n", markdown(orNone(oneLine(c.New.Scenario))))
	fmt.Fprintf(&b, "**%s %s:** %s.\n\n", verdictBadge(c.Verdict), markdown(string(c.Verdict)), markdown(compareReason(c)))
	for _, p := range comparePoints(c) {
		fmt.Fprintf(&b, "- %s: %s\n", p.what, markdown(p.words))
	}
	b.WriteByte('\n')
	for _, t := range runTables(c, overall) {
		fmt.Fprintf(&b, "### %s\n\n%s", markdown(t.Caption), t.markdown())
	}
	for _, t := range runTables(c, func(k results.Comparison) bool { return !overall(k) }) {
		fmt.Fprintf(&b, "<details><summary>%s, by operation</summary>\n\n%s</details>\n\n", markdown(t.Caption), t.markdown())
	}
	_, err := io.WriteString(w, cutMarkdown(b.String()))
	return err
}

func verdictBadge(v results.Verdict) string {
	switch v {
	case results.VerdictBetter, results.VerdictSame:
		return "✅"
	case results.VerdictWorse:
		return "❌"
	default:
		return "⚠️"
	}
}

// compareReason is why the verdict is what it is.
func compareReason(c *results.RunComparison) string {
	reason := strings.TrimSuffix(oneLine(c.Reason), ".")
	reason = strings.TrimPrefix(reason, string(c.Verdict)+": ")
	if reason == "" {
		return "nothing was compared"
	}
	return reason
}

// comparePoints are what belongs to the verdict, each warning once.
func comparePoints(c *results.RunComparison) []remark {
	var all []remark
	if len(c.Moved) > 0 {
		all = append(all, remark{"moved", oneLine(strings.Join(c.Moved, ", "))})
	}
	all = append(all, remark{"base", runRef(c.Base)}, remark{"new", runRef(c.New)})
	var notes lines
	notes.add(c.Warnings...)
	for _, k := range c.Comparisons {
		notes.add(k.Warnings...)
	}
	for _, w := range notes.all {
		all = append(all, remark{"warning", w})
	}
	return all
}

// runRef says which run it was.
func runRef(r results.RunRef) string {
	parts := []string{orNone(oneLine(r.Name))}
	if r.Commit != "" {
		parts = append(parts, "commit "+shortCommit(r.Commit))
	}
	if !r.Started.IsZero() {
		parts = append(parts, r.Started.UTC().Format("2006-01-02 15:04 UTC"))
	}
	if r.Target != "" {
		parts = append(parts, oneLine(r.Target))
	}
	return strings.Join(append(parts, count(r.Samples)+" samples", "verdict "+orNone(oneLine(string(r.Verdict)))), ", ")
}

// shortCommit is as much of a commit's name as people read.
func shortCommit(commit string) string {
	runes := []rune(oneLine(commit))
	return string(runes[:min(len(runes), 9)])
}

// runTables has one table for each arm, of the comparisons that are to be kept.
func runTables(c *results.RunComparison, keep func(results.Comparison) bool) []table {
	var tables []table
	places := map[string]int{}
	for _, k := range c.Comparisons {
		if !keep(k) {
			continue
		}
		i, ok := places[k.Arm]
		if !ok {
			i = len(tables)
			places[k.Arm] = i
			tables = append(tables, table{
				Caption: orNone(oneLine(k.Arm)) + ", new against base",
				Head:    []string{"metric", "base", "new", "effect", "95 % interval", "p", "verdict"},
			})
		}
		row := comparisonRow(k)
		if k.PHolm != nil {
			row[5] = value(k.PHolm, pvalue)
			tables[i].Note = "p is adjusted for the number of comparisons where there are several (Holm)."
		}
		tables[i].Rows = append(tables[i].Rows, row)
	}
	return tables
}
