// Package stat holds the statistics of ewsbench on []float64: quantiles and
// their order-statistic intervals, the paired-block bootstrap, the sign-flip
// permutation test, intervals of proportions, the sample-ratio test, and Holm's adjustment. It knows no
// requests, arms or runs.
//
// Values come in blocks: slices of time that hold values of both sides of a
// comparison. Under drift and stalls the values of a block move together, so
// everything that speaks of a difference resamples or flips whole blocks, with
// both sides of a block kept together.
package stat
