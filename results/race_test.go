//go:build race

package results_test

// million is smaller under the race detector, which makes it ten times slower.
const million = 100_000
