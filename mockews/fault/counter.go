package fault

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// counter numbers calls from 1, those of each state of the anchor by themselves.
type counter struct {
	mu      sync.Mutex
	counts  map[Anchor]uint64
	waiting []*ticket
}

// ticket is a call that waits for its number.
type ticket struct {
	arrived  time.Time
	key, tie uint64
	anchor   Anchor
	number   uint64
}

// number is the number of a call. It waits for a tick, so that in a synctest bubble all calls of the same instant have
// come, and are numbered in an order of their own instead of the scheduler's.
func (n *counter) number(c *Call) uint64 {
	t := &ticket{arrived: c.Arrived, key: c.Key, tie: c.Tie, anchor: c.Anchor}
	n.mu.Lock()
	n.waiting = append(n.waiting, t)
	n.mu.Unlock()
	time.Sleep(time.Nanosecond)
	n.mu.Lock()
	defer n.mu.Unlock()
	if t.number == 0 {
		n.serve(time.Now())
	}
	return t.number
}

// serve numbers all calls that came before an instant.
func (n *counter) serve(before time.Time) {
	if n.counts == nil {
		n.counts = map[Anchor]uint64{}
	}
	slices.SortFunc(n.waiting, compareTickets)
	rest := n.waiting[:0]
	for _, t := range n.waiting {
		if !t.arrived.Before(before) {
			rest = append(rest, t)
			continue
		}
		n.counts[t.anchor]++
		t.number = n.counts[t.anchor]
	}
	clear(n.waiting[len(rest):])
	n.waiting = rest
}

func compareTickets(a, b *ticket) int {
	return cmp.Or(a.arrived.Compare(b.arrived), cmp.Compare(a.key, b.key), cmp.Compare(a.tie, b.tie))
}
