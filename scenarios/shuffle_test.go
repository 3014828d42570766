package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

func shuffled() scenarios.Scenario {
	s := visiting(10)
	s.Order = scenarios.OrderShuffle
	s.Steps = []scenarios.Step{{Op: ews.OpFindItem, Weight: 3}, {Op: ews.OpGetItem, Weight: 7}, {Op: ews.OpDeleteItem, Weight: 4}}
	return s
}

// TestShuffledVisits: each has all calls once, those of the first step evenly
// spread, and the others in another order each time.
func TestShuffledVisits(t *testing.T) {
	t.Parallel()
	const deck, lanes = 14, 10
	p := planOf(t, shuffled(), 1)
	orders := map[string]bool{}
	for visit := range uint64(50) {
		// The first visit of lane 0 is whole, and so are all after it.
		seen, order := map[[2]int]bool{}, ""
		mailbox := ""
		for turn := range uint64(deck) {
			c := p.At((visit*deck + turn) * lanes)
			assert.Equal(t, turn == 0 || turn == 4 || turn == 9, c.Step == 0, "turn %d", turn)
			if turn == 0 {
				mailbox = c.Mailbox
			}
			assert.Equal(t, mailbox, c.Mailbox)
			seen[[2]int{c.Step, c.Nth}] = true
			order += string(rune('0' + c.Step))
			assert.Equal(t, (visit*deck)*lanes, p.Begins(c.N))
		}
		assert.Len(t, seen, deck)
		orders[order] = true
	}
	assert.Greater(t, len(orders), 40)
}

// TestShuffledOrderIsTheSeeds: the same under one seed, another under another.
func TestShuffledOrderIsTheSeeds(t *testing.T) {
	t.Parallel()
	one, again, other := planOf(t, shuffled(), 1), planOf(t, shuffled(), 1), planOf(t, shuffled(), 2)
	differ := false
	for n := range uint64(500) {
		assert.Equal(t, one.At(n), again.At(n))
		differ = differ || one.At(n).Step != other.At(n).Step
	}
	assert.True(t, differ)
}
