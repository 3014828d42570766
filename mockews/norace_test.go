//go:build !race

package mockews_test

// raced says that the race detector is on.
const raced = false
