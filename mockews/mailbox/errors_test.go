package mailbox_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// What is wrong with a request gets its code, and changes nothing.
func TestBadIdsAndKeys(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me, other := as(t, s, 1), as(t, s, 2)
	id, theirs := me.note(named("drafts"), "mine"), other.note(named("drafts"), "theirs")
	older := id
	id, code := me.set(id, "AlwaysOverwrite", "item:Subject", "changed")
	require.Equal(t, ews.NoError, code)
	folder, _ := do[ews.GetFolderResponse](me, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{named("drafts")}})
	drafts, _ := folder.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
	gone := me.note(named("drafts"), "gone")
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, gone.Ref()))

	update := func(id ews.ItemID, how string) ews.Code {
		_, code := me.set(id, how, "item:Subject", "again")
		return code
	}
	key := func(k string) ews.ItemID { return ews.ItemID{ID: id.ID, ChangeKey: k} }
	for name, c := range map[string]struct{ want, got ews.Code }{
		"an empty id":               {"ErrorInvalidIdEmpty", update(ews.ItemID{}, "AlwaysOverwrite")},
		"no id at all":              {ews.ErrorInvalidIdMalformed, update(ews.ItemID{ID: "x"}, "AlwaysOverwrite")},
		"an id cut short":           {ews.ErrorInvalidIdMalformed, update(ews.ItemID{ID: id.ID[:40]}, "AlwaysOverwrite")},
		"a folder's id":             {"ErrorCannotUseFolderIdForItemId", update(ews.ItemID{ID: drafts.ID}, "AlwaysOverwrite")},
		"an id of what is gone":     {ews.ErrorItemNotFound, update(gone, "AlwaysOverwrite")},
		"another user's item":       {ews.ErrorItemNotFound, update(theirs, "AlwaysOverwrite")},
		"no change key":             {"ErrorChangeKeyRequired", update(key(""), "AutoResolve")},
		"no change key that is one": {"ErrorInvalidChangeKey", update(key("AAAA"), "AutoResolve")},
		"another item's change key": {"ErrorInvalidChangeKey", update(key(theirs.ChangeKey), "AutoResolve")},
		"an older change key":       {"ErrorIrresolvableConflict", update(key(older.ChangeKey), "NeverOverwrite")},
	} {
		assert.Equal(t, c.want, c.got, name)
	}
	_, code = do[ews.FindItemResponse](me, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{{ID: id.ID}}})
	assert.Equal(t, ews.Code("ErrorCannotUseItemIdForFolderId"), code)
	_, code = do[ews.FindItemResponse](me, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{{}}})
	assert.Equal(t, ews.Code("ErrorInvalidIdEmpty"), code)
	o, code := me.get(id.Ref())
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, "changed", o.Text("item:Subject"))
	assert.Equal(t, id.ChangeKey, idOf(o).ChangeKey)
	assert.Equal(t, ews.NoError, update(key(older.ChangeKey), "AutoResolve"))
}

// States of another folder, of another mailbox, and from before what is remembered.
func TestStaleSyncStates(t *testing.T) {
	t.Parallel()
	n := users(3)
	_, guard := newStore(t, n, noGrants)
	s := mailbox.New(n, guard, mailbox.Limits{Changes: 8})
	me := as(t, s, 1)
	sync := func(c client, folder, state string) (string, ews.Code) {
		r, code := do[ews.SyncFolderItemsResponse](c, ews.SyncFolderItems{
			Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: named(folder)}, State: state, MaxChanges: 512,
		})
		return r.Messages[0].State, code
	}
	state, code := sync(me, "outbox", "")
	require.Equal(t, ews.NoError, code)
	for name, c := range map[string]struct {
		client client
		folder string
		state  string
	}{
		"another folder's":  {me, "drafts", state},
		"another mailbox's": {as(t, s, 2), "outbox", state},
		"nobody's":          {me, "outbox", "AAAA"},
		"one letter wrong":  {me, "outbox", strings.Replace(state, state[60:61], "x", 1)},
	} {
		_, code := sync(c.client, c.folder, c.state)
		assert.Equal(t, ews.ErrorInvalidSyncStateData, code, name)
	}
	for range 20 {
		me.note(named("outbox"), "note")
	}
	_, code = sync(me, "outbox", state)
	assert.Equal(t, ews.ErrorInvalidSyncStateData, code, "from before what is remembered")
}

// A batch goes on behind a part that failed, unless the failure is one that stops it: then the rest is not carried out.
func TestBatch(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me := as(t, s, 1)
	one, two := me.note(named("drafts"), "one"), me.note(named("drafts"), "two")
	me.call.Fail = func(part int) (ews.Message, bool) { return ews.NewMessage(ews.ErrorMailboxStoreUnavailable), part == 3 }
	r, code := do[ews.DeleteItemResponse](me, ews.DeleteItem{
		Disposal: ews.HardDelete, Items: []ews.ItemRef{one.Ref(), {ID: "bad"}, two.Ref(), two.Ref()},
	})
	assert.Equal(t, ews.ErrorInvalidIdMalformed, code, "the first that failed")
	var codes []ews.Code
	for _, m := range r.Messages {
		codes = append(codes, m.Code)
	}
	assert.Equal(t, []ews.Code{"", ews.ErrorInvalidIdMalformed, ews.ErrorMailboxStoreUnavailable, ews.ErrorBatchProcessingStopped}, codes)
	me.call.Fail = nil
	_, code = me.get(two.Ref())
	assert.Equal(t, ews.NoError, code, "what was not processed is still there")
}
