//go:build !race

package main

// raced says that the race detector is on; seeds is how many seeds the tests
// over seeds take: as many as the claim they hold speaks of.
const (
	raced = false
	seeds = 20
)
