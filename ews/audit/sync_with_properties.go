package audit

import "github.com/ewsbench/ewsbench/ews"

// SyncWithProperties is given when a synchronisation asks for more than ids.
const SyncWithProperties ID = "sync-with-properties"

func syncWithProperties() Rule {
	return Rule{
		ID: SyncWithProperties, Level: Advice, only: synchronises,
		Advice:    "Synchronise with the base shape IdOnly and get the properties of what has changed with GetItem or GetFolder.",
		Source:    "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices",
		Situation: "a synchronisation",
		met:       func(e *Exchange, _ *memory) bool { return e.syncs() },
		broken: func(e *Exchange, _ *memory) bool {
			sync := e.Op == ews.OpSyncFolderItems || e.Op == ews.OpSyncFolderHierarchy
			return sync && e.Shape != "" && e.Shape != ews.ShapeIDOnly
		},
	}
}
