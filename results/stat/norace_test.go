//go:build !race

package stat_test

// simRepeats is how often each simulation is repeated.
const simRepeats = 200
