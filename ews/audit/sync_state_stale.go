package audit

import "slices"

// SyncStateStale is given when a client synchronises from a state that it has left behind.
const SyncStateStale ID = "sync-state-stale"

func syncStateStale() Rule {
	return Rule{
		ID: SyncStateStale, Level: Problem, only: synchronises,
		Advice:    "Keep the SyncState of the last answer and send that one: from an older one everything since comes again.",
		Source:    "MS docs: Synchronize items by using EWS in Exchange, Get the changes since the last sync by using EWS",
		Situation: "a second synchronisation of a folder",
		met: func(e *Exchange, m *memory) bool {
			s, ok := m.synced(e)
			return ok && e.State != 0 && s.next != 0
		},
		broken: func(e *Exchange, m *memory) bool {
			s, ok := m.synced(e)
			return ok && e.State != 0 && e.State != s.next && slices.Contains(s.older[:], e.State)
		},
	}
}
