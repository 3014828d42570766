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
	//                    anchored
	//   X-AnchorMailbox         -
	//   samples             1,800
	//   ok answers            0/s
	//   error rate            0 %
	//   95 % interval           -
	//   HTTP 200            1,800
	//   HTTP 500                0
	//   HTTP 503                0
	//   timeouts                0
	//   received              0 B
	//   sent                  0 B
	//
	// How the load was kept
	//                           anchored
	//   rate asked                  60/s
	//   rate kept                   60/s
	//   lag p50                        -
	//   lag p99                        -
	//   lag max                        -
	//   connections opened             0
	//   connections reused             0
	//   chain late                     0
	//   withheld for back-off          0
	//   samples in the warm-up         0
	//
	// scenario: oof-sweep, 60/s over all arms, constant
	// seed: 7
	// report: results/runs/demo/report.html
}
