package report

import (
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// gatesSentence counts the gates and names those that failed.
func gatesSentence(s *results.Summary) string {
	var failed []string
	for _, g := range s.Gates {
		if !g.Passed {
			failed = append(failed, oneLine(g.Name)+" ("+observed(g)+")")
		}
	}
	n := len(s.Gates)
	switch {
	case !decided(s):
		return fmt.Sprintf("%d not judged, since the run decides nothing", n)
	case len(failed) == 0:
		return fmt.Sprintf("%d of %d %s passed", n, n, plural(n, "gate", "gates"))
	default:
		return fmt.Sprintf("%d of %d %s failed: %s", len(failed), n, plural(n, "gate", "gates"), strings.Join(failed, "; "))
	}
}

// gateResult says what came of a gate.
func gateResult(s *results.Summary, g results.GateResult) string {
	switch {
	case !decided(s):
		return "not judged"
	case g.Passed:
		return "passed"
	default:
		return "FAILED"
	}
}

// gateWords names a gate and says why it came out so.
func gateWords(g results.GateResult) string {
	if reason := gateReason(g); reason != "" {
		return oneLine(g.Name) + ": " + reason
	}
	return oneLine(g.Name) + " (" + observed(g) + ")"
}

func gateReason(g results.GateResult) string { return strings.TrimSuffix(oneLine(g.Reason), ".") }

func observed(g results.GateResult) string {
	if g.Observed == nil {
		return "nothing was measured"
	}
	return "observed " + gateFigure(g, *g.Observed)
}

// gateLimit is what a gate allows.
func gateLimit(g results.GateResult) string {
	if g.Bound == "min" {
		return "at least " + gateFigure(g, g.Limit)
	}
	return "at most " + gateFigure(g, g.Limit)
}

// gateFigure writes a figure of a gate: of what the gate holds against its limit.
func gateFigure(g results.GateResult, v float64) string {
	switch {
	case g.Of == results.OfRatio:
		return ratio(v)
	case g.Of == results.OfDifference && finite(v) && v > 0:
		return "+" + inUnit(g.Metric, v)
	default:
		return inUnit(g.Metric, v)
	}
}

// gateTable has a row for each gate.
func gateTable(s *results.Summary) table {
	t := table{Caption: "The gates", Head: []string{"gate", "observed", "limit", "result", "why"}, Words: true}
	for _, g := range s.Gates {
		t.Rows = append(t.Rows, []string{
			oneLine(g.Name), value(g.Observed, func(v float64) string { return gateFigure(g, v) }),
			gateLimit(g), gateResult(s, g), orNone(gateReason(g)),
		})
	}
	return t
}
