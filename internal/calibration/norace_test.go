//go:build !race

package calibration_test

// usualRuns is how many runs are simulated of each kind unless more are asked for.
const usualRuns = 100
