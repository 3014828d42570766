package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// CompareJUnit writes one case for the verdict and one for the metric that
// decides in each arm and operation. A case fails if it is worse; one that is
// inconclusive is skipped, and the case of the verdict fails where it decides
// nothing. The error is w's.
func CompareJUnit(w io.Writer, c *results.RunComparison) error {
	suite := junitSuite{
		Name: "ewsbench.compare." + orNone(oneLine(c.New.Scenario)),
		Time: "0",
		Properties: []junitProperty{
			{"scenario", oneLine(c.New.Scenario)},
			{"base", runRef(c.Base)},
			{"new", runRef(c.New)},
			{"verdict", oneLine(string(c.Verdict))},
		},
		Output: compareOutput(c),
	}
	suite.add(decidedCase(c))
	for _, k := range c.Comparisons {
		if k.Metric == c.Primary {
			suite.add(comparedCase(k))
		}
	}
	return suite.write(w)
}

// decidedCase fails where the comparison cannot tell.
func decidedCase(c *results.RunComparison) junitCase {
	k := junitCase{Class: "ewsbench.compare", Name: "the comparison decides", Time: "0"}
	if c.Verdict == results.VerdictIncomparable || c.Verdict == results.VerdictInconclusive {
		k.Failure = &junitFailure{
			Message: string(c.Verdict) + ": " + compareReason(c), Type: string(c.Verdict),
			Text: "expected: better, same or worse\nactual: " + string(c.Verdict) + ", " + compareReason(c) + "\n",
		}
	}
	return k
}

// comparedCase holds one metric of an arm against that of the base.
func comparedCase(c results.Comparison) junitCase {
	k := junitCase{Class: "ewsbench.compare", Name: rowName(c), Time: "0"}
	if c.Arm != "" {
		k.Name += " of " + oneLine(c.Arm)
	}
	size, interval := effect(c)
	in := func(v float64) string { return inUnit(c.Metric, v) }
	change := fmt.Sprintf("%s -> %s, %s, 95 %% interval %s", value(c.BaseValue, in), value(c.OtherValue, in), size, interval)
	switch c.Verdict {
	case results.VerdictWorse:
		k.Failure = &junitFailure{
			Message: k.Name + " is worse: " + change, Type: "worse",
			Text: fmt.Sprintf("expected: %s, within the margin\nactual: %s\n", value(c.BaseValue, in), change),
		}
	case results.VerdictInconclusive:
		k.Skipped = &junitSkipped{Message: "inconclusive: " + change}
	default:
	}
	return k
}

func compareOutput(c *results.RunComparison) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", c.Verdict, compareReason(c))
	for _, p := range comparePoints(c) {
		fmt.Fprintf(&b, "%s: %s\n", p.what, p.words)
	}
	return b.String()
}
