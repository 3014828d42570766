package report

import (
	"slices"

	"github.com/ewsbench/ewsbench/results"
)

// textTables are the tables of the text, cut down to what a terminal holds.
func textTables(a *results.Analysis) []table {
	var tables []table
	for _, t := range comparisonTables(a.Summary.Comparisons, func(c results.Comparison) bool { return overall(c) && inText(c) }) {
		t.Caption = wrap(t.Caption+", counted from when each "+dueNoun(a)+" "+moment(&a.Run), textWidth, "  ")
		tables = append(tables, narrow(t))
	}
	for _, t := range briefOperations(a) {
		tables = append(tables, narrow(t))
	}
	if t := notifyTable(a); !t.empty() {
		t.Caption = wrap(t.Caption, textWidth, "  ")
		tables = append(tables, narrow(t))
	}
	for arms := range slices.Chunk(a.Summary.Arms, 4) {
		tables = append(tables, narrow(briefAnswers(arms, len(a.Summary.Comparisons) == 0)))
	}
	if len(a.Summary.Arms) > 0 {
		tables = append(tables, narrow(briefLoad(a.Summary.Arms)))
	}
	return tables
}

// briefOperations has one table for each arm but the first, with a row for each
// operation: its median latency and its error rates.
func briefOperations(a *results.Analysis) []table {
	var tables []table
	for _, p := range pairings(a.Summary.Comparisons, func(c results.Comparison) bool { return !overall(c) && inText(c) }) {
		t := table{
			Caption: wrap(p.caption()+", the median of each operation, and the errors of both", textWidth, "  "),
			Head:    []string{"operation", p.base, p.other, "effect", "95 % interval", "verdict", "errors"},
		}
		for _, c := range p.all {
			row := comparisonRow(c)
			row[0] = oneLine(c.Op)
			t.Rows = append(t.Rows, append(row[:5], string(c.Verdict), opErrors(a, c.Base, c.Op)+" / "+opErrors(a, c.Other, c.Op)))
		}
		tables = append(tables, t)
	}
	return tables
}

// opErrors is the error rate of an operation in an arm.
func opErrors(a *results.Analysis, arm, op string) string {
	for _, o := range a.Summary.Ops {
		if o.Arm == arm && o.Op == op && o.Samples > 0 {
			return percent(o.ErrorRate)
		}
	}
	return none
}

// briefAnswers sets the arms side by side by what came back, with the latency if
// no comparison shows it.
func briefAnswers(arms []results.ArmSummary, latency bool) table {
	t := sideBySide("What came back", arms)
	t.row("samples", func(s *results.ArmSummary) string { return count(s.Samples) })
	for _, q := range quantileNames {
		if latency && q.name != "p90" {
			t.row("latency "+q.name, func(s *results.ArmSummary) string { return value(q.of(&s.Latency), millis) })
		}
	}
	if latency {
		t.row("ok answers", func(s *results.ArmSummary) string { return perSecond(s.Throughput) })
	}
	t.row("error rate", errorRate)
	t.outcomes()
	return t.table
}

// briefLoad has a row for each arm: whether the load was sent as asked.
func briefLoad(arms []results.ArmSummary) table {
	t := table{Caption: "How the load was kept", Head: []string{"", "asked", "kept", "lag p50", "lag p99", "conns opened", "reused", "chain late", "withheld"}}
	for i := range arms {
		s := &arms[i]
		t.Rows = append(t.Rows, []string{
			oneLine(s.Name), askedRate(s.AskedRate), perSecond(s.AchievedRate), lag(s, s.Lag.P50), lag(s, s.Lag.P99),
			count(s.Connections.Opened), count(s.Connections.Reused), count(s.ChainLate), count(s.Withheld),
		})
	}
	return t
}
