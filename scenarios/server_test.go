package scenarios_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// mailServer answers what a session asks, from mailboxes that all have the
// same number of folders and of inbox items.
type mailServer struct {
	folders, items int
	syncs          int // counts sync states, so that each is new
}

func newMailServer(folders, items int) *mailServer {
	return &mailServer{folders: folders, items: items}
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
		return ews.FindItemResponse{Messages: []ews.FindItemMessage{ews.Found(m.inbox(box, body.Page.Max)...)}}
	case ews.GetItem:
		return getItems(box, body)
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

func (m *mailServer) inbox(box string, limit int) []ews.Object {
	var items []ews.Object
	for i := range min(m.items, limit) {
		items = append(items, item(box, "inbox", i))
	}
	return items
}

func getItems(box string, g ews.GetItem) ews.Response {
	var out ews.GetItemResponse
	for _, id := range g.Items {
		message := ews.ItemsMessage{Items: []ews.Object{object(ews.KindMessage, "item:ItemId", id.ItemID())}}
		if !strings.HasPrefix(id.ID, box) {
			message = ews.ItemsMessage{Message: ews.NewMessage(ews.ErrorItemNotFound)}
		}
		out.Messages = append(out.Messages, message)
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
