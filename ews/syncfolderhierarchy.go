package ews

// ChangeKind says what happened to a folder or an item since the last
// synchronisation.
type ChangeKind string

// The kinds of change.
const (
	Create ChangeKind = "Create"
	Update ChangeKind = "Update"
	Delete ChangeKind = "Delete"
)

// SyncFolderHierarchy asks what changed among a mailbox's folders since State
// (MS docs: SyncFolderHierarchy operation).
type SyncFolderHierarchy struct {
	Shape  Shape
	Folder FolderID // where to begin; zero: the root of the mailbox
	State  string   // from the last answer; empty: everything is new
}

// FolderChange is one folder's change. With Delete only the id counts.
type FolderChange struct {
	Kind   ChangeKind
	Folder Folder
}

// FolderSyncMessage is the answer to SyncFolderHierarchy.
type FolderSyncMessage struct {
	Message
	State   string // for the next call
	Last    bool   // no further changes are waiting
	Changes []FolderChange
}

// SyncFolderHierarchyResponse answers SyncFolderHierarchy with one message.
type SyncFolderHierarchyResponse struct {
	Shape    Shape
	Messages []FolderSyncMessage
}

// Op returns OpSyncFolderHierarchy.
func (s SyncFolderHierarchy) Op() Op { return OpSyncFolderHierarchy }

func (s SyncFolderHierarchy) appendTo(dst []byte) []byte { return dst }

// Op returns OpSyncFolderHierarchy.
func (s SyncFolderHierarchyResponse) Op() Op { return OpSyncFolderHierarchy }

func (s SyncFolderHierarchyResponse) appendTo(dst []byte) []byte { return dst }
