package report

import (
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// comparisonTables has one table for each arm that was compared with another,
// of the comparisons that are to be kept.
func comparisonTables(a *results.Analysis, keep func(results.Comparison) bool) []table {
	var tables []table
	last := ""
	for _, c := range a.Summary.Comparisons {
		if !keep(c) {
			continue
		}
		if caption := oneLine(c.Other) + " against " + oneLine(c.Base); len(tables) == 0 || caption != last {
			last = caption
			tables = append(tables, table{
				Caption: caption,
				Head:    []string{"metric", oneLine(c.Base), oneLine(c.Other), "effect", "95 % interval", "p", "verdict"},
			})
		}
		t := &tables[len(tables)-1]
		t.Rows = append(t.Rows, comparisonRow(c))
	}
	return tables
}

func overall(c results.Comparison) bool { return c.Op == results.AllOps || c.Op == "" }

// brief keeps what a terminal has room for: everything over all operations but
// the service time's tail, and the median of each operation.
func brief(c results.Comparison) bool {
	if overall(c) {
		return c.Metric != results.MetricServiceP95 && c.Metric != results.MetricServiceP99
	}
	return c.Metric == results.MetricLatencyP50
}

// byOperation keeps what sets operations apart.
func byOperation(c results.Comparison) bool {
	return !overall(c) && (strings.HasPrefix(c.Metric, "latency_") || c.Metric == results.MetricErrorRate)
}

// operationTables are the comparisons by operation, with the warnings that go with them.
func operationTables(a *results.Analysis) []table {
	tables := comparisonTables(a, byOperation)
	for i := range tables {
		tables[i].Caption += ", by operation"
	}
	var notes []string
	seen := map[string]bool{}
	for _, c := range a.Summary.Comparisons {
		for _, w := range c.Warnings {
			note := oneLine(c.Op + ": " + w)
			if byOperation(c) && !seen[note] {
				seen[note] = true
				notes = append(notes, note)
			}
		}
	}
	if len(tables) > 0 && len(notes) > 0 {
		tables[len(tables)-1].Note = strings.Join(notes, "; ") + "."
	}
	return tables
}

func comparisonRow(c results.Comparison) []string {
	size, interval := effect(c)
	in := func(v float64) string { return inUnit(c.Metric, v) }
	return []string{rowName(c), value(c.BaseValue, in), value(c.OtherValue, in), size, interval, value(c.P, pvalue), string(c.Verdict)}
}
