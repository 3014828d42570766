package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// label is the first word of every report: whether the run may be believed, and
// what it came to.
func label(s *results.Summary) string {
	switch {
	case !s.Valid || s.Verdict == results.VerdictInvalid:
		return "invalid"
	case s.Verdict == results.VerdictFail:
		return "failed"
	case s.End == results.EndInterrupted:
		return "interrupted"
	case s.End == results.EndCutOff, s.End == results.EndFailed:
		return "incomplete"
	case s.Verdict == results.VerdictInconclusive:
		return "inconclusive"
	default:
		return "valid"
	}
}

// decided says whether gates and comparisons count: the run is valid and came to its end.
func decided(s *results.Summary) bool {
	l := label(s)
	return l == "valid" || l == "failed"
}

// verdict is the first sentence of every report. An invalid run says why, and
// nothing about what it would have shown.
func verdict(a *results.Analysis) string {
	s := &a.Summary
	reason := reasonOf(s)
	switch l := label(s); {
	case l == "invalid" && reason == "":
		return "these figures decide nothing"
	case l == "invalid":
		return reason
	case l == "failed" && reason != "":
		return gatesSentence(s) + "; " + reason
	case l == "failed":
		return gatesSentence(s)
	case reason != "":
		return reason
	}
	if found := findings(a); len(found) > 0 {
		return found[0]
	}
	return "nothing was compared: " + nothingCompared(s)
}

// reasonOf is the summary's reason without what the label says already.
func reasonOf(s *results.Summary) string {
	reason := strings.TrimSuffix(oneLine(s.Reason), ".")
	for _, said := range []string{"the run is invalid: ", "the run ended early: ", label(s) + ": "} {
		reason = strings.TrimPrefix(reason, said)
	}
	return reason
}

func nothingCompared(s *results.Summary) string {
	switch {
	case len(s.Arms) == 0:
		return "the run has no arms"
	case len(s.Arms) == 1:
		return "the run has one arm, " + oneLine(s.Arms[0].Name)
	default:
		return "too few samples"
	}
}

// further holds the findings that the verdict has not said already. Those of a
// run that decides nothing are marked so.
func further(a *results.Analysis) []string {
	found := findings(a)
	if len(found) > 0 && found[0] == verdict(a) {
		return found[1:]
	}
	if !decided(&a.Summary) {
		for i := range found {
			found[i] = "measured all the same: " + found[i]
		}
	}
	return found
}

// findings has one sentence for each arm that was compared with the first: what
// the primary metric came to, over all operations.
func findings(a *results.Analysis) []string {
	var found []string
	for _, c := range a.Summary.Comparisons {
		if c.Metric == primary(&a.Summary) && overall(c) && c.BaseValue != nil && c.OtherValue != nil {
			found = append(found, sentence(a, c))
		}
	}
	return found
}

func primary(s *results.Summary) string {
	if s.Primary == "" {
		return results.MetricLatencyP50
	}
	return s.Primary
}

// sentence says in plain English what a comparison came to.
func sentence(a *results.Analysis, c results.Comparison) string {
	subject := circumstance(a, c)
	change := inUnit(c.Metric, *c.BaseValue) + " -> " + inUnit(c.Metric, *c.OtherValue)
	if c.Metric == results.MetricErrorRate && ofNotifications(a) {
		return missedSentence(subject, c)
	}
	if metricUnit(c.Metric) != unitMillis {
		size, interval := effect(c)
		if c.Metric == results.MetricThroughput {
			return fmt.Sprintf("%s the throughput is %s times as high (95 %% interval %s): %s", subject, size, interval, change)
		}
		return fmt.Sprintf("%s the %s changes by %s (95 %% interval %s): %s", subject, metricName(c.Metric), size, interval, change)
	}
	if c.Ratio == nil || c.CILow == nil || c.CIHigh == nil || !finite(*c.Ratio) {
		return fmt.Sprintf("%s %s goes %s, without an interval", subject, callAt(a, c.Metric), change)
	}
	times := timesFormat(*c.CILow)
	interval := between(c.CILow, c.CIHigh, times)
	switch c.Verdict {
	case results.VerdictSame:
		return fmt.Sprintf("%s %s takes as long: %s times, 95 %% interval %s: %s", subject, callAt(a, c.Metric), times(*c.Ratio), interval, change)
	case results.VerdictInconclusive:
		return fmt.Sprintf("%s it cannot be told whether %s takes longer: %s times as long, but the 95 %% interval is %s: %s",
			subject, callAt(a, c.Metric), times(*c.Ratio), interval, change)
	default:
		return fmt.Sprintf("%s %s takes %s times as long (95 %% interval %s): %s", subject, callAt(a, c.Metric), times(*c.Ratio), interval, change)
	}
}

// timesFormat gives ratios one decimal where that is enough to see the effect, else two.
func timesFormat(low float64) func(float64) string {
	if low >= 1.5 {
		return func(v float64) string { return fmt.Sprintf("%.1f", v) }
	}
	return ratio
}

// callAt says whose time a latency metric is.
func callAt(a *results.Analysis, metric string) string {
	name, percentile, _ := strings.Cut(metric, "_")
	if percentile == "p50" && name == "latency" {
		return "the median " + sampleNoun(a)
	}
	if percentile == "p50" {
		return "the median " + oneLine(name)
	}
	return "the " + sampleNoun(a) + " at " + oneLine(percentile) + " of " + oneLine(name)
}

// circumstance says what sets the other arm apart, by its anchor policy where
// that is the difference, else by name.
func circumstance(a *results.Analysis, c results.Comparison) string {
	base, other := anchorOf(a, c.Base), anchorOf(a, c.Other)
	if base != "correct" || alike(a, other) > 1 {
		return fmt.Sprintf("in %s, compared with %s,", oneLine(c.Other), oneLine(c.Base))
	}
	switch other {
	case "missing":
		return "without X-AnchorMailbox"
	case "wrong":
		return "with X-AnchorMailbox naming another mailbox"
	case "service-account":
		return "with X-AnchorMailbox naming the service account"
	default:
		return fmt.Sprintf("in %s, compared with %s,", oneLine(c.Other), oneLine(c.Base))
	}
}

func anchorOf(a *results.Analysis, name string) string {
	for _, arm := range a.Run.Arms {
		if arm.Name == name {
			return arm.Anchor
		}
	}
	return ""
}

// alike counts the arms with that anchor policy.
func alike(a *results.Analysis, anchor string) int {
	n := 0
	for _, arm := range a.Run.Arms {
		if arm.Anchor == anchor {
			n++
		}
	}
	return n
}

// errorsSentence gives each arm's error rate with what made it.
func errorsSentence(s *results.Summary) string {
	var arms []string
	for i := range s.Arms {
		arm := &s.Arms[i]
		if arm.Samples == 0 {
			arms = append(arms, oneLine(arm.Name)+" no samples")
			continue
		}
		text := oneLine(arm.Name) + " " + percent(arm.ErrorRate)
		if codes := codeCounts(arm.Outcomes); len(codes) > 0 {
			text += " (" + strings.Join(codes, ", ") + ")"
		}
		arms = append(arms, text)
	}
	return strings.Join(arms, "; ")
}

// codeCounts lists what went wrong, the most frequent first.
func codeCounts(outcomes map[string]int) []string {
	var codes []string
	for code, n := range outcomes {
		if n > 0 && code != results.CodeOK && code != results.CodeWithheld {
			codes = append(codes, code)
		}
	}
	slices.SortFunc(codes, func(x, y string) int {
		return cmp.Or(cmp.Compare(outcomes[y], outcomes[x]), cmp.Compare(x, y))
	})
	for i, code := range codes {
		codes[i] = count(outcomes[code]) + " " + oneLine(code)
	}
	return codes
}

// ofTheMock says that figures come from the mock, if any arm was sent to it.
func ofTheMock(a *results.Analysis) bool {
	for _, arm := range a.Run.Arms {
		if strings.HasPrefix(arm.Target, "mock:") {
			return true
		}
	}
	return false
}

// mockNote goes with every figure that was measured against the mock.
const mockNote = "these are the mock's own figures: it models the routing, and was not fitted to any Exchange server"

// warnings are those of the run and of its comparisons over all operations, each
// once. Those of single operations stand below their table.
func warnings(a *results.Analysis) []string {
	said := lines{seen: map[string]bool{oneLine(a.Summary.Reason): true}}
	said.add(a.Summary.Warnings...)
	said.add(a.Run.Warnings...)
	for _, c := range a.Summary.Comparisons {
		if overall(c) {
			said.add(c.Warnings...)
		}
	}
	return said.all
}

// lines collects sentences, each once.
type lines struct {
	all  []string
	seen map[string]bool
}

func (l *lines) add(sentences ...string) {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	for _, s := range sentences {
		if s = oneLine(s); s != "" && !l.seen[s] {
			l.seen[s] = true
			l.all = append(l.all, s)
		}
	}
}
