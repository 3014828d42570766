package audit

import "github.com/ewsbench/ewsbench/ews"

// OversizedSyncPage is given when a synchronisation asks for more changes than the schema allows.
const OversizedSyncPage ID = "oversized-sync-page"

func oversizedSyncPage() Rule {
	return Rule{
		ID: OversizedSyncPage, Level: Problem, only: sized,
		Advice:    "Ask SyncFolderItems for at most 512 changes and go on with the state that came.",
		Source:    "MS docs: MaxChangesReturned, Remarks",
		Situation: "SyncFolderItems",
		met:       func(e *Exchange, _ *memory) bool { return e.MaxChanges > 0 },
		broken:    func(e *Exchange, _ *memory) bool { return e.MaxChanges > ews.MaxSyncChanges },
	}
}
