package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
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

// detailTables are those that follow the comparisons over all operations.
func detailTables(a *results.Analysis) []table {
	all := operationTables(a)
	all = append(all, gateTable(&a.Summary), quantileTable(a), opTable(a))
	if len(a.Summary.Arms) > 0 {
		all = append(all, answersTable(a.Summary.Arms), loadTable(a.Summary.Arms))
	}
	return slices.DeleteFunc(append(all, runTable(a)), table.empty)
}

// answersTable sets the arms side by side by what came back.
func answersTable(arms []results.ArmSummary) table {
	t := sideBySide("What came back", arms)
	t.row("X-AnchorMailbox", func(s *results.ArmSummary) string { return orNone(oneLine(s.Anchor)) })
	t.row("samples", func(s *results.ArmSummary) string { return count(s.Samples) })
	t.row("ok answers", func(s *results.ArmSummary) string { return perSecond(s.Throughput) })
	t.row("error rate", errorRate)
	t.row("95 % interval", errorInterval)
	for _, status := range statuses(arms) {
		t.row("HTTP "+oneLine(status), func(s *results.ArmSummary) string { return count(s.HTTP[status]) })
	}
	t.row("timeouts", func(s *results.ArmSummary) string { return count(s.Outcomes[results.CodeTimeout]) })
	for _, code := range otherCodes(arms) {
		t.row(oneLine(code), func(s *results.ArmSummary) string { return count(s.Outcomes[code]) })
	}
	t.row("received", func(s *results.ArmSummary) string { return bytesText(s.BytesIn) })
	t.row("sent", func(s *results.ArmSummary) string { return bytesText(s.BytesOut) })
	return t.table
}

// loadTable sets the arms side by side by whether the load was sent as asked.
func loadTable(arms []results.ArmSummary) table {
	t := sideBySide("How the load was kept", arms)
	t.Note = "Lag is how late the load generator sent a call. It is part of the latency, which counts from when the call was due. Chain late: sent before the answer that the call depends on was there."
	t.row("rate asked", func(s *results.ArmSummary) string { return askedRate(s.AskedRate) })
	t.row("rate kept", func(s *results.ArmSummary) string { return perSecond(s.AchievedRate) })
	t.row("lag p50", func(s *results.ArmSummary) string { return lag(s, s.Lag.P50) })
	t.row("lag p99", func(s *results.ArmSummary) string { return lag(s, s.Lag.P99) })
	t.row("lag max", func(s *results.ArmSummary) string { return lag(s, s.Lag.Max) })
	t.row("connections opened", func(s *results.ArmSummary) string { return count(s.Connections.Opened) })
	t.row("connections reused", func(s *results.ArmSummary) string { return count(s.Connections.Reused) })
	t.row("chain late", func(s *results.ArmSummary) string { return count(s.ChainLate) })
	t.row("withheld for back-off", func(s *results.ArmSummary) string { return count(s.Withheld) })
	t.row("samples in the warm-up", func(s *results.ArmSummary) string { return count(s.Warmup) })
	return t.table
}

// armsTable is a table with a column for each arm.
type armsTable struct {
	table
	arms []results.ArmSummary
}

func sideBySide(caption string, arms []results.ArmSummary) *armsTable {
	t := &armsTable{table: table{Caption: caption, Head: []string{""}}, arms: arms}
	for i := range arms {
		t.Head = append(t.Head, oneLine(arms[i].Name))
	}
	return t
}

func (t *armsTable) row(name string, cell func(*results.ArmSummary) string) {
	cells := []string{name}
	for i := range t.arms {
		cells = append(cells, cell(&t.arms[i]))
	}
	t.Rows = append(t.Rows, cells)
}

func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}

func askedRate(rate float64) string {
	if rate == 0 {
		return "max"
	}
	return perSecond(rate)
}

func errorRate(s *results.ArmSummary) string {
	if s.Samples == 0 {
		return none
	}
	return percent(s.ErrorRate)
}

func errorInterval(s *results.ArmSummary) string {
	if s.Samples == 0 || s.ErrorRateCI == nil || !finite(s.ErrorRateCI.Low) || !finite(s.ErrorRateCI.High) {
		return none
	}
	return points(s.ErrorRateCI.Low) + " to " + points(s.ErrorRateCI.High) + " %"
}

// lag is how late an arm's calls started. Without an asked rate nothing is due.
func lag(s *results.ArmSummary, v *float64) string {
	if s.AskedRate == 0 {
		return none
	}
	return value(v, millis)
}

// statuses lists the HTTP statuses that came, in order, 500 and 503 always.
func statuses(arms []results.ArmSummary) []string {
	seen := map[string]bool{"500": true, "503": true}
	for i := range arms {
		for status, n := range arms[i].HTTP {
			if n > 0 && status != "0" {
				seen[status] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// otherCodes lists the outcomes that no other row shows.
func otherCodes(arms []results.ArmSummary) []string {
	seen := map[string]bool{}
	for i := range arms {
		for code, n := range arms[i].Outcomes {
			shown := code == results.CodeOK || code == results.CodeTimeout || code == results.CodeWithheld || strings.HasPrefix(code, "http_")
			if n > 0 && !shown {
				seen[code] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func bytesText(n int64) string {
	switch {
	case n >= 1<<20:
		return significant(float64(n)/(1<<20)) + " MiB"
	case n >= 1<<10:
		return significant(float64(n)/(1<<10)) + " KiB"
	default:
		return strconv.FormatInt(n, 10) + " B"
	}
}

// opTable has a row for each operation in each arm.
func opTable(a *results.Analysis) table {
	t := table{
		Caption: "The operations",
		Head:    []string{"operation", "arm", "samples", "p50", "p90", "p95", "p99", "service p50", "errors"},
		Note:    "Latency counts from when a call was due; service time from when it was sent.",
	}
	for _, op := range slices.SortedStableFunc(slices.Values(a.Summary.Ops), func(x, y results.OpSummary) int { return cmp.Compare(x.Op, y.Op) }) {
		t.Rows = append(t.Rows, []string{
			oneLine(op.Op), oneLine(op.Arm), count(op.Samples),
			value(op.Latency.P50, millis), value(op.Latency.P90, millis), value(op.Latency.P95, millis), value(op.Latency.P99, millis),
			value(op.Service.P50, millis), count(op.Errors),
		})
	}
	return t
}

// quantileTable has each arm's latency and service time, with the interval of the latency.
func quantileTable(a *results.Analysis) table {
	t := table{
		Caption: "Latency of the arms",
		Head:    []string{"arm", "p50", "p90", "p95", "p99", "max", "service p50", "service p99"},
		Note:    "Ok samples, and timeouts at the timeout. A quantile with too few samples is left out.",
	}
	for i := range a.Summary.Arms {
		s := &a.Summary.Arms[i]
		row := []string{oneLine(s.Name)}
		for _, q := range quantileNames {
			row = append(row, value(q.of(&s.Latency), millis))
		}
		t.Rows = append(t.Rows, append(row, value(s.Service.P50, millis), value(s.Service.P99, millis)))
	}
	return t
}

// gateTable has a row for each gate.
func gateTable(s *results.Summary) table {
	t := table{Caption: "The gates", Head: []string{"gate", "observed", "limit", "result"}}
	for _, g := range s.Gates {
		result := "FAILED"
		switch {
		case !decided(s):
			result = "not judged"
		case g.Passed:
			result = "passed"
		}
		in := func(v float64) string { return inUnit(g.Metric, v) }
		t.Rows = append(t.Rows, []string{oneLine(g.Name), value(g.Observed, in), bound(g.Bound) + in(g.Limit), result})
	}
	return t
}

func bound(b string) string {
	if b == "min" {
		return "at least "
	}
	return "at most "
}

// runTable is the way back: what has to be known to send the same load again.
func runTable(a *results.Analysis) table {
	r := &a.Run
	t := table{Caption: "The run", Head: []string{"what", "value"}, Words: true}
	add := func(name, v string) {
		if v != "" {
			t.Rows = append(t.Rows, []string{name, v})
		}
	}
	add("scenario", oneLine(r.Scenario))
	add("seed", strconv.FormatUint(r.Seed, 10))
	add("rate", totalRate(r))
	add("measured", measured(r, a.Summary.Blocks))
	add("ended", oneLine(strings.TrimSuffix(string(r.End)+": "+r.Reason, ": ")))
	for _, arm := range r.Arms {
		add("target of "+oneLine(arm.Name), oneLine(arm.Target))
	}
	add("mailboxes", count(r.Mailboxes))
	add("scenario digest", oneLine(r.ScenarioDigest))
	add("plan digest", oneLine(r.PlanDigest))
	add("host", oneLine(fmt.Sprintf("%s/%s, %d %s", r.Host.OS, r.Host.Arch, r.Host.CPUs, plural(r.Host.CPUs, "CPU", "CPUs"))))
	add("versions", versions(r.Versions))
	if !r.Started.IsZero() {
		add("started", r.Started.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	return t
}

func totalRate(r *results.Run) string {
	if r.Rate == 0 {
		return "max: as fast as the workers allow"
	}
	return oneLine(perSecond(r.Rate) + " over all arms, " + r.Arrival)
}

func measured(r *results.Run, blocks int) string {
	text := fmt.Sprintf("%s after %s of warm-up, %d %s", span(r.Duration), span(r.Warmup), blocks, plural(blocks, "block", "blocks"))
	if r.Duration == 0 {
		return fmt.Sprintf("a count of calls, %d %s", blocks, plural(blocks, "block", "blocks"))
	}
	return text
}

func versions(v results.Versions) string {
	var parts []string
	for _, p := range []struct{ name, version string }{{"ewsbench", v.Ewsbench}, {"commit", v.Commit}, {"", v.Go}, {"vegeta", v.Vegeta}} {
		if p.version != "" {
			parts = append(parts, strings.TrimSpace(p.name+" "+oneLine(p.version)))
		}
	}
	return strings.Join(parts, ", ")
}
