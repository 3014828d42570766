// Package exampleruns makes small, deterministic runs for the tests of packages
// that read stored runs. It is used in tests only. The figures are invented;
// they look like those of the default scenario on the embedded mock.
package exampleruns

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// Kind names an example.
type Kind string

// The examples.
const (
	Anchor      Kind = "anchor"      // two arms, the other more than twice as slow, with a few errors and timeouts
	Same        Kind = "same"        // two arms without a difference
	Identical   Kind = "identical"   // every request takes exactly 20 ms
	Overloaded  Kind = "overloaded"  // a generator that could not keep its rate: invalid
	Short       Kind = "short"       // too few samples for the high quantiles, too few blocks for intervals
	FailedGate  Kind = "failed-gate" // a gate that fails
	Interrupted Kind = "interrupted" // stopped halfway by Ctrl-C
	Cutoff      Kind = "cutoff"      // killed: it has no end, and its last frame is torn
	FourArms    Kind = "four-arms"   // all four anchor policies
	OneArm      Kind = "one-arm"     // nothing to compare
	Stalled     Kind = "stalled"     // the server stands still for more than a second: an event
	UnequalAA   Kind = "unequal-aa"  // an A/A phase in which equal arms differ: invalid
)

// Kinds lists the examples.
func Kinds() []Kind {
	return []Kind{Anchor, Same, Identical, Overloaded, Short, FailedGate, Interrupted, Cutoff, FourArms, OneArm, Stalled, UnequalAA}
}

// Write stores an example in dir, which must be empty or not exist.
func Write(dir string, k Kind) error {
	m, err := modelOf(k)
	if err != nil {
		return err
	}
	w, err := results.Create(dir, m.run)
	if err != nil {
		return err
	}
	for _, s := range m.samples() {
		if err := w.Put(s); err != nil {
			return err
		}
	}
	m.run.Ended = m.run.Started.Add(m.run.MeasuredFrom() + m.run.Duration)
	if err := w.Finish(m.run); err != nil {
		return err
	}
	if k == Cutoff {
		return tear(dir)
	}
	return nil
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

// tear takes the last bytes off the sample store.
func tear(dir string) error {
	stores, err := filepath.Glob(filepath.Join(dir, "*.ewsb"))
	if err != nil || len(stores) != 1 {
		return fmt.Errorf("one sample store expected in %s, found %v: %w", dir, stores, err)
	}
	info, err := os.Stat(stores[0])
	if err != nil {
		return err
	}
	return os.Truncate(stores[0], info.Size()-10)
}

// started is when every example began.
func started() time.Time { return time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC) }
