//go:build race

package main

// seeds is how many seeds the tests over seeds take under the race detector,
// which makes each ten times as long.
const seeds = 2
