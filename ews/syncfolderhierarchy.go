package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// ChangeKind is what has happened to an item or a folder.
type ChangeKind string

// The changes. The last one is of items alone: only whether it was read has
// changed.
const (
	Create         ChangeKind = "Create"
	Update         ChangeKind = "Update"
	Delete         ChangeKind = "Delete"
	ReadFlagChange ChangeKind = "ReadFlagChange"
)

// SyncFolderHierarchy asks what has changed among the folders of a mailbox (MS
// docs: SyncFolderHierarchy operation).
type SyncFolderHierarchy struct {
	Shape  FolderShape   `x:"m:FolderShape,need"`
	Folder *TargetFolder `x:"m:SyncFolderId"` // where to begin; nil: the root of the mailbox
	State  string        `x:"m:SyncState"`    // from the last answer; empty: everything is new
}

// Op returns OpSyncFolderHierarchy.
func (s SyncFolderHierarchy) Op() Op { return OpSyncFolderHierarchy }

func (s SyncFolderHierarchy) appendTo(dst []byte) []byte {
	return appendBound(dst, s, "m:SyncFolderHierarchy")
}

// FolderChange is one change of a folder: the folder as it is now, or the id of
// one that is gone.
type FolderChange struct {
	Kind   ChangeKind
	Folder Object
	ID     FolderID
}

// AppendElement appends the change.
func (c FolderChange) AppendElement(dst []byte) []byte {
	name := "t:" + string(c.Kind)
	dst = appendOpen(dst, name)
	if c.Kind == Delete {
		dst = c.ID.AppendElement(dst)
	} else {
		dst = c.Folder.AppendElement(dst)
	}
	return appendClose(dst, name)
}

// ReadElement reads the current element; false if it is no change.
func (c *FolderChange) ReadElement(r *xmlbind.Reader) bool {
	c.Kind = ChangeKind(strings.Clone(r.Name()))
	for depth := r.Depth(); r.Child(depth); {
		if !c.ID.ReadElement(r) && !c.Folder.ReadElement(r) {
			r.Unexpected()
		}
	}
	return c.Kind == Create || c.Kind == Update || c.Kind == Delete
}

// FolderSyncMessage is the answer to SyncFolderHierarchy. One that failed has an
// empty state, and says that there is no more: exchangelib reads both first.
type FolderSyncMessage struct {
	Message
	State   string         `x:"m:SyncState,always"` // for the next call
	Last    bool           `x:"m:IncludesLastFolderInRange,always"`
	Changes []FolderChange `x:"m:Changes/*,always"`
}

// SyncFolderHierarchyResponse answers SyncFolderHierarchy.
type SyncFolderHierarchyResponse struct {
	Messages []FolderSyncMessage `x:"m:ResponseMessages/m:SyncFolderHierarchyResponseMessage,always"`
}

// Op returns OpSyncFolderHierarchy.
func (s SyncFolderHierarchyResponse) Op() Op { return OpSyncFolderHierarchy }

func (s SyncFolderHierarchyResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, s, "m:SyncFolderHierarchyResponse")
}
