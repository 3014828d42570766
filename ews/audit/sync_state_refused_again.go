package audit

import "github.com/ewsbench/ewsbench/ews"

// SyncStateRefusedAgain is given when a state is sent again that the server cannot read.
const SyncStateRefusedAgain ID = "sync-state-refused-again"

func syncStateRefusedAgain() Rule {
	return Rule{
		ID: SyncStateRefusedAgain, Level: Problem, only: synchronises,
		Advice:    "After ErrorInvalidSyncStateData throw the state away and synchronise the folder afresh.",
		Source:    "MS docs: Handling synchronization-related errors in EWS in Exchange, Table 1",
		Situation: "ErrorInvalidSyncStateData",
		met: func(e *Exchange, _ *memory) bool {
			return e.syncs() && e.State != 0 && e.Code == ews.ErrorInvalidSyncStateData
		},
		broken: func(e *Exchange, m *memory) bool {
			s, ok := m.synced(e)
			return ok && e.State != 0 && e.State == s.refused
		},
	}
}
