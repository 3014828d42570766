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

// Op returns OpSyncFolderHierarchy.
func (s SyncFolderHierarchy) Op() Op { return OpSyncFolderHierarchy }

func (s SyncFolderHierarchy) appendTo(dst []byte) []byte {
	dst = append(dst, "<m:SyncFolderHierarchy>"...)
	dst = appendShape(dst, "m:FolderShape", s.Shape)
	if !s.Folder.isZero() {
		dst = appendFolderIDs(dst, "m:SyncFolderId", s.Folder)
	}
	dst = appendSyncState(dst, s.State)
	return append(dst, "</m:SyncFolderHierarchy>"...)
}

// appendSyncState appends the state of a request, if there is one.
func appendSyncState(dst []byte, state string) []byte {
	if state == "" {
		return dst
	}
	return appendElement(dst, "m:SyncState", state)
}

func (p *parser) syncFolderHierarchy() Body {
	var s SyncFolderHierarchy
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "FolderShape":
			s.Shape = p.shape()
		case "SyncFolderId":
			s.Folder = p.targetFolder()
		case "SyncState":
			s.State = p.word()
		default:
			p.unexpected()
		}
	}
	p.require(s.Shape != "", "FolderShape")
	return s
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
func (s SyncFolderHierarchyResponse) Op() Op { return OpSyncFolderHierarchy }

func (s SyncFolderHierarchyResponse) appendTo(dst []byte) []byte {
	dst = appendResponseOpen(dst, "m:SyncFolderHierarchyResponse")
	dst = append(dst, "<m:ResponseMessages>"...)
	for i := range s.Messages {
		dst = s.Messages[i].appendTo(dst, s.Shape)
	}
	return append(dst, "</m:ResponseMessages></m:SyncFolderHierarchyResponse>"...)
}

func (m *FolderSyncMessage) appendTo(dst []byte, s Shape) []byte {
	dst = m.Message.appendOpen(dst, "m:SyncFolderHierarchyResponseMessage")
	dst = m.appendProgress(dst, "m:IncludesLastFolderInRange", m.State, m.Last)
	if !m.failed() {
		dst = append(dst, "<m:Changes>"...)
		for i := range m.Changes {
			dst = m.Changes[i].appendTo(dst, s)
		}
		dst = append(dst, "</m:Changes>"...)
	}
	return append(dst, "</m:SyncFolderHierarchyResponseMessage>"...)
}

// appendProgress appends how far a synchronisation has come. A failed one says
// that nothing more is waiting: exchangelib reads both elements first.
func (m *Message) appendProgress(dst []byte, lastName, state string, last bool) []byte {
	if m.failed() {
		dst = append(dst, "<m:SyncState/>"...)
		return appendBoolElement(dst, lastName, true)
	}
	dst = appendElement(dst, "m:SyncState", state)
	return appendBoolElement(dst, lastName, last)
}

func (c *FolderChange) appendTo(dst []byte, s Shape) []byte {
	if c.Kind == Delete {
		dst = append(dst, "<t:Delete>"...)
		dst = appendID(dst, "t:FolderId", c.Folder.ID.ID, c.Folder.ID.ChangeKey)
		return append(dst, "</t:Delete>"...)
	}
	name := c.Kind.element()
	dst = appendOpen(dst, name)
	dst = c.Folder.appendTo(dst, s)
	return appendClose(dst, name)
}

// element returns the name of the element that shows what was created or
// updated.
func (k ChangeKind) element() string {
	if k == Update {
		return "t:Update"
	}
	return "t:Create"
}
