package ews

// ItemIDs returns the ids of up to max items that an answer shows.
func ItemIDs(body []byte, max int) []ItemID { return nil }

// FolderIDs returns the ids of up to max folders that an answer shows.
func FolderIDs(body []byte, max int) []FolderID { return nil }

// SyncState returns the state to synchronise from next, and whether nothing
// more is waiting.
func SyncState(body []byte) (state string, last bool) { return "", false }
