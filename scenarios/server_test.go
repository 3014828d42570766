package scenarios_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// mailServer answers what a session asks, from mailboxes that all have the
// same number of folders and of inbox items.
type mailServer struct {
	folders, items int
	syncs          int             // counts sync states, so that each is new
	away           map[string]bool // items that are no longer where they were
	paged          bool            // a sync state tells how far a folder was read
}

func newMailServer(folders, items int) *mailServer {
	return &mailServer{folders: folders, items: items, away: map[string]bool{}}
}

// answer returns the outcome and the body for a request.
func (m *mailServer) answer(r ews.Request) (ews.Outcome, []byte) {
	return judged(200, ews.AppendResponse(nil, ews.ServerVersion{Major: 15}, m.respond(r)))
}

func judged(status int, body []byte) (ews.Outcome, []byte) {
	header := http.Header{"Content-Type": {ews.ContentType}}
	return ews.Classify(status, header, body), body
}

// refused returns the answer to a request that failed as a whole.
func refused(code ews.Code) (ews.Outcome, []byte) {
	fault := ews.NewFault(code)
	return judged(fault.HTTP, fault.Append(nil))
}

func (m *mailServer) respond(r ews.Request) ews.Response {
	box := r.Impersonate.Value
	switch body := r.Body.(type) {
	case ews.FindItem:
		return ews.FindItemResponse{Messages: []ews.FindItemMessage{ews.Found(m.listed(box, body)...)}}
	case ews.GetItem:
		return ews.GetItemResponse{Messages: m.each(box, body.Items, false)}
	case ews.ExportItems:
		var out ews.ExportItemsResponse
		for _, one := range m.each(box, ews.Refs(body.Items), false) {
			out.Messages = append(out.Messages, ews.ExportItemsMessage{Message: one.Message})
		}
		return out
	case ews.UpdateItem:
		var out ews.UpdateItemResponse
		for _, change := range body.Changes {
			out.Messages = append(out.Messages, ews.UpdateItemMessage{Message: m.each(box, []ews.ItemRef{change.ID}, false)[0].Message})
		}
		return out
	case ews.MoveItem:
		return ews.MoveItemResponse{Messages: m.each(box, body.Items, true)}
	case ews.ArchiveItem:
		return ews.ArchiveItemResponse{Messages: m.each(box, body.Items, true)}
	case ews.DeleteItem:
		var out ews.DeleteItemResponse
		for _, one := range m.each(box, body.Items, true) {
			out.Messages = append(out.Messages, ews.PlainMessage{Message: one.Message})
		}
		return out
	case ews.CreateItem:
		return ews.CreateItemResponse{Messages: make([]ews.ItemsMessage, len(body.Items))}
	case ews.GetUserAvailability:
		return ews.GetUserAvailabilityResponse{FreeBusy: make([]ews.FreeBusyMessage, len(body.Mailboxes))}
	case ews.SyncFolderHierarchy:
		return m.syncHierarchy(box, body)
	case ews.SyncFolderItems:
		return m.syncItems(box, body)
	case ews.GetUserOofSettings:
		return ews.GetUserOofSettingsResponse{}
	case ews.SetUserOofSettings:
		return ews.SetUserOofSettingsResponse{}
	}
	return ews.GetFolderResponse{Messages: []ews.FoldersMessage{{Folders: []ews.Object{folder(box, 0)}}}}
}

// listed are the items of a folder that are still there.
func (m *mailServer) listed(box string, f ews.FindItem) []ews.Object {
	limit := m.items
	if most := f.Most(); most != nil {
		limit = *most
	}
	var items []ews.Object
	for i := 0; i < m.items && len(items) < limit; i++ {
		it := item(box, f.Folders[0].Distinguished, i)
		if id, _ := it.Get(ews.Path{URI: "item:ItemId"}).(ews.ItemID); !m.away[id.ID] {
			items = append(items, it)
		}
	}
	return items
}

// each answers for each item that a request names; take removes them.
func (m *mailServer) each(box string, ids []ews.ItemRef, take bool) []ews.ItemsMessage {
	var out []ews.ItemsMessage
	for _, id := range ids {
		message := ews.ItemsMessage{Items: []ews.Object{object(ews.KindMessage, "item:ItemId", id.ItemID())}}
		if !strings.HasPrefix(id.ID, box) || m.away[id.ID] {
			message = ews.ItemsMessage{Message: ews.NewMessage(ews.ErrorItemNotFound)}
		}
		m.away[id.ID] = m.away[id.ID] || take
		out = append(out, message)
	}
	return out
}

func (m *mailServer) syncHierarchy(box string, s ews.SyncFolderHierarchy) ews.Response {
	m.syncs++
	message := ews.FolderSyncMessage{State: fmt.Sprintf("hierarchy %d", m.syncs), Last: true}
	for i := range m.folders {
		if s.State == "" {
			message.Changes = append(message.Changes, ews.FolderChange{Kind: ews.Create, Folder: folder(box, i)})
		}
	}
	return ews.SyncFolderHierarchyResponse{Messages: []ews.FolderSyncMessage{message}}
}

func (m *mailServer) syncItems(box string, s ews.SyncFolderItems) ews.Response {
	if m.paged {
		return m.syncPage(box, s)
	}
	m.syncs++
	in := s.Folder.ID.ID + s.Folder.ID.Distinguished
	message := ews.ItemSyncMessage{State: fmt.Sprintf("%s %d", in, m.syncs), Last: true}
	for i := range min(m.items, s.MaxChanges) {
		if s.State == "" {
			message.Changes = append(message.Changes, ews.ItemChange{Kind: ews.Create, Item: item(box, in, i)})
		}
	}
	return ews.SyncFolderItemsResponse{Messages: []ews.ItemSyncMessage{message}}
}

// syncPage answers with the items from the one on that the state names.
func (m *mailServer) syncPage(box string, s ews.SyncFolderItems) ews.Response {
	from, _ := strconv.Atoi(s.State)
	to := min(from+s.MaxChanges, m.items)
	message := ews.ItemSyncMessage{State: strconv.Itoa(to), Last: to == m.items}
	for i := from; i < to; i++ {
		message.Changes = append(message.Changes, ews.ItemChange{Kind: ews.Create, Item: item(box, s.Folder.ID.ID+s.Folder.ID.Distinguished, i)})
	}
	return ews.SyncFolderItemsResponse{Messages: []ews.ItemSyncMessage{message}}
}

// object is an item or a folder that has an id alone.
func object(kind ews.Kind, uri string, id any) ews.Object {
	o := ews.Object{Kind: kind}
	o.Set(ews.Path{URI: uri}, id)
	return o
}

func folder(box string, i int) ews.Object {
	return object(ews.KindFolder, "folder:FolderId", ews.FolderID{ID: fmt.Sprintf("%s/folder%02d", box, i)})
}

func item(box, in string, i int) ews.Object {
	return object(ews.KindMessage, "item:ItemId", ews.ItemID{ID: fmt.Sprintf("%s/%s/item%03d", box, in, i)})
}
