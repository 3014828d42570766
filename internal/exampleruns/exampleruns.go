// Package exampleruns makes small, deterministic runs for the tests of packages
// that read stored runs. It is used in tests only.
package exampleruns

import "github.com/ewsbench/ewsbench/results"

// Kind names an example.
type Kind string

// The examples.
const (
	Anchor      Kind = "anchor"      // two arms, the other about 2.4 times slower with a few errors and timeouts
	Same        Kind = "same"        // two arms without a difference
	Overloaded  Kind = "overloaded"  // a generator that could not keep its rate: invalid
	Short       Kind = "short"       // too few samples for the high quantiles
	FailedGate  Kind = "failed-gate" // a gate that fails
	Interrupted Kind = "interrupted" // stopped halfway by Ctrl-C
	Cutoff      Kind = "cutoff"      // killed: no end, a torn last frame
	FourArms    Kind = "four-arms"   // all four anchor policies
)

// Kinds lists the examples.
func Kinds() []Kind {
	return []Kind{Anchor, Same, Overloaded, Short, FailedGate, Interrupted, Cutoff, FourArms}
}

// Write stores an example in dir, which must be empty or not exist.
func Write(dir string, k Kind) error {
	_, err := results.Create(dir, results.Run{})
	return err
}

// Analysis stores an example in dir and analyses it.
func Analysis(dir string, k Kind) (*results.Analysis, error) {
	if err := Write(dir, k); err != nil {
		return nil, err
	}
	r, err := results.Open(dir)
	if err != nil {
		return nil, err
	}
	return results.Summarize(r)
}
