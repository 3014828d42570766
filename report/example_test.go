package report_test

import (
	"os"

	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
)

// A run with one arm compares nothing, and says so first.
func ExampleText() {
	run := results.Run{Scenario: "oof-sweep", Seed: 7, Rate: 60, Arrival: "constant"}
	a := &results.Analysis{Run: run, Summary: results.Summary{
		Valid: true, Verdict: results.VerdictPass, End: results.EndComplete,
		Arms: []results.ArmSummary{{Name: "anchored", Samples: 1800, HTTP: map[string]int{"200": 1800}, AskedRate: 60, AchievedRate: 60}},
	}}
	if err := report.Text(os.Stdout, a, report.TextOptions{Folder: "results/runs/demo"}); err != nil {
		panic(err)
	}
	// Output:
	// valid: nothing was compared: the run has one arm, anchored
	// errors: anchored 0 %
	//
	// What came back
	//                anchored
	//   samples         1,800
	//   latency p50         -
	//   latency p95         -
	//   latency p99         -
	//   latency max         -
	//   ok answers        0/s
	//   error rate        0 %
	//   HTTP 200        1,800
	//   HTTP 500            0
	//   HTTP 503            0
	//   timeouts            0
	//
	// How the load was kept
	//             asked  kept  lag p50  lag p99  conns opened  reused  chain late  withheld
	//   anchored   60/s  60/s        -        -             0       0           0         0
	//
	// scenario: oof-sweep, 60/s over all arms, constant
	// assigned: by request, in pairs of equal calls moments apart
	// seed: 7
	// report: results/runs/demo/report.html
}

// A run that cannot be compared with the one before says why, and no figures.
func ExampleCompareText() {
	c := &results.RunComparison{
		Verdict: results.VerdictIncomparable, Reason: "the plans differ: seed 1 and seed 2",
		Base: results.RunRef{Name: "monday", Target: "mock:onprem-2site", Samples: 3600, Verdict: results.VerdictPass},
		New:  results.RunRef{Name: "tuesday", Target: "mock:onprem-2site", Samples: 3600, Verdict: results.VerdictPass},
	}
	if err := report.CompareText(os.Stdout, c); err != nil {
		panic(err)
	}
	// Output:
	// incomparable: the plans differ: seed 1 and seed 2
	// base: monday, mock:onprem-2site, 3,600 samples, verdict pass
	// new: tuesday, mock:onprem-2site, 3,600 samples, verdict pass
}
