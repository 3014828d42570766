package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// detailTables are those that follow the comparisons over all operations.
func detailTables(a *results.Analysis) []table {
	all := append([]table{notifyTable(a)}, operationTables(a)...)
	all = append(all, gateTable(&a.Summary), eventTable(a), aaTable(a), quantileTable(a), opTable(a), besideTable(a))
	if len(a.Summary.Arms) > 0 {
		all = append(all, answersTable(a.Summary.Arms), loadTable(a.Summary.Arms))
	}
	return slices.DeleteFunc(append(all, runTable(a)), table.empty)
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
	how := assignment(r)
	add("assigned", how.how+": "+how.why)
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
	if r.Assign == results.AssignPace {
		return "closed: a request waits for the answer to the one before it"
	}
	if r.Rate == 0 {
		return "max: as fast as the workers allow"
	}
	return oneLine(perSecond(r.Rate) + " over all arms, " + r.Arrival)
}

func measured(r *results.Run, blocks int) string {
	slices := fmt.Sprintf("%d %s", blocks, plural(blocks, "block", "blocks"))
	switch {
	case r.Duration == 0:
		return "a count of calls, " + slices
	case r.AA > 0:
		return fmt.Sprintf("%s after %s of warm-up and an A/A phase of %s, %s", span(r.Duration), span(r.Warmup), span(r.AA), slices)
	default:
		return fmt.Sprintf("%s after %s of warm-up, %s", span(r.Duration), span(r.Warmup), slices)
	}
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
