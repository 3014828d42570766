package report

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// answersTable sets the arms side by side by what came back.
func answersTable(arms []results.ArmSummary) table {
	t := sideBySide("What came back", arms)
	t.row("X-AnchorMailbox", func(s *results.ArmSummary) string { return orNone(oneLine(s.Anchor)) })
	t.row("samples", func(s *results.ArmSummary) string { return count(s.Samples) })
	t.row("ok answers", func(s *results.ArmSummary) string { return perSecond(s.Throughput) })
	t.row("error rate", errorRate)
	t.row("95 % interval", errorInterval)
	t.outcomes()
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
	t.rowIfAny("samples in the A/A phase", func(s *results.ArmSummary) int { return s.AA })
	t.rowIfAny("samples in washouts", func(s *results.ArmSummary) int { return s.Washout })
	t.rowIfAny("samples in blocks left out", func(s *results.ArmSummary) int { return s.Struck })
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

// rowIfAny adds a row of counts unless all of them are zero.
func (t *armsTable) rowIfAny(name string, cell func(*results.ArmSummary) int) {
	for i := range t.arms {
		if cell(&t.arms[i]) > 0 {
			t.row(name, func(s *results.ArmSummary) string { return count(cell(s)) })
			return
		}
	}
}

// outcomes has a row for each HTTP status and for each other outcome.
func (t *armsTable) outcomes() {
	for _, status := range statuses(t.arms) {
		t.row("HTTP "+oneLine(status), func(s *results.ArmSummary) string { return count(s.HTTP[status]) })
	}
	t.row("timeouts", func(s *results.ArmSummary) string { return count(s.Outcomes[results.CodeTimeout]) })
	for _, code := range otherCodes(t.arms) {
		t.row(oneLine(code), func(s *results.ArmSummary) string { return count(s.Outcomes[code]) })
	}
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
