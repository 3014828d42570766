package audit

// SyncFromScratch is given when a client that has a state begins afresh, time and again.
const SyncFromScratch ID = "sync-from-scratch"

func syncFromScratch() Rule {
	return Rule{
		ID: SyncFromScratch, Level: Advice, only: synchronises,
		Advice:    "Keep the SyncState and go on from it, so that only what has changed comes.",
		Source:    "MS docs: Mailbox synchronization and EWS in Exchange, Folder and item synchronization",
		Situation: "a second synchronisation of a folder",
		met: func(e *Exchange, m *memory) bool {
			s, ok := m.synced(e)
			return ok && s.next != 0
		},
		broken: func(e *Exchange, m *memory) bool {
			s, ok := m.synced(e)
			return ok && e.State == 0 && s.next != 0 && s.refused == 0 && s.fresh+1 >= mostFresh
		},
	}
}

// mostFresh is how many times a client may begin afresh after it had a state:
// once, since programs are started again. The figure is ours.
const mostFresh = 2
