package scenarios

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

// What follows is about scenarios in which some step changes items. Two arms
// cannot both move the same message, so that what is found is dealt out: of as
// many items in a row as there are arms, a lot, each arm gets one, in an order
// drawn for the lot. Neighbours of a list are alike in age and, if they are not,
// it is chance which arm gets which (docs/adr/0005).

// maxGone bounds how many items are known to be away. A listing that was on its
// way while they were taken shows them still.
const maxGone = 256

// learnLots deals out what a FindItem found. A later answer takes the place of
// the list before it, for it shows what is there now; the other answer to the
// same call shows the same.
func (s *Session) learnLots(m *memory, c Call, body []byte) {
	kind := s.chain.sources[c.Step]
	items := &m.items[kind]
	if c.Op != ews.OpFindItem || s.chain.items[kind] == 0 || items.from >= ordinalOf(c) {
		return
	}
	most := s.chain.items[kind] * s.arms
	found := slices.DeleteFunc(ews.ItemIDs(body, most+len(m.gone)), m.isGone)
	found = found[:min(len(found), most)]
	found = found[:len(found)/s.arms*s.arms]
	s.deal(c, found)
	*items = known[ews.ItemID]{list: found, visit: c.Visit, from: ordinalOf(c)}
}

// deal puts the items of each lot in the order of the arms that get them.
func (s *Session) deal(c Call, list []ews.ItemID) {
	arms := uint64(s.arms)
	for lot := uint64(0); lot*arms < uint64(len(list)); lot++ {
		at := list[lot*arms : (lot+1)*arms]
		drawn := draw(draw(s.plan.seed, drawDeal, c.N), drawDeal, lot)
		for i := arms - 1; i > 0; i-- {
			j := drawn % (i + 1)
			drawn /= i + 1
			at[i], at[j] = at[j], at[i]
		}
	}
}

// lotsFor returns the next lots for a call, those of all arms. A step that reads
// goes through the list, and begins again at its end; one that takes items away
// has the first, and nobody gets them again. The list is empty if there is none.
func (s *Session) lotsFor(m *memory, c Call) []ews.ItemID {
	items := &m.items[s.chain.sources[c.Step]]
	lots := len(items.list) / s.arms
	n := min(s.steps[c.Step].Batch, lots)
	if takesAway(c.Op) {
		taken := slices.Clone(items.list[:n*s.arms])
		items.list, items.read = items.list[n*s.arms:], max(0, items.read-n)
		m.forget(taken)
		return taken
	}
	var next []ews.ItemID
	for i := range n {
		lot := (items.read + i) % lots
		next = append(next, items.list[lot*s.arms:(lot+1)*s.arms]...)
	}
	items.read += n
	return next
}

// ofArm picks an arm's items out of those of all arms.
func (s *Session) ofArm(all []ews.ItemRef, arm int) []ews.ItemRef {
	if !s.chain.dealt {
		return all
	}
	own := make([]ews.ItemRef, 0, len(all)/s.arms)
	for lot := 0; lot < len(all); lot += s.arms {
		own = append(own, all[lot+arm])
	}
	return own
}

// forget notes that items are away.
func (m *memory) forget(taken []ews.ItemID) {
	for _, id := range taken {
		m.gone = append(m.gone, hashOf(id.ID))
	}
	m.gone = m.gone[max(0, len(m.gone)-maxGone):]
}

func (m *memory) isGone(id ews.ItemID) bool {
	return len(m.gone) > 0 && slices.Contains(m.gone, hashOf(id.ID))
}

// hashOf is a number for an id that hardly another one has.
func hashOf(id string) uint64 {
	h := uint64(len(id))
	for i := range len(id) {
		h = mix(h ^ uint64(id[i]))
	}
	return h
}
