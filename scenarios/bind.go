package scenarios

import "github.com/ewsbench/ewsbench/ews"

// unknownItem has the form of an item id and names nothing.
const unknownItem = "AAMkAGV3c2JlbmNoLXBsYWNlaG9sZGVyLWl0ZW0tdGhhdC1uby1tYWlsYm94LWhhcwBGAAAAAAA="

// fixedBody returns the request of a step that asks the same of each mailbox,
// or nil.
func fixedBody(step Step) ews.Body {
	switch step.Op {
	case ews.OpGetFolder:
		return ews.GetFolder{
			Shape: ews.FolderShape{Base: ews.Shape(step.Shape)}, Folders: []ews.FolderID{{Distinguished: step.Folder}},
		}
	case ews.OpFindItem:
		return findItem(step)
	default:
		return nil
	}
}

// freeBody returns the request of a call that is about its mailbox, but needs
// nothing that an earlier answer said.
func (s *Session) freeBody(c Call) ews.Body {
	switch c.Op {
	case ews.OpCreateItem:
		return s.createItem(c)
	case ews.OpGetUserAvailability:
		return s.availability(c)
	default:
		return oofBody(c)
	}
}

// oofBody returns the request of a step about automatic replies. What is set
// is always the same, so that a mailbox looks alike however often it is swept.
func oofBody(c Call) ews.Body {
	if c.Op == ews.OpGetUserOofSettings {
		return ews.GetUserOofSettings{Mailbox: c.Mailbox}
	}
	return ews.SetUserOofSettings{Mailbox: c.Mailbox, Settings: ews.OofSettings{
		State:            ews.OofEnabled,
		ExternalAudience: ews.OofKnown,
		InternalReply:    "I am out of the office and will answer when I am back.",
		ExternalReply:    "I am out of the office.",
	}}
}

// bind returns the request of a chained call, and whether it is late.
func (s *Session) bind(m *memory, arm int, c Call) (ews.Body, bool) {
	step := s.steps[c.Step]
	shape := ews.Shape(step.Shape)
	if s.chain.links[c.Step] == linkHierarchy {
		state, late := m.progressOf(arm, hierarchyKey).send(c)
		return ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: shape}, State: state}, late
	}
	b := s.bindingOf(m, c)
	if s.chain.links[c.Step] == linkItems {
		return s.itemBody(c, s.ofArm(b.items, arm)), b.late
	}
	state, late := m.progressOf(arm, folderKey(b.folder)).send(c)
	return ews.SyncFolderItems{
		Shape: ews.ItemShape{Base: shape}, Folder: ews.TargetFolder{ID: b.folder}, State: state, MaxChanges: step.MaxChanges,
	}, late || b.late
}

// bindingOf returns the ids of a call: those that the other call of the pair
// had, if that one was bound before.
func (s *Session) bindingOf(m *memory, c Call) binding {
	if m.last.call == ordinalOf(c) {
		return m.last
	}
	b := binding{call: ordinalOf(c)}
	switch s.chain.links[c.Step] {
	case linkItems:
		b.items, b.late = s.idsFor(m, c), !m.items[s.chain.sources[c.Step]].answered()
	case linkFound:
		b.folder, b.late = s.folderFor(m, c), !m.folders.answered()
	case linkNone, linkHierarchy, linkFolder:
		b.folder = ews.FolderID{Distinguished: s.steps[c.Step].Folder}
	}
	m.last = b
	return b
}

func (s *Session) idsFor(m *memory, c Call) []ews.ItemRef {
	if s.chain.dealt {
		return ews.Refs(s.lotsFor(m, c))
	}
	if s.plan.closed {
		return m.pending(s.chain.sources[c.Step], s.steps[c.Step].Batch)
	}
	return s.itemsFor(m, c)
}

// itemsFor returns the ids that a call asks for: the next Batch of what is
// known, from the beginning again where that is used up, no id twice.
func (s *Session) itemsFor(m *memory, c Call) []ews.ItemRef {
	all := m.items[s.chain.sources[c.Step]].list
	if len(all) == 0 {
		return nil
	}
	batch := s.steps[c.Step].Batch
	start := s.chain.first[c.Step] + c.Nth*batch
	ids := make([]ews.ItemRef, min(batch, len(all)))
	for i := range ids {
		ids[i] = all[(start+i)%len(all)].Ref()
	}
	return ids
}

// folderFor returns the folder of the nth SyncFolderItems of a visit: the nth
// that is known, from the first again where there are fewer. In a closed model it
// is the first that is not read to its end.
func (s *Session) folderFor(m *memory, c Call) ews.FolderID {
	if s.plan.closed {
		folder, _ := m.unread()
		return folder
	}
	if all := m.folders.list; len(all) > 0 {
		return all[c.Nth%len(all)]
	}
	return ews.FolderID{Distinguished: defaultFolder}
}
