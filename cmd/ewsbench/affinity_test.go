package main

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/scenarios"
)

// TestAffinityKeepsTheFirstBackEnd: an arm with affinity sends back the cookie
// of the first answer, and from then on neither the anchor nor the caller
// decides where its calls go.
func TestAffinityKeepsTheFirstBackEnd(t *testing.T) {
	t.Parallel()
	counts := map[bool]int{}
	for _, affinity := range []bool{false, true} {
		arms := []scenarios.Arm{{Name: "only", Anchor: scenarios.AnchorCorrect, Affinity: affinity}}
		for source, how := range routes(virtual{profile: defaultProfile, arms: arms}.journal(t, 1)) {
			if source == string(route.SourceAffinity) {
				counts[affinity] += how["direct"] + how["proxied"]
			}
		}
	}
	assert.Zero(t, counts[false])
	assert.Positive(t, counts[true])
}
