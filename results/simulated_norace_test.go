//go:build !race

package results

// simulatedRuns is how many runs a test of chance simulates.
const simulatedRuns = 32
