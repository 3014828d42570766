package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// ConformJSON writes what a suite of clauses has found out.
func ConformJSON(w io.Writer, c *results.Conformity) error { return writeJSON(w, "findings", c) }

// ConformText writes what a suite of clauses has found out, for a terminal: whatever did not pass, why clauses were skipped, and the tally. It
// fits 100 columns. The error is w's.
func ConformText(w io.Writer, c *results.Conformity) error {
	var b strings.Builder
	say(&b, c.Verdict(), conformSentence(c))
	for _, p := range c.Problems {
		say(&b, "problem", oneLine(p))
	}
	for _, f := range c.Findings {
		if f.Status != results.Pass && f.Status != results.Skip {
			conformFinding(&b, f)
		}
	}
	skipped(&b, c)
	b.WriteByte('\n')
	b.WriteString(tallies(c).text() + "\n")
	say(&b, c.Scope, conformTarget(c))
	_, err := io.WriteString(w, b.String())
	return err
}

// conformSentence says what decided.
func conformSentence(c *results.Conformity) string {
	must, all := c.Count(results.Must), c.Count("")
	n := all.Judged()
	switch {
	case must[results.Fail] > 0:
		return fmt.Sprintf("%d of %d MUST clauses violated", must[results.Fail], must.Judged())
	case len(c.Problems) > 0:
		return "the list of known failures is not true any more"
	case must[results.Errored] > 0:
		return fmt.Sprintf("%d MUST %s could not be judged", must[results.Errored], plural(must[results.Errored], "clause", "clauses"))
	case n == 0:
		return "no clause was judged"
	case all[results.Fail] > 0:
		return fmt.Sprintf("all %d MUST clauses that were judged hold; %d of less binding ones %s not", must.Judged(), all[results.Fail],
			plural(all[results.Fail], "does", "do"))
	}
	return fmt.Sprintf("all %d %s that %s judged hold", n, plural(n, "clause", "clauses"), plural(n, "was", "were"))
}

// conformTarget says what was judged.
func conformTarget(c *results.Conformity) string {
	words := []string{oneLine(c.Target)}
	if c.Product != "" {
		words = append(words, oneLine(c.Product+" "+c.Version))
	}
	return strings.Join(append(words, "in "+millis(c.Elapsed)), ", ")
}

// conformFinding writes a finding that is no pass.
func conformFinding(b *strings.Builder, f results.Finding) {
	fmt.Fprintf(b, "\n%-6s %s (%s)\n", f.Status, f.Clause, f.Level)
	for _, line := range conformLines(f) {
		b.WriteString("  " + wrap(line, textWidth-2, "    ") + "\n")
	}
}

// conformLines are what there is to say of a finding.
func conformLines(f results.Finding) (lines []string) {
	add := func(what, words string) {
		if words != "" {
			lines = append(lines, what+": "+oneLine(words))
		}
	}
	add("rule", f.Rule)
	add("source", f.Source)
	add("expected", f.Expected)
	add("got", f.Actual)
	add("reason", f.Reason)
	add("advice", f.Advice)
	return lines
}

// skipped says how many clauses were not judged, by reason.
func skipped(b *strings.Builder, c *results.Conformity) {
	reasons := map[string][]string{}
	var order []string
	for _, f := range c.Findings {
		if f.Status != results.Skip {
			continue
		}
		if reasons[f.Reason] == nil {
			order = append(order, f.Reason)
		}
		reasons[f.Reason] = append(reasons[f.Reason], f.Clause)
	}
	for _, reason := range order {
		ids := reasons[reason]
		b.WriteString("\n" + wrap(fmt.Sprintf("SKIP %s: %s", oneLine(reason), strings.Join(ids, ", ")), textWidth, "  ") + "\n")
	}
}

// conformStatuses are the columns of a tally.
func conformStatuses() []results.Status {
	return []results.Status{results.Pass, results.Fail, results.XFail, results.XPass, results.Errored, results.Skip}
}

// tallies counts by level and status.
func tallies(c *results.Conformity) table {
	t := table{Caption: "clauses by level", Head: []string{"level"}}
	for _, s := range conformStatuses() {
		t.Head = append(t.Head, string(s))
	}
	for _, level := range conformLevels(c) {
		row := []string{level}
		for _, s := range conformStatuses() {
			row = append(row, count(c.Count(level)[s]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// conformLevels are the levels that there are findings of, the most binding first.
func conformLevels(c *results.Conformity) (all []string) {
	for _, f := range c.Findings {
		if !slices.Contains(all, f.Level) {
			all = append(all, f.Level)
		}
	}
	slices.SortFunc(all, results.CompareLevels)
	return all
}
