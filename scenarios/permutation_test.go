package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPermutationHitsEachOnce(t *testing.T) {
	t.Parallel()
	for n := uint64(1); n <= 300; n++ {
		p := newPermutation(n, n*7)
		seen := make([]bool, n)
		for i := range n {
			at := p.at(i)
			assert.Less(t, at, n)
			assert.False(t, seen[at])
			seen[at] = true
		}
	}
}

func TestPermutationWalksFewSteps(t *testing.T) {
	t.Parallel()
	for _, n := range []uint64{3, 5, 17, 1000, 1025, 4097, 1_000_003} {
		p := newPermutation(n, 1)
		domain := uint64(1) << (2 * p.half)
		assert.Less(t, domain, 4*n+4, "n %d", n)
	}
}

func TestDrawsDoNotShareStreams(t *testing.T) {
	t.Parallel()
	seen := map[uint64]bool{}
	for seed := range uint64(20) {
		for purpose := drawMailboxes; purpose <= drawCells; purpose++ {
			for n := range uint64(50) {
				seen[draw(seed, purpose, n)] = true
			}
		}
	}
	assert.Len(t, seen, 20*7*50)
}
