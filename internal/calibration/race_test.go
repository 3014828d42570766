//go:build race

package calibration_test

// usualRuns is less under the race detector, which makes it ten times slower.
const usualRuns = 10
