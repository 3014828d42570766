package results_test

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// A run of two arms, stored and read back.
func Example() {
	parent, err := os.MkdirTemp("", "ewsbench")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(parent) }()
	dir := filepath.Join(parent, "run")
	run := results.Run{
		Scenario: "example", Seed: 1, Rate: 100, Duration: 6 * time.Second, Blocks: 6,
		Arms: []results.Arm{{Name: "anchored", AskedRate: 50}, {Name: "unanchored", AskedRate: 50}},
	}
	w, err := results.Create(dir, run)
	if err != nil {
		fmt.Println(err)
		return
	}
	for slot := range uint64(600) {
		due := time.Duration(slot) * 10 * time.Millisecond
		s := results.Sample{
			Arm: run.Arms[slot%2].Name, Block: int(due / time.Second), Seq: slot, Call: slot / 2, Op: "GetFolder", Status: 200,
			Due: due, Start: due, End: due + time.Duration(20+25*(slot%2))*time.Millisecond, Class: results.ClassOK, Code: results.CodeOK,
		}
		if err := w.Put(s); err != nil {
			fmt.Println(err)
			return
		}
	}
	run.End = results.EndComplete
	if err := w.Finish(run); err != nil {
		fmt.Println(err)
		return
	}

	r, err := results.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := results.Summarize(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := a.Summary.Comparisons[0]
	fmt.Printf("%s of %s: %.2f times %s, %s\n", c.Metric, c.Other, *c.Ratio, c.Base, c.Verdict)
	fmt.Println(a.Summary.Verdict, a.Summary.ExitCode)
	// Output:
	// latency_p50 of unanchored: 2.25 times anchored, worse
	// pass 0
}
