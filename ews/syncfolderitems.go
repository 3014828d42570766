package ews

import "strconv"

// MaxSyncChanges is how many changes a SyncFolderItems request may ask for (MS
// docs: MaxChangesReturned).
const MaxSyncChanges = 512

// SyncFolderItems asks what changed among a folder's items since State (MS
// docs: SyncFolderItems operation).
type SyncFolderItems struct {
	Shape      Shape
	Folder     FolderID
	State      string // from the last answer; empty: everything is new
	MaxChanges int    // 1 to MaxSyncChanges
}

// Op returns OpSyncFolderItems.
func (s SyncFolderItems) Op() Op { return OpSyncFolderItems }

func (s SyncFolderItems) appendTo(dst []byte) []byte {
	dst = append(dst, "<m:SyncFolderItems>"...)
	dst = appendShape(dst, "m:ItemShape", s.Shape)
	dst = appendFolderIDs(dst, "m:SyncFolderId", s.Folder)
	dst = appendSyncState(dst, s.State)
	dst = appendIntElement(dst, "m:MaxChangesReturned", s.MaxChanges)
	return append(dst, "</m:SyncFolderItems>"...)
}

func (p *parser) syncFolderItems() Body {
	var s SyncFolderItems
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "ItemShape":
			s.Shape = p.shape()
		case "SyncFolderId":
			s.Folder = p.targetFolder()
		case "SyncState":
			s.State = p.word()
		case "MaxChangesReturned":
			s.MaxChanges = p.maxChanges()
		case "Ignore", "SyncScope":
		default:
			p.unexpected()
		}
	}
	p.require(s.Shape != "", "ItemShape")
	p.require(!s.Folder.isZero(), "SyncFolderId")
	p.require(s.MaxChanges != 0, "MaxChangesReturned")
	return s
}

func (p *parser) maxChanges() int {
	value := p.word()
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > MaxSyncChanges {
		p.invalid("MaxChangesReturned", value, "MaxSyncChangesReturnedType")
	}
	return n
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
func (s SyncFolderItemsResponse) Op() Op { return OpSyncFolderItems }

func (s SyncFolderItemsResponse) appendTo(dst []byte) []byte {
	dst = appendResponseOpen(dst, "m:SyncFolderItemsResponse")
	dst = append(dst, "<m:ResponseMessages>"...)
	for i := range s.Messages {
		dst = s.Messages[i].appendTo(dst, s.Shape)
	}
	return append(dst, "</m:ResponseMessages></m:SyncFolderItemsResponse>"...)
}

func (m *ItemSyncMessage) appendTo(dst []byte, s Shape) []byte {
	dst = m.Message.appendOpen(dst, "m:SyncFolderItemsResponseMessage")
	dst = m.appendProgress(dst, "m:IncludesLastItemInRange", m.State, m.Last)
	if !m.failed() {
		dst = append(dst, "<m:Changes>"...)
		for i := range m.Changes {
			dst = m.Changes[i].appendTo(dst, s)
		}
		dst = append(dst, "</m:Changes>"...)
	}
	return append(dst, "</m:SyncFolderItemsResponseMessage>"...)
}

func (c *ItemChange) appendTo(dst []byte, s Shape) []byte {
	if c.Kind == Delete {
		dst = append(dst, "<t:Delete>"...)
		dst = appendID(dst, "t:ItemId", c.Item.ID.ID, c.Item.ID.ChangeKey)
		return append(dst, "</t:Delete>"...)
	}
	name := c.Kind.element()
	dst = appendOpen(dst, name)
	dst = c.Item.appendTo(dst, s, false)
	return appendClose(dst, name)
}
