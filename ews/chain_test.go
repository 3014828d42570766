package ews

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestItemIDs(t *testing.T) {
	t.Parallel()
	item := func(id string) Item { return Item{ID: ItemID{ID: id, ChangeKey: "ck" + id}} }
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
			{Items: []Item{item("a"), item("b")}}, {Items: []Item{item("c")}},
		}}), 9, []ItemID{id("a"), id("b"), id("c")}},
		{"no more than asked for", AppendResponse(nil, sampleVersion, FindItemResponse{Messages: []FindItemMessage{
			{Items: []Item{item("a"), item("b")}}, {Items: []Item{item("c")}},
		}}), 2, []ItemID{id("a"), id("b")}},
		{"none asked for", AppendResponse(nil, sampleVersion, sampleItems(1)), 0, nil},
		{"read", AppendResponse(nil, sampleVersion, GetItemResponse{Messages: []ItemMessage{
			{Message: NewMessage(ErrorItemNotFound)}, {Item: item("a")},
		}}), 9, []ItemID{id("a")}},
		{"changed but not deleted", AppendResponse(nil, sampleVersion, SyncFolderItemsResponse{Messages: []ItemSyncMessage{
			{Changes: []ItemChange{{Delete, item("a")}, {Create, item("b")}, {Update, item("c")}}},
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
	folder := func(id string) Folder {
		return Folder{ID: FolderID{ID: id, ChangeKey: "ck" + id}, Parent: FolderID{ID: "root"}}
	}
	id := func(id string) FolderID { return FolderID{ID: id, ChangeKey: "ck" + id} }
	sync := AppendResponse(nil, sampleVersion, SyncFolderHierarchyResponse{Shape: ShapeAllProperties, Messages: []FolderSyncMessage{
		{Changes: []FolderChange{{Create, folder("a")}, {Delete, folder("b")}, {Update, folder("c")}}},
	}})
	assert.Equal(t, []FolderID{id("a"), id("c")}, FolderIDs(sync, 9))
	assert.Equal(t, []FolderID{id("a")}, FolderIDs(sync, 1))
	get := AppendResponse(nil, sampleVersion, GetFolderResponse{Messages: []FolderMessage{{Folder: folder("a")}}})
	assert.Equal(t, []FolderID{id("a")}, FolderIDs(get, 9))
	assert.Empty(t, FolderIDs(AppendResponse(nil, sampleVersion, sampleItems(1)), 9))
}

func TestSyncState(t *testing.T) {
	t.Parallel()
	items := SyncFolderItemsResponse{Messages: []ItemSyncMessage{{State: "H4s&I", Last: true}}}
	folders := SyncFolderHierarchyResponse{Messages: []FolderSyncMessage{{State: "H4sI"}}}
	failed := SyncFolderItemsResponse{Messages: []ItemSyncMessage{{Message: busyMessage(), State: "H4sI"}}}
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
