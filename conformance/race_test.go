//go:build race

package conformance_test

// wholeMatrix says that each saboteur meets all clauses. Under the race detector it meets its own, and those that it names.
const wholeMatrix = false
