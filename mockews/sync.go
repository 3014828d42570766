package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// A sync state says in itself how far its client has come: an opaque value whose folder and position are those of the
// next change. Since nothing in a mailbox changes, whoever has come to the end gets no changes however often it asks.

// hierarchyState is the folder number in the state of SyncFolderHierarchy, where a folder's would be.
const hierarchyState = 0xffff

// position is where the client's state says that it is in a folder.
func (s *store) position(actor route.Principal, folder int, state string) (at int, code ews.Code) {
	if state == "" {
		return 0, ews.NoError
	}
	o, ok := s.decode(kindState, state)
	if !ok || o.owner != actor || o.folder != folder {
		return 0, ews.ErrorInvalidSyncStateData
	}
	return o.nth, ews.NoError
}

func (s *store) state(owner route.Principal, folder, at int) string {
	return s.encode(opaque{kind: kindState, owner: owner, folder: folder, nth: at})
}

func (s *store) syncFolderHierarchy(actor route.Principal, b ews.SyncFolderHierarchy) (ews.Response, ews.Code) {
	first := ews.NoError
	m := ews.FolderSyncMessage{Last: true}
	at, code := s.position(actor, hierarchyState, b.State)
	if owned := s.findHierarchy(actor, b.Folder); owned != ews.NoError {
		code = owned
	}
	m.Message = verdict(&first, code)
	if code == ews.NoError {
		for number := max(at, rootFolder+1); number < len(folderTable); number++ {
			m.Changes = append(m.Changes, ews.FolderChange{Kind: ews.Create, Folder: s.folder(actor, number, b.Shape)})
		}
		m.State = s.state(actor, hierarchyState, len(folderTable))
	}
	return ews.SyncFolderHierarchyResponse{Shape: b.Shape, Messages: []ews.FolderSyncMessage{m}}, first
}

// findHierarchy checks the folder below which folders are synchronised: none, or any of the mailbox, which all stand for
// the whole of it.
func (s *store) findHierarchy(actor route.Principal, id ews.FolderID) ews.Code {
	if id == (ews.FolderID{}) || id.Distinguished == "root" {
		return s.findOwner(actor, id.Mailbox)
	}
	_, code := s.findFolder(actor, id)
	return code
}

func (s *store) syncFolderItems(actor route.Principal, b ews.SyncFolderItems) (ews.Response, ews.Code) {
	first := ews.NoError
	m := ews.ItemSyncMessage{Last: true}
	folder, code := s.findFolder(actor, b.Folder)
	at := 0
	if code == ews.NoError {
		at, code = s.position(actor, folder, b.State)
	}
	m.Message = verdict(&first, code)
	if code == ews.NoError {
		s.changes(&m, actor, folder, at, b)
	}
	return ews.SyncFolderItemsResponse{Shape: b.Shape, Messages: []ews.ItemSyncMessage{m}}, first
}

// changes fills a message with the items from a position on.
func (s *store) changes(m *ews.ItemSyncMessage, owner route.Principal, folder, at int, b ews.SyncFolderItems) {
	total, _ := s.count(owner, folder)
	end := min(at+b.MaxChanges, total)
	for nth := at; nth < end; nth++ {
		m.Changes = append(m.Changes, ews.ItemChange{Kind: ews.Create, Item: s.item(owner, folder, nth, b.Shape)})
	}
	m.Last = end == total
	m.State = s.state(owner, folder, max(end, at))
}
