package audit

// SyncPolled is given when a folder in which nothing changes is synchronised over and over.
const SyncPolled ID = "sync-polled"

func syncPolled() Rule {
	return Rule{
		ID: SyncPolled, Level: Advice, only: synchronises,
		Advice:    "Let a notification say when to synchronise, or wait a while between two rounds.",
		Source:    "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices",
		Situation: "a synchronisation from a state",
		met:       func(e *Exchange, _ *memory) bool { return e.syncs() && e.State != 0 },
		broken: func(e *Exchange, m *memory) bool {
			s, ok := m.synced(e)
			return ok && s.idles(e) && s.idle+1 >= storm
		},
	}
}
