//go:build race

package results

// simulatedRuns is less under the race detector, which makes it ten times slower.
const simulatedRuns = 4
