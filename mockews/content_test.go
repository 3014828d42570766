package mockews_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func TestFoldersAndItems(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{Seed: 4})
	outcome, body := do(t, s, target, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeDefault}})
	require.True(t, outcome.OK())
	folders := ews.FolderIDs(body, 100)
	assert.Len(t, folders, 32)
	state, last := ews.SyncState(body)
	assert.True(t, last)
	_, body = do(t, s, target, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeDefault}, State: state})
	assert.Empty(t, ews.FolderIDs(body, 100), "a state that is played again brings nothing new")

	outcome, _ = do(t, s, target, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeAllProperties}, Folders: folders})
	assert.True(t, outcome.OK())
	assert.Len(t, outcome.Messages, len(folders))
}

// Pages of any size together are the folder, without gap or repetition.
func TestPaging(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	ids := func(offset, size int) []ews.ItemID {
		_, body := do(t, s, target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(size), Offset: offset}})
		return ews.ItemIDs(body, 2000)
	}
	all := ids(0, 1000)
	require.Greater(t, len(all), 50)
	for _, size := range []int{1, 7, len(all), len(all) + 1, 5000} {
		var pages []ews.ItemID
		for {
			page := ids(len(pages), size)
			if len(page) == 0 {
				break
			}
			pages = append(pages, page...)
		}
		assert.Equal(t, all, pages, "pages of %d", size)
	}
}

func TestSyncFolderItems(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	_, found := do(t, s, target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}})
	want, state, last := ews.ItemIDs(found, 2000), "", false
	var got []ews.ItemID
	for !last {
		outcome, body := do(t, s, target, ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: inbox}, State: state, MaxChanges: 30})
		require.True(t, outcome.OK())
		got = append(got, ews.ItemIDs(body, 100)...)
		state, last = ews.SyncState(body)
	}
	assert.Equal(t, want, got)
	_, body := do(t, s, target, ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: inbox}, State: state, MaxChanges: 30})
	assert.Empty(t, ews.ItemIDs(body, 100))
	again, _ := ews.SyncState(body)
	assert.Equal(t, state, again)

	drafts := ews.FolderID{Distinguished: "drafts"}
	outcome, _ := do(t, s, target, ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: drafts}, State: state, MaxChanges: 30})
	assert.Equal(t, ews.ErrorInvalidSyncStateData, outcome.Code(), "another folder's state")
	outcome, _ = do(t, s, "user000007@contoso.com", ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: inbox}, State: state, MaxChanges: 30})
	assert.Equal(t, ews.ErrorInvalidSyncStateData, outcome.Code(), "another mailbox's state")
}

// Each part of a batch succeeds or fails by itself, within an HTTP 200.
func TestGetItemBatch(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	_, body := do(t, s, target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(2)}})
	own := ews.ItemIDs(body, 2)
	_, body = do(t, s, "user000007@contoso.com", ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(1)}})
	foreign := ews.ItemIDs(body, 1)[0]
	forged := own[0]
	forged.ID = forged.ID[:40] + "AAAA" + forged.ID[44:]
	batch := []ews.ItemID{own[0], {ID: "AAMk"}, foreign, forged, {ID: "???"}, own[1]}
	outcome, body := do(t, s, target, ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeAllProperties}, Items: ews.Refs(batch)})
	require.Equal(t, 200, outcome.HTTP)
	require.Nil(t, outcome.Fault)
	var codes []ews.Code
	for _, m := range outcome.Messages {
		codes = append(codes, m.Code)
	}
	assert.Equal(t, []ews.Code{
		ews.NoError, ews.ErrorInvalidIdMalformed, ews.ErrorItemNotFound, ews.ErrorInvalidIdMalformed, ews.ErrorInvalidIdMalformed, ews.NoError,
	}, codes)
	assert.Equal(t, own, ews.ItemIDs(body, 10))
	entries := s.Journal()
	assert.Equal(t, ews.ErrorInvalidIdMalformed, entries[len(entries)-1].Code)
}

func TestFolderErrors(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	_, body := do(t, s, "user000007@contoso.com", ews.SyncFolderHierarchy{})
	foreign := ews.FolderIDs(body, 1)[0]
	for _, c := range []struct {
		name   string
		user   string
		folder ews.FolderID
		want   ews.Code
	}{
		{"own mailbox by name", target, ews.FolderID{Distinguished: "inbox", Mailbox: target}, ""},
		{"another's mailbox", target, ews.FolderID{Distinguished: "inbox", Mailbox: "user000007@contoso.com"}, ews.ErrorFolderNotFound},
		{"nobody's mailbox", target, ews.FolderID{Distinguished: "inbox", Mailbox: "nobody@contoso.com"}, ews.ErrorNonExistentMailbox},
		{"no such name", target, ews.FolderID{Distinguished: "directory"}, ews.ErrorFolderNotFound},
		{"another's folder", target, foreign, ews.ErrorFolderNotFound},
		{"no id", target, ews.FolderID{ID: "x"}, ews.ErrorInvalidIdMalformed},
		{"actor without a mailbox", "svc-nomailbox@contoso.com", inbox, ews.ErrorMissingEmailAddress},
	} {
		for _, request := range []ews.Body{
			ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{c.folder}},
			ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{c.folder}},
			ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeDefault}, Folder: ews.TargetFolder{ID: c.folder}, MaxChanges: 1},
			ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folder: &ews.TargetFolder{ID: c.folder}},
		} {
			outcome, _ := do(t, s, c.user, request)
			assert.Equal(t, c.want, outcome.Code(), "%s: %s", c.name, request.Op())
			assert.Equal(t, 200, outcome.HTTP, "%s: %s", c.name, request.Op())
		}
	}
}

func TestOofIsRemembered(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	_, before := do(t, s, target, ews.GetUserOofSettings{Mailbox: target})
	assert.Contains(t, string(before), ">Disabled<")
	settings := ews.OofSettings{State: ews.OofEnabled, ExternalAudience: ews.OofKnown, InternalReply: "On <holiday>", ExternalReply: "Away"}
	outcome, _ := do(t, s, target, ews.SetUserOofSettings{Mailbox: target, Settings: settings})
	require.True(t, outcome.OK())
	_, after := do(t, s, target, ews.GetUserOofSettings{Mailbox: target})
	assert.Contains(t, string(after), ">Enabled<")
	assert.Contains(t, string(after), "On &lt;holiday&gt;")
	_, other := do(t, s, "user000007@contoso.com", ews.GetUserOofSettings{Mailbox: "user000007@contoso.com"})
	assert.Contains(t, string(other), ">Disabled<")

	outcome, _ = do(t, s, target, ews.SetUserOofSettings{Mailbox: "user000007@contoso.com", Settings: settings})
	assert.Equal(t, ews.ErrorAccessDenied, outcome.Code())
	outcome, _ = do(t, s, target, ews.GetUserOofSettings{Mailbox: "nobody@contoso.com"})
	assert.Equal(t, ews.ErrorNonExistentMailbox, outcome.Code())
}

// Two servers of the same seed hold the same mailboxes, of another seed others.
func TestContentComesFromTheSeed(t *testing.T) {
	t.Parallel()
	page := func(seed uint64) string {
		_, body := do(t, newServer(t, route.Topology{Seed: seed}), target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeAllProperties}, Folders: []ews.FolderID{inbox}})
		return string(body)
	}
	assert.Equal(t, page(1), page(1))
	assert.NotEqual(t, page(1), page(2))
}
