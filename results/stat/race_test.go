//go:build race

package stat_test

// simRepeats is how often each simulation is repeated: few, since the race
// detector makes it ten times slower.
const simRepeats = 20
