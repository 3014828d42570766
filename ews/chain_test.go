package ews

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestItemIDs(t *testing.T) {
	t.Parallel()
	item := func(id string) Object {
		o := Object{Kind: KindMessage}
		o.Set(Path{URI: "item:ItemId"}, ItemID{ID: id, ChangeKey: "ck" + id})
		return o
	}
	id := func(id string) ItemID { return ItemID{ID: id, ChangeKey: "ck" + id} }
	inner := `<m:Items><t:Message><t:Attachments><t:ItemAttachment><t:Message><t:ItemId Id="inner"/></t:Message></t:ItemAttachment></t:Attachments>` +
		`<t:ItemId Id="outer"/><t:From><t:Mailbox><t:ItemId Id="contact"/></t:Mailbox></t:From></t:Message></m:Items>`
	for _, c := range []struct {
		name string
		body []byte
		max  int
		want []ItemID
	}{
		{"found", AppendResponse(nil, sampleVersion, FindItemResponse{Messages: []FindItemMessage{
			Found(item("a"), item("b")), Found(item("c")),
		}}), 9, []ItemID{id("a"), id("b"), id("c")}},
		{"no more than asked for", AppendResponse(nil, sampleVersion, FindItemResponse{Messages: []FindItemMessage{
			Found(item("a"), item("b")), Found(item("c")),
		}}), 2, []ItemID{id("a"), id("b")}},
		{"none asked for", AppendResponse(nil, sampleVersion, sampleItems(1)), 0, nil},
		{"read", AppendResponse(nil, sampleVersion, GetItemResponse{Messages: []ItemsMessage{
			{Message: NewMessage(ErrorItemNotFound)}, {Items: []Object{item("a")}},
		}}), 9, []ItemID{id("a")}},
		{"changed but not deleted", AppendResponse(nil, sampleVersion, SyncFolderItemsResponse{Messages: []ItemSyncMessage{
			{Changes: []ItemChange{{Kind: Delete, ID: id("a")}, {Kind: Create, Item: item("b")}, {Kind: Update, Item: item("c")}}},
		}}), 9, []ItemID{id("b"), id("c")}},
		{"of the item itself", []byte(answerOf("GetItem", message("Success", noErrorCode+inner))), 9, []ItemID{{ID: "outer"}}},
		{"of a cut off answer", []byte(answerOf("GetItem", message("Success", noErrorCode+inner)))[:700], 9, []ItemID{{ID: "outer"}}},
		{"of a page", []byte(iisPage), 9, nil},
		{"of nothing", nil, 9, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := ItemIDs(c.body, c.max)
			clear(c.body)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestFolderIDs(t *testing.T) {
	t.Parallel()
	folder := func(id string) Object {
		o := Object{Kind: KindFolder}
		o.Set(Path{URI: "folder:FolderId"}, FolderID{ID: id, ChangeKey: "ck" + id})
		o.Set(Path{URI: "folder:ParentFolderId"}, FolderID{ID: "root"})
		return o
	}
	id := func(id string) FolderID { return FolderID{ID: id, ChangeKey: "ck" + id} }
	sync := AppendResponse(nil, sampleVersion, SyncFolderHierarchyResponse{Messages: []FolderSyncMessage{
		{Changes: []FolderChange{{Kind: Create, Folder: folder("a")}, {Kind: Delete, ID: id("b")}, {Kind: Update, Folder: folder("c")}}},
	}})
	assert.Equal(t, []FolderID{id("a"), id("c")}, FolderIDs(sync, 9))
	assert.Equal(t, []FolderID{id("a")}, FolderIDs(sync, 1))
	get := AppendResponse(nil, sampleVersion, GetFolderResponse{Messages: []FoldersMessage{{Folders: []Object{folder("a")}}}})
	assert.Equal(t, []FolderID{id("a")}, FolderIDs(get, 9))
	assert.Empty(t, FolderIDs(AppendResponse(nil, sampleVersion, sampleItems(1)), 9))
}

func TestSyncState(t *testing.T) {
	t.Parallel()
	items := SyncFolderItemsResponse{Messages: []ItemSyncMessage{{State: "H4s&I", Last: true}}}
	folders := SyncFolderHierarchyResponse{Messages: []FolderSyncMessage{{State: "H4sI"}}}
	failed := SyncFolderItemsResponse{Messages: []ItemSyncMessage{{Message: busyMessage(), Last: true}}}
	for _, c := range []struct {
		name  string
		body  []byte
		state string
		last  bool
	}{
		{"items", AppendResponse(nil, sampleVersion, items), "H4s&I", true},
		{"folders", AppendResponse(nil, sampleVersion, folders), "H4sI", false},
		{"failed", AppendResponse(nil, sampleVersion, failed), "", true},
		{"1 for true", []byte(`<a><SyncState>x</SyncState><IncludesLastItemInRange>1</IncludesLastItemInRange></a>`), "x", true},
		{"cut off", []byte(`<a><SyncState>x</SyncState><b`), "x", false},
		{"another answer", AppendResponse(nil, sampleVersion, sampleItems(1)), "", false},
		{"page", []byte(iisPage), "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			state, last := SyncState(c.body)
			clear(c.body)
			assert.Equal(t, c.state, state)
			assert.Equal(t, c.last, last)
		})
	}
}
