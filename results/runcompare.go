package results

import (
	"errors"
	"time"
)

// RunComparison sets one stored run against an earlier one of the same plan.
type RunComparison struct {
	Schema      int          `json:"schema"`
	Base        RunRef       `json:"base"`
	New         RunRef       `json:"new"`
	Verdict     Verdict      `json:"verdict"`     // better, same, worse, inconclusive or incomparable
	ExitCode    int          `json:"exit_code"`   // that `ewsbench compare` ends with
	Reason      string       `json:"reason"`      // why, in one sentence
	Primary     string       `json:"primary"`     // the metric that decides
	Comparisons []Comparison `json:"comparisons"` // by arm, operation and metric
	Moved       []string     `json:"moved"`       // operations whose primary metric is better or worse in some arm, sorted
	Warnings    []string     `json:"warnings"`
}

// RunRef names a run of a comparison.
type RunRef struct {
	Name     string    `json:"name"` // last part of its directory
	Scenario string    `json:"scenario"`
	Commit   string    `json:"commit,omitempty"`
	Started  time.Time `json:"started"`
	Target   string    `json:"target"`  // of the first arm
	Samples  int       `json:"samples"` // of all arms, measured
	Verdict  Verdict   `json:"verdict"` // of the run itself
}

// CompareRuns compares two stored runs in absolute figures, arm by arm and
// operation by operation. Runs that did not do the same thing are incomparable,
// which is a verdict and no error.
func CompareRuns(base, next *Reader) (*RunComparison, error) {
	return nil, errors.New("not built yet")
}
