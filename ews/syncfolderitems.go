package ews

// SyncFolderItems asks what changed among a folder's items since State (MS
// docs: SyncFolderItems operation).
type SyncFolderItems struct {
	Shape      Shape
	Folder     FolderID
	State      string // from the last answer; empty: everything is new
	MaxChanges int    // 1 to 512
}

// ItemChange is one item's change. With Delete only the id counts.
type ItemChange struct {
	Kind ChangeKind
	Item Item
}

// ItemSyncMessage is the answer to SyncFolderItems.
type ItemSyncMessage struct {
	Message
	State   string // for the next call
	Last    bool   // no further changes are waiting
	Changes []ItemChange
}

// SyncFolderItemsResponse answers SyncFolderItems with one message.
type SyncFolderItemsResponse struct {
	Shape    Shape
	Messages []ItemSyncMessage
}

// Op returns OpSyncFolderItems.
func (s SyncFolderItems) Op() Op { return OpSyncFolderItems }

func (s SyncFolderItems) appendTo(dst []byte) []byte { return dst }

// Op returns OpSyncFolderItems.
func (s SyncFolderItemsResponse) Op() Op { return OpSyncFolderItems }

func (s SyncFolderItemsResponse) appendTo(dst []byte) []byte { return dst }
