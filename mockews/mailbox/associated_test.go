package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// synced are the subjects of what SyncFolderItems shows of the drafts, and the state behind it.
func (c client) synced(state, scope string) (all []string, next string) {
	c.tb.Helper()
	r, code := do[ews.SyncFolderItemsResponse](c, ews.SyncFolderItems{
		Shape: ews.ItemShape{Base: ews.ShapeAllProperties}, Folder: ews.TargetFolder{ID: named("drafts")}, State: state, MaxChanges: 500, Scope: scope,
	})
	require.Equal(c.tb, ews.NoError, code)
	for _, change := range r.Messages[0].Changes {
		all = append(all, change.Item.Text("item:Subject"))
	}
	return all, r.Messages[0].State
}

// An item that is associated with a folder is not among its items, for those who do not ask for such (MS docs: IsAssociated, Traversal, SyncScope).
func TestAssociatedItems(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	const both = "NormalAndAssociatedItems"
	visible := subjects(me.found(named("drafts"), ews.FindItem{}))
	_, normal := me.synced("", "NormalItems")
	_, whole := me.synced("", both)
	id := me.create(named("drafts"), object(ews.KindMessage, "item:Subject", "hidden", "item:IsAssociated", true))
	me.note(named("drafts"), "after it")
	o, code := me.get(id.Ref(), path("item:IsAssociated"))
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, true, o.Get(path("item:IsAssociated")))
	assert.Equal(t, append([]string{"after it"}, visible...), subjects(me.found(named("drafts"), ews.FindItem{})))
	assert.Equal(t, []string{"hidden"}, subjects(me.found(named("drafts"), ews.FindItem{Traversal: ews.Associated})))

	changes, _ := me.synced(normal, "NormalItems")
	assert.Equal(t, []string{"after it"}, changes)
	changes, _ = me.synced(whole, both)
	assert.Equal(t, []string{"hidden", "after it"}, changes)
	changes, _ = me.synced("", "NormalItems")
	assert.NotContains(t, changes, "hidden")
	changes, _ = me.synced("", both)
	assert.Equal(t, append([]string{"after it", "hidden"}, visible...), changes, "from the start, the newest first")

	for _, op := range []ews.Body{
		ews.MoveItem{To: ews.TargetFolder{ID: named("inbox")}, Items: []ews.ItemRef{id.Ref()}},
		ews.CopyItem{To: ews.TargetFolder{ID: named("inbox")}, Items: []ews.ItemRef{id.Ref()}},
	} {
		_, code := s.Do(me.call, op)
		assert.Equal(t, ews.Code("ErrorInvalidOperation"), code, op.Op())
	}
	assert.Equal(t, ews.Code("ErrorInvalidOperation"), me.delete(ews.MoveToDeletedItems, id.Ref()))
	assert.Equal(t, ews.Code("ErrorInvalidOperation"), me.delete(ews.SoftDelete, id.Ref()))
	_, code = me.set(id, "AlwaysOverwrite", "item:IsAssociated", false)
	assert.Equal(t, ews.Code("ErrorInvalidPropertySet"), code)
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, id.Ref()))
	assert.Empty(t, me.found(named("drafts"), ews.FindItem{Traversal: ews.Associated}))
}
