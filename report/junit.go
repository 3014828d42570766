package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// The elements of JUnit's XML that Jenkins, GitLab and Azure read.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr,omitempty"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
		Output     string          `xml:"system-out"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
		Error   *junitFailure `xml:"error"`
		Skipped *junitSkipped `xml:"skipped"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
)

// JUnit writes one case for each gate and one for the run's validity. The gates
// of a run that decides nothing are skipped: the case of its validity fails.
// The error is w's.
func JUnit(w io.Writer, a *results.Analysis) error {
	suite := junitSuite{
		Name: "ewsbench." + orNone(oneLine(a.Run.Scenario)),
		Time: junitTime(a),
		Properties: []junitProperty{
			{"scenario", oneLine(a.Run.Scenario)},
			{"seed", strconv.FormatUint(a.Run.Seed, 10)},
			{"verdict", string(a.Summary.Verdict)},
			{"assigned", assignment(&a.Run).how},
		},
		Output: junitOutput(a),
	}
	suite.add(validityCase(a))
	for _, g := range a.Summary.Gates {
		suite.add(gateCase(a, g))
	}
	return suite.write(w)
}

// write writes a file of this one suite.
func (s *junitSuite) write(w io.Writer) error {
	all := junitSuites{Tests: s.Tests, Failures: s.Failures, Errors: s.Errors, Suites: []junitSuite{*s}}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	_, err = io.WriteString(w, xmlDeclaration+string(text)+"\n")
	return err
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
	}
	if c.Skipped != nil {
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func validityCase(a *results.Analysis) junitCase {
	c := junitCase{Class: "ewsbench.validity", Name: "the run is valid", Time: "0"}
	if !decided(&a.Summary) {
		c.Failure = &junitFailure{
			Message: label(&a.Summary) + ": " + verdict(a), Type: label(&a.Summary),
			Text: fmt.Sprintf("expected: a run that kept its rate and came to its end\nactual: %s\n", verdict(a)),
		}
	}
	return c
}

func gateCase(a *results.Analysis, g results.GateResult) junitCase {
	c := junitCase{Class: "ewsbench.gates", Name: oneLine(g.Name), Time: "0"}
	switch {
	case !decided(&a.Summary):
		c.Skipped = &junitSkipped{Message: "the run decides nothing: " + label(&a.Summary)}
	case !g.Passed:
		limit := gateLimit(g)
		c.Failure = &junitFailure{
			Message: fmt.Sprintf("%s, expected %s", gateWords(g), limit), Type: "gate",
			Text: fmt.Sprintf("expected: %s %s\nactual: %s\nseed: %d\n", metricName(g.Metric), limit, observed(g), a.Run.Seed),
		}
	}
	return c
}

// junitTime is how long the run took, in seconds.
func junitTime(a *results.Analysis) string {
	took := a.Run.Ended.Sub(a.Run.Started)
	if a.Run.Started.IsZero() || took < 0 {
		took = a.Run.Warmup + a.Run.Duration
	}
	return strconv.FormatFloat(took.Seconds(), 'f', 3, 64)
}

func junitOutput(a *results.Analysis) string {
	var text strings.Builder
	text.WriteString(label(&a.Summary) + ": " + verdict(a) + "\n")
	for _, r := range remarks(a) {
		text.WriteString(r.what + ": " + r.words + "\n")
	}
	for _, g := range a.Summary.Gates {
		text.WriteString("gate " + gateResult(&a.Summary, g) + ": " + gateWords(g) + "\n")
	}
	for _, w := range warnings(a) {
		text.WriteString("warning: " + w + "\n")
	}
	return text.String()
}
