package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// A sync state says in itself how far its client has come: an opaque value whose folder and position are those of the
// next change. Since nothing in a mailbox changes, whoever has come to the end gets no changes however often it asks.

// hierarchyState is the folder number in the state of SyncFolderHierarchy, where a folder's would be.
const hierarchyState = 0xffff

// position is where the client's state says that it is in a folder.
func (s *store) position(owner route.Principal, folder int, state string) (at int, code ews.Code) {
	if state == "" {
		return 0, ews.NoError
	}
	o, ok := s.decode(kindState, state)
	if !ok || o.owner != owner || o.folder != folder {
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
	at, owner := 0, actor
	room, code := s.hierarchy(actor, b.Folder)
	if code == ews.NoError {
		owner = room.owner()
		at, code = s.position(owner, hierarchyState, b.State)
	}
	m.Message = blame(&first, code, b.Folder.Mailbox)
	if code == ews.NoError {
		for number := max(at, rootFolder+1); number < len(folderTable); number++ {
			if room, code := s.enter(actor, owner, number, access.Open, false); code == ews.NoError {
				m.Changes = append(m.Changes, ews.FolderChange{Kind: ews.Create, Folder: room.folder(b.Shape)})
			}
		}
		m.State = s.state(owner, hierarchyState, len(folderTable))
	}
	return ews.SyncFolderHierarchyResponse{Shape: b.Shape, Messages: []ews.FolderSyncMessage{m}}, first
}

// hierarchy enters the folder below which folders are synchronised: none, or any of the mailbox, which all stand for as much of
// the whole of it as the actor sees.
func (s *store) hierarchy(actor route.Principal, id ews.FolderID) (room, ews.Code) {
	if id == (ews.FolderID{}) || id.Distinguished == "root" {
		id.Distinguished = folderTable[rootFolder].distinguished
	}
	return s.visit(actor, id, access.Open)
}

func (s *store) syncFolderItems(actor route.Principal, b ews.SyncFolderItems) (ews.Response, ews.Code) {
	first := ews.NoError
	m := ews.ItemSyncMessage{Last: true}
	room, code := s.visit(actor, b.Folder, access.Read)
	at := 0
	if code == ews.NoError {
		at, code = s.position(room.owner(), room.number, b.State)
	}
	m.Message = blame(&first, code, b.Folder.Mailbox)
	if code == ews.NoError {
		room.changes(&m, at, b)
	}
	return ews.SyncFolderItemsResponse{Shape: b.Shape, Messages: []ews.ItemSyncMessage{m}}, first
}

// changes fills a message with the items from a position on.
func (r room) changes(m *ews.ItemSyncMessage, at int, b ews.SyncFolderItems) {
	total, _ := r.count()
	end := min(at+b.MaxChanges, total)
	for nth := at; nth < end; nth++ {
		m.Changes = append(m.Changes, ews.ItemChange{Kind: ews.Create, Item: r.item(nth, b.Shape)})
	}
	m.Last = end == total
	m.State = r.state(r.owner(), r.number, max(end, at))
}
