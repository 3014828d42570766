//go:build !race

package results_test

// million is the size of the run whose memory and store are measured.
const million = 1_000_000
