package scenarios

import "github.com/ewsbench/ewsbench/ews"

// What follows is about closed models. A worker has a mailbox for itself and
// waits for each answer before its next call, so that it always knows what there
// is left to do, and can stop when that is nothing: a folder is read page by page
// until its last, and every item is asked for once. The weights of the steps are
// then how often at most.
//
// Each arm goes at its own pace and has a session of its own. The arms still
// send the same calls: both of them find the same mailboxes.

// Idle says whether a call of a closed model has nothing left to do: all pages of
// its folders have been read, or all items that were found have been asked for.
// The worker passes over it. In an open model no call is idle, for each is due.
func (s *Session) Idle(arm int, c Call) bool {
	if !s.plan.closed || s.chain.links[c.Step] == linkNone || s.chain.links[c.Step] == linkHierarchy {
		return false
	}
	m := s.lock(c)
	defer m.mu.Unlock()
	switch s.chain.links[c.Step] {
	case linkItems:
		items := &m.items[s.chain.sources[c.Step]]
		return items.answered() && items.read >= len(items.list)
	case linkFound:
		_, more := m.unread()
		return m.folders.answered() && !more
	case linkFolder:
		return m.progressOf(arm, s.steps[c.Step].Folder).last
	case linkNone, linkHierarchy:
	}
	return false
}

// pursue makes the chain keep whatever is found: a worker asks for all of it.
func (c *chain) pursue() {
	for kind := range c.items {
		if c.items[kind] > 0 {
			c.items[kind] = maxPending
		}
	}
	if c.folders > 0 {
		c.folders = maxFolders
	}
}

// unread returns the first folder that was not read to its end, and whether there
// is one.
func (m *memory) unread() (ews.FolderID, bool) {
	for _, folder := range m.folders.list {
		if p := m.progress[0][folderKey(folder)]; p == nil || !p.last {
			return folder, true
		}
	}
	return ews.FolderID{Distinguished: defaultFolder}, false
}

// pending returns the next items that were not asked for yet.
func (m *memory) pending(kind source, batch int) []ews.ItemRef {
	items := &m.items[kind]
	next := items.list[items.read:min(items.read+batch, len(items.list))]
	items.read += len(next)
	return ews.Refs(next)
}

// learnPending adds to what is to be asked for. Pages of one folder do not overlap.
func (s *Session) learnPending(m *memory, c Call, body []byte) {
	kind := s.chain.sources[c.Step]
	items := &m.items[kind]
	if room := s.chain.items[kind] - len(items.list); room > 0 {
		items.list = append(items.list, ews.ItemIDs(body, room)...)
	}
	items.from = ordinalOf(c)
}
