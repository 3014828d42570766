package mailbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// A search folder shows what is in the folders that it looks in, and counts it; nothing can be put into it.
func TestSearchFolders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := newStore(t, 1, noGrants)
		me := as(t, s, 1)
		search := func(name, traversal string) ews.FolderID {
			r, code := do[ews.CreateFolderResponse](me, ews.CreateFolder{Parent: ews.TargetFolder{ID: named("searchfolders")}, Folders: []ews.Object{object(ews.KindSearchFolder,
				"folder:DisplayName", name, "folder:SearchParameters", ews.SearchParameters{Traversal: traversal, Folders: []ews.FolderID{named("drafts")}, Restriction: ews.Restriction{
					Expression: ews.Expression{Is: ews.Contains, Path: path("item:Subject"), Mode: "Prefixed", Value: "found"},
				}})}})
			require.Equal(t, ews.NoError, code)
			id, _ := r.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
			return id
		}
		shallow, deep := search("shallow", "Shallow"), search("deep", "Deep")
		r, code := do[ews.CreateFolderResponse](me, ews.CreateFolder{Parent: ews.TargetFolder{ID: named("drafts")}, Folders: []ews.Object{object(ews.KindFolder, "folder:DisplayName", "below")}})
		require.Equal(t, ews.NoError, code)
		below, _ := r.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
		one := me.note(named("drafts"), "found one")
		time.Sleep(time.Second)
		me.note(below, "found two")
		me.note(named("drafts"), "lost")
		me.note(named("inbox"), "found elsewhere")
		time.Sleep(time.Second)
		me.create(named("drafts"), object(ews.KindMessage, "item:Subject", "found three", "message:IsRead", false))

		shape := ews.ItemShape{Base: ews.ShapeIDOnly, Additional: []ews.Path{path("item:Subject")}}
		assert.Equal(t, []string{"found three", "found one"}, subjects(me.found(shallow, ews.FindItem{Shape: shape})))
		assert.Equal(t, []string{"found three", "found two", "found one"}, subjects(me.found(deep, ews.FindItem{Shape: shape})))
		assert.Equal(t, []string{"found two"}, subjects(me.found(deep, ews.FindItem{Shape: shape, Restriction: &ews.Restriction{Expression: ews.Expression{
			Is: ews.Contains, Path: path("item:Subject"), Value: "TWO",
		}}})))
		assert.Equal(t, one.ID, idOf(me.found(shallow, ews.FindItem{Shape: shape})[1]).ID, "they are where they were")
		for id, want := range map[ews.FolderID][]any{shallow: {2, 1}, deep: {3, 1}} {
			g, code := do[ews.GetFolderResponse](me, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{id}})
			require.Equal(t, ews.NoError, code)
			o := g.Messages[0].Folders[0]
			assert.Equal(t, want, []any{o.Get(path("folder:TotalCount")), o.Get(path("folder:UnreadCount"))})
		}
		_, code = do[ews.MoveItemResponse](me, ews.MoveItem{To: ews.TargetFolder{ID: deep}, Items: []ews.ItemRef{one.Ref()}})
		assert.Equal(t, ews.Code("ErrorMoveCopyFailed"), code)
		_, code = me.get(one.Ref())
		assert.Equal(t, ews.NoError, code)
	})
}
