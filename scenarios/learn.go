package scenarios

import "github.com/ewsbench/ewsbench/ews"

// learn takes what an answer teaches into the memory of its mailbox.
func (s *Session) learn(m *memory, arm int, c Call, o ews.Outcome, body []byte) {
	if p := m.sentBy(arm, c); p != nil {
		p.settle(o, body)
	}
	switch {
	case !o.OK():
	case s.chain.links[c.Step] == linkHierarchy:
		s.learnFolders(m, c, body)
	case s.chain.dealt:
		s.learnLots(m, c, body)
	case s.plan.closed:
		s.learnPending(m, c, body)
	default:
		s.learnItems(m, c, body)
	}
}

// learnFolders adds to the folders: an incremental answer shows only those
// which changed, the others are still there.
func (s *Session) learnFolders(m *memory, c Call, body []byte) {
	keep := s.chain.folders
	if m.folders.from == ordinalOf(c) || len(m.folders.list) >= keep {
		return
	}
	m.folders.add(c, ews.FolderIDs(body, keep), keep)
}

// learnItems adds to the items of the visit. Those of an earlier visit are
// replaced as soon as there are new ones: they are what changed since. The
// other call of a pair has the same ids, and a full list needs no more.
func (s *Session) learnItems(m *memory, c Call, body []byte) {
	kind := s.chain.sources[c.Step]
	items, keep := &m.items[kind], s.chain.items[kind]
	later := c.Visit > items.visit
	if keep == 0 || items.from == ordinalOf(c) || len(items.list) >= keep && !later {
		return
	}
	found := ews.ItemIDs(body, keep)
	if later && len(found) > 0 {
		items.list, items.visit = nil, c.Visit
	}
	items.add(c, found, keep)
}
