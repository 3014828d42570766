// Package calibration shows what the statistics of results/stat are worth, on
// simulated servers whose truth is known: how often they see a difference where
// there is none, how often their intervals hold the true one, and how often a
// small one is found. Beside them stands what is commonly done instead, a test
// over single requests. The tests print the table that docs/measurement.md shows.
package calibration
