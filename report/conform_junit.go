package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// ConformJUnit writes a case for each clause. What could not be judged is an error there, and what is a known failure is skipped. The error
// is w's.
func ConformJUnit(w io.Writer, c *results.Conformity) error {
	suite := junitSuite{
		Name: "ewsbench.conform." + c.Scope, Time: seconds(c.Elapsed),
		Properties: []junitProperty{
			{"target", oneLine(c.Target)},
			{"product", oneLine(c.Product)},
			{"version", oneLine(c.Version)},
			{"verdict", c.Verdict()},
		},
		Output: strings.Join(c.Problems, "\n"),
	}
	for _, f := range c.Findings {
		suite.add(conformCase(c, f))
	}
	return suite.write(w)
}

func conformCase(c *results.Conformity, f results.Finding) junitCase {
	area, _, _ := strings.Cut(f.Clause, ".")
	k := junitCase{Class: "ewsbench.conform." + c.Scope + "." + area, Name: f.Clause, Time: seconds(f.Elapsed)}
	failure := &junitFailure{Message: oneLine(conformOutcome(f)), Type: f.Level, Text: strings.Join(conformLines(f), "\n") + "\n"}
	switch f.Status {
	case results.Fail, results.XPass:
		k.Failure = failure
	case results.Errored:
		k.Error = failure
	case results.Skip, results.XFail:
		k.Skipped = &junitSkipped{Message: oneLine(f.Reason)}
	case results.Pass:
	}
	return k
}

// conformOutcome is what came of a clause, in a few words.
func conformOutcome(f results.Finding) string {
	if f.Expected != "" {
		return "expected " + f.Expected + ", got " + f.Actual
	}
	return f.Reason
}

// seconds writes milliseconds as JUnit has times.
func seconds(ms float64) string { return strconv.FormatFloat(ms/1000, 'f', 3, 64) }
