package report

import (
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// A pairing is two arms with the comparisons between them.
type pairing struct {
	base, other string
	all         []results.Comparison
}

func (v pairing) caption() string { return v.other + " against " + v.base }

// pairings groups the comparisons that are to be kept by the arms that they compare.
func pairings(all []results.Comparison, keep func(results.Comparison) bool) []pairing {
	var found []pairing
	for _, c := range all {
		if !keep(c) {
			continue
		}
		base, other := oneLine(c.Base), oneLine(c.Other)
		if n := len(found); n == 0 || found[n-1].base != base || found[n-1].other != other {
			found = append(found, pairing{base: base, other: other})
		}
		last := &found[len(found)-1]
		last.all = append(last.all, c)
	}
	return found
}

// comparisonTables has one table for each arm that was compared with another,
// of the comparisons that are to be kept.
func comparisonTables(all []results.Comparison, keep func(results.Comparison) bool) []table {
	var tables []table
	for _, p := range pairings(all, keep) {
		t := table{Caption: p.caption(), Head: []string{"metric", p.base, p.other, "effect", "95 % interval", "p", "verdict"}}
		for _, c := range p.all {
			t.Rows = append(t.Rows, comparisonRow(c))
		}
		tables = append(tables, t)
	}
	return tables
}

func overall(c results.Comparison) bool { return c.Op == results.AllOps || c.Op == "" }

// inText keeps what a terminal has room for: the quantiles and rates that people
// ask for, and the median of each operation.
func inText(c results.Comparison) bool {
	if !overall(c) {
		return c.Metric == results.MetricLatencyP50
	}
	switch c.Metric {
	case results.MetricLatencyP50, results.MetricLatencyP95, results.MetricLatencyP99, results.MetricErrorRate, results.MetricThroughput:
		return true
	}
	return false
}

// byOperation keeps what sets operations apart.
func byOperation(c results.Comparison) bool {
	return !overall(c) && (strings.HasPrefix(c.Metric, "latency_") || c.Metric == results.MetricErrorRate)
}

// operationTables are the comparisons by operation, with the warnings that go with them.
func operationTables(a *results.Analysis) []table {
	tables := comparisonTables(a.Summary.Comparisons, byOperation)
	for i := range tables {
		tables[i].Caption += ", by operation"
	}
	var notes lines
	for _, c := range a.Summary.Comparisons {
		for _, w := range c.Warnings {
			if byOperation(c) {
				notes.add(c.Op + ": " + w)
			}
		}
	}
	if len(tables) > 0 && len(notes.all) > 0 {
		tables[len(tables)-1].Note = strings.Join(notes.all, "; ") + "."
	}
	return tables
}

func comparisonRow(c results.Comparison) []string {
	size, interval := effect(c)
	in := func(v float64) string { return inUnit(c.Metric, v) }
	return []string{rowName(c), value(c.BaseValue, in), value(c.OtherValue, in), size, interval, value(c.P, pvalue), string(c.Verdict)}
}
