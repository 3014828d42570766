// Package stat holds the statistics of ewsbench on []float64. It knows no
// requests, arms or runs.
package stat
