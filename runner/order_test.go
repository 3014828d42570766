package runner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOrderIsAPermutationInEachGroup(t *testing.T) {
	t.Parallel()
	for arms := uint64(1); arms <= MaxArms; arms++ {
		o := order{seed: 5, arms: arms}
		for group := range uint64(200) {
			seen := make(map[int]bool)
			for place := range arms {
				arm := o.arm(group, place)
				require.Less(t, arm, int(arms))
				seen[arm] = true
			}
			require.Len(t, seen, int(arms), "group %d", group)
		}
	}
}

// Each arm goes first about as often as the others, whatever the seed: four
// standard deviations of a fair draw are allowed.
func TestOrderIsBalanced(t *testing.T) {
	t.Parallel()
	const groups = 10000
	for _, arms := range []uint64{2, 3, 4} {
		for seed := range uint64(5) {
			first := make([]int, arms)
			for group := range uint64(groups) {
				first[order{seed, arms}.arm(group, 0)]++
			}
			for _, n := range first {
				assert.InDelta(t, groups/float64(arms), n, 200, "seed %d", seed)
			}
		}
	}
}

// The order is drawn, not alternated: equal neighbours are as frequent as
// different ones, and another seed draws another order.
func TestOrderIsDrawn(t *testing.T) {
	t.Parallel()
	const groups = 10000
	one, other := order{1, 2}, order{2, 2}
	repeated, agreed := 0, 0
	for group := range uint64(groups) {
		if one.arm(group, 0) == one.arm(group+1, 0) {
			repeated++
		}
		if one.arm(group, 0) == other.arm(group, 0) {
			agreed++
		}
	}
	assert.InDelta(t, groups/2, repeated, 200)
	assert.InDelta(t, groups/2, agreed, 200)
}
