//go:build race

package main

// raced says that the race detector is on, which makes a run in virtual time
// ten times as long; seeds is how many seeds the tests over seeds take then.
const (
	raced = true
	seeds = 2
)
