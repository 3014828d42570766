package report

import (
	"encoding/xml"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// exampleRuns is two stored runs compared: GetItem has become slower in both arms.
func exampleRuns() *results.RunComparison {
	started := time.Date(2026, 11, 3, 2, 0, 0, 0, time.UTC)
	c := &results.RunComparison{
		Schema: 1, Verdict: results.VerdictWorse, ExitCode: 3, Primary: results.MetricLatencyP50,
		Reason:   "latency p50 of GetItem is worse in anchored and in unanchored",
		Moved:    []string{"GetItem"},
		Base:     results.RunRef{Name: "20261103T020000Z-anchor-penalty", Scenario: "anchor-penalty", Commit: "f0e1d2c3b4a5968778695a4b3c2d1e0f00112233", Started: started, Target: "mock:onprem-2site", Samples: 3600, Verdict: results.VerdictPass},
		New:      results.RunRef{Name: "20261104T020000Z-anchor-penalty", Scenario: "anchor-penalty", Commit: "00112233445566778899aabbccddeeff00112233", Started: started.AddDate(0, 0, 1), Target: "mock:onprem-2site", Samples: 3600, Verdict: results.VerdictPass},
		Warnings: []string{"sequential: the runs were made one after the other and share no noise; measure both targets in one run to be sure"},
	}
	for i, arm := range []string{"anchored", "unanchored"} {
		for _, k := range exampleComparisons("base", "new", 1) {
			k.Arm, k.Verdict = arm, results.VerdictSame
			if k.Op == "GetItem" && k.Metric == results.MetricLatencyP50 {
				k = exampleComparison("base", "new", k.Metric, k.Op, 25.7*(1+2*float64(i)), 31.2*(1+2*float64(i)), 0.03)
				k.Arm, k.PHolm = arm, new(0.0012)
			}
			c.Comparisons = append(c.Comparisons, k)
		}
	}
	c.Comparisons[2].Warnings = []string{"too few blocks for the tail"}
	return c
}

func incomparable() *results.RunComparison {
	c := exampleRuns()
	c.Verdict, c.ExitCode, c.Comparisons, c.Moved = results.VerdictIncomparable, 4, nil, nil
	c.Reason = "incomparable: the plans differ: seed 1 and seed 2"
	return c
}

func undecided() *results.RunComparison {
	c := exampleRuns()
	c.Verdict, c.ExitCode, c.Moved = results.VerdictInconclusive, 4, nil
	c.Reason = "the interval of latency p50 reaches over the margin"
	for i := range c.Comparisons {
		c.Comparisons[i].Verdict = results.VerdictInconclusive
	}
	return c
}

// TestCompareJUnitCounts: a file without failures goes with exit code 0, and with no other.
func TestCompareJUnitCounts(t *testing.T) {
	t.Parallel()
	same := exampleRuns()
	same.Verdict, same.ExitCode, same.Moved = results.VerdictSame, 0, nil
	for i := range same.Comparisons {
		same.Comparisons[i].Verdict = results.VerdictSame
	}
	tests := []struct {
		name                     string
		comparison               *results.RunComparison
		tests, failures, skipped int
	}{
		{"same", same, 9, 0, 0},
		{"one operation is worse in both arms", exampleRuns(), 9, 2, 0},
		{"incomparable", incomparable(), 1, 1, 0},
		{"inconclusive", undecided(), 9, 1, 8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var all junitSuites
			out := written(t, func(w io.Writer) error { return CompareJUnit(w, tt.comparison) })
			require.NoError(t, xml.Unmarshal([]byte(out), &all))
			s := all.Suites[0]
			assert.Equal(t, []int{tt.tests, tt.failures, tt.skipped}, []int{s.Tests, s.Failures, s.Skipped})
			assert.Equal(t, tt.comparison.ExitCode != 0, s.Failures > 0)
		})
	}
}
