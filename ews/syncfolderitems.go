package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// MaxSyncChanges is the most that a request for changes may ask for (MS docs:
// MaxChangesReturned).
const MaxSyncChanges = 512

// SyncFolderItems asks what has changed among the items of a folder (MS docs:
// SyncFolderItems operation).
type SyncFolderItems struct {
	Shape      ItemShape    `x:"m:ItemShape,need"`
	Folder     TargetFolder `x:"m:SyncFolderId,need"`
	State      string       `x:"m:SyncState"` // from the last answer; empty: everything is new
	Ignore     []ItemRef    `x:"m:Ignore/*"`
	MaxChanges int          `x:"m:MaxChangesReturned,need"` // 1 to MaxSyncChanges
	Scope      string       `x:"m:SyncScope"`               // NormalItems, NormalAndAssociatedItems
}

// Op returns OpSyncFolderItems.
func (s SyncFolderItems) Op() Op { return OpSyncFolderItems }

func (s SyncFolderItems) appendTo(dst []byte) []byte {
	return appendBound(dst, s, "m:SyncFolderItems")
}

// readSyncItems reads a SyncFolderItems, whose limit the schema bounds.
func readSyncItems(p *parser) Body {
	var s SyncFolderItems
	schema.Read(&p.Reader, &s)
	if s.MaxChanges < 1 || s.MaxChanges > MaxSyncChanges {
		p.Violate("The 'MaxChangesReturned' element is invalid - The value '%d' is invalid according to its datatype '%s:MaxSyncChangesReturnedType'.",
			s.MaxChanges, typesURI)
	}
	return s
}

// ItemChange is one change of an item: the item as it is now, the id of one that
// is gone, or the id of one of which only IsRead has changed.
type ItemChange struct {
	Kind ChangeKind
	Item Object
	ID   ItemID
	Read bool
}

// AppendElement appends the change.
func (c ItemChange) AppendElement(dst []byte) []byte {
	name := "t:" + string(c.Kind)
	dst = appendOpen(dst, name)
	switch c.Kind {
	case Delete, ReadFlagChange:
		dst = appendID(dst, "t:ItemId", c.ID.ID, c.ID.ChangeKey)
		if c.Kind == ReadFlagChange {
			dst = appendBoolElement(dst, "t:IsRead", c.Read)
		}
	case Create, Update:
		dst = c.Item.AppendElement(dst)
	}
	return appendClose(dst, name)
}

// ReadElement reads the current element; false if it is no change.
func (c *ItemChange) ReadElement(r *xmlbind.Reader) bool {
	c.Kind = ChangeKind(strings.Clone(r.Name()))
	for depth := r.Depth(); r.Child(depth); {
		switch r.Name() {
		case "ItemId":
			schema.Read(r, &c.ID)
		case "IsRead":
			c.Read, _ = xmlbind.ParseBool(r.Word())
		default:
			if !c.Item.ReadElement(r) {
				r.Unexpected()
			}
		}
	}
	return c.Kind == Create || c.Kind == Update || c.Kind == Delete || c.Kind == ReadFlagChange
}

// ItemSyncMessage is the answer to SyncFolderItems. One that failed has an empty
// state, and says that there is no more.
type ItemSyncMessage struct {
	Message
	State   string       `x:"m:SyncState,always"` // for the next call
	Last    bool         `x:"m:IncludesLastItemInRange,always"`
	Changes []ItemChange `x:"m:Changes/*,always"`
}

// SyncFolderItemsResponse answers SyncFolderItems.
type SyncFolderItemsResponse struct {
	Messages []ItemSyncMessage `x:"m:ResponseMessages/m:SyncFolderItemsResponseMessage,always"`
}

// Op returns OpSyncFolderItems.
func (s SyncFolderItemsResponse) Op() Op { return OpSyncFolderItems }

func (s SyncFolderItemsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, s, "m:SyncFolderItemsResponse")
}
