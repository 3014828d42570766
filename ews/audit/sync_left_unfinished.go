package audit

// SyncLeftUnfinished is given when a synchronisation stops although more is waiting.
const SyncLeftUnfinished ID = "sync-left-unfinished"

func syncLeftUnfinished() Rule {
	return Rule{
		ID: SyncLeftUnfinished, Level: Advice,
		Advice:    "Go on with the new SyncState until IncludesLastItemInRange or IncludesLastFolderInRange is true.",
		Source:    "MS docs: Synchronize items by using EWS in Exchange, Get the list of all items or changed items by using the EWS Managed API",
		Situation: "a synchronisation with more to come",
		met:       func(e *Exchange, _ *memory) bool { return e.syncs() && e.Next != 0 && !e.Last },
		undone: func(m *memory) (n uint64) {
			m.syncs.each(func(s syncing) {
				if s.next != 0 && !s.last {
					n++
				}
			})
			return n
		},
	}
}
