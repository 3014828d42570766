package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// ofNotifications says whether what a run measured are notifications.
func ofNotifications(a *results.Analysis) bool {
	return slices.ContainsFunc(a.Summary.Ops, func(o results.OpSummary) bool { return o.Op == results.OpNotification })
}

// sampleNoun is what a sample is.
func sampleNoun(a *results.Analysis) string {
	if ofNotifications(a) {
		return "notification"
	}
	return "call"
}

// dueNoun is what is due.
func dueNoun(a *results.Analysis) string {
	if ofNotifications(a) {
		return "mail"
	}
	return "call"
}

// missedSentence says how many notifications did not come.
func missedSentence(subject string, c results.Comparison) string {
	_, interval := effect(c)
	return fmt.Sprintf("%s %s of the notifications never come, against %s (95 %% interval of the difference %s pt)",
		subject, percent(*c.OtherValue), percent(*c.BaseValue), interval)
}

// notifyTable sets the arms side by side by what they were told of, and when. It is
// empty for a run of anything else.
func notifyTable(a *results.Analysis) table {
	if !ofNotifications(a) {
		return table{}
	}
	t := sideBySide("The notifications", a.Summary.Arms)
	t.Note = "Every arm is to be told of the same mails. The delay counts from when a mail was due; the rest of it, from when the answer to the mail " +
		"had come, is what the way of the news takes. Subscriptions and streams are those of the whole run, before the load began as well."
	t.row("mails due", func(s *results.ArmSummary) string { return count(s.Samples) })
	t.row("told of", func(s *results.ArmSummary) string { return count(s.Outcomes[results.CodeOK]) })
	t.row("missed", func(s *results.ArmSummary) string { return count(s.Outcomes[results.CodeMissed]) })
	t.row("share missed", errorRate)
	t.row("95 % interval", errorInterval)
	for _, q := range quantileNames {
		t.row("delay "+q.name, func(s *results.ArmSummary) string { return value(q.of(&s.Latency), millis) })
	}
	for _, q := range quantileNames {
		t.row("after the mail "+q.name, func(s *results.ArmSummary) string { return sinceCause(s, q.of) })
	}
	for _, op := range []struct{ name, op, bad string }{{"Subscribe", "Subscribe", "refused"}, {"streams", "GetStreamingEvents", "refused"}} {
		t.row(op.name, func(s *results.ArmSummary) string { return count(besideOf(a, s.Name, op.op).Samples) })
		t.row(op.name+" "+op.bad, func(s *results.ArmSummary) string { return count(besideOf(a, s.Name, op.op).Errors) })
	}
	t.row("errors of open streams", func(s *results.ArmSummary) string { return count(besideOf(a, s.Name, "StreamError").Errors) })
	return t.table
}

func sinceCause(s *results.ArmSummary, of func(*results.Quantiles) *float64) string {
	if s.SinceCause == nil {
		return none
	}
	return value(of(s.SinceCause), millis)
}

// besideOf finds what an arm sent beside the schedule.
func besideOf(a *results.Analysis, arm, op string) results.OpSummary {
	for _, row := range a.Summary.Beside {
		if row.Arm == arm && row.Op == op {
			return row
		}
	}
	return results.OpSummary{}
}

// groupsWords say how mailboxes were put together, and why not by Autodiscover; "" for
// a run without groups.
func groupsWords(a *results.Analysis) string {
	var parts []string
	for _, g := range a.Run.Groups {
		part := fmt.Sprintf("%s %s, of %s %s", count(g.Groups), groupedBy(g.By), count(g.Mailboxes), plural(g.Mailboxes, "mailbox", "mailboxes"))
		if len(g.Arms) < len(a.Run.Arms) {
			part = "in " + oneLine(strings.Join(g.Arms, " and ")) + " " + part
		}
		if g.Reason != "" {
			part += " (" + oneLine(g.Reason) + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// groupedBy says what the mailboxes of a group have in common.
func groupedBy(by string) string {
	switch by {
	case results.GroupedByAutodiscover:
		return "by Autodiscover"
	case results.GroupedByServer:
		return "by the server that answers"
	case results.GroupedByNothing:
		return "by nothing that is known"
	}
	return oneLine("by " + by)
}

// besideTable has a row for each operation that no schedule asked for, by who sent it.
func besideTable(a *results.Analysis) table {
	t := table{
		Caption: "Beside the schedule",
		Head:    []string{"operation", "sent by", "samples", "p50", "p95", "max", "errors", "which"},
		Note:    "Over the whole run, with its warm-up and what came before; in no other figure.",
		Words:   true,
	}
	for _, row := range a.Summary.Beside {
		codes := codeCounts(row.Outcomes)
		t.Rows = append(t.Rows, []string{
			oneLine(row.Op), oneLine(row.Arm), count(row.Samples),
			value(row.Latency.P50, millis), value(row.Latency.P95, millis), value(row.Latency.Max, millis), count(row.Errors),
			orNone(strings.Join(codes, ", ")),
		})
	}
	return t
}
