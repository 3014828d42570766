package mailbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// snapshot is what the owners of mailboxes can see, in a shape, and how many changes there were. With ids alone it shows the version
// of everything.
func snapshot(t *testing.T, s *mailbox.Store, shape ews.Shape, owners ...access.Principal) string {
	t.Helper()
	var b strings.Builder
	for _, p := range owners {
		c := as(t, s, p)
		r, code := do[ews.SyncFolderHierarchyResponse](c, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: shape}})
		require.Equal(t, ews.NoError, code)
		fmt.Fprintln(&b, p, s.Now(p))
		for _, change := range r.Messages[0].Changes {
			b.Write(change.Folder.AppendElement(nil))
			id, _ := change.Folder.Get(path("folder:FolderId")).(ews.FolderID)
			for _, o := range c.found(id, ews.FindItem{Shape: ews.ItemShape{Base: shape}}) {
				b.Write(o.AppendElement(nil))
			}
		}
	}
	return b.String()
}

// What names something that is not there, is of another mailbox, or is out of date gets its code, in every operation that takes it,
// and changes nothing anywhere.
func TestBadRequestsChangeNothing(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me, other := as(t, s, 1), as(t, s, 2)
	folderOf := func(c client, name string) ews.FolderID {
		r, code := do[ews.GetFolderResponse](c, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{named(name)}})
		require.Equal(t, ews.NoError, code)
		id, _ := r.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
		return id
	}
	mine, theirs := me.note(named("drafts"), "mine"), other.note(named("drafts"), "theirs")
	sent := me.create(named("drafts"), letter("to be sent", "", "user3@contoso.com"))
	newer, code := me.set(sent, "AlwaysOverwrite", "item:Subject", "to be sent later")
	require.Equal(t, ews.NoError, code)
	gone := me.note(named("drafts"), "gone")
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, gone.Ref()))
	drafts, away := folderOf(me, "drafts"), folderOf(other, "drafts")
	junk := ews.ItemRef{ID: "AAMkAGQ"}
	foreign := ews.ItemRef{ID: mine.ID, ChangeKey: theirs.ChangeKey}
	to := func(id ews.FolderID) ews.TargetFolder { return ews.TargetFolder{ID: id} }
	update := func(id ews.ItemRef, how string) ews.Body {
		return ews.UpdateItem{Conflict: how, Disposition: ews.SaveOnly, Changes: []ews.ItemUpdates{{ID: id, Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: path("item:Subject"), Object: object(ews.KindMessage, "item:Subject", "never"),
		}}}}}
	}
	rename := func(id ews.FolderID) ews.Body {
		return ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: id, Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: path("folder:DisplayName"), Object: object(ews.KindFolder, "folder:DisplayName", "never"),
		}}}}}
	}
	exported, code := do[ews.ExportItemsResponse](me, ews.ExportItems{Items: []ews.ItemID{mine}})
	require.Equal(t, ews.NoError, code)
	data := *exported.Messages[0].Data
	before, whole := snapshot(t, s, ews.ShapeIDOnly, 1, 2), snapshot(t, s, ews.ShapeAllProperties, 1, 2, 3)
	for name, c := range map[string]struct {
		body ews.Body
		want ews.Code
	}{
		"UpdateItem, foreign change key":         {update(foreign, "AutoResolve"), "ErrorInvalidChangeKey"},
		"UpdateItem, no change key":              {update(ews.ItemRef{ID: mine.ID, ChangeKey: "x"}, "AutoResolve"), "ErrorInvalidChangeKey"},
		"UpdateItem, stale change key":           {update(sent.Ref(), "NeverOverwrite"), "ErrorIrresolvableConflict"},
		"UpdateItem, no id":                      {update(junk, "AlwaysOverwrite"), ews.ErrorInvalidIdMalformed},
		"UpdateItem, gone":                       {update(gone.Ref(), "AlwaysOverwrite"), ews.ErrorItemNotFound},
		"UpdateItem, of another user":            {update(theirs.Ref(), "AlwaysOverwrite"), ews.ErrorItemNotFound},
		"DeleteItem, no id":                      {ews.DeleteItem{Disposal: ews.HardDelete, Items: []ews.ItemRef{junk}}, ews.ErrorInvalidIdMalformed},
		"DeleteItem, gone":                       {ews.DeleteItem{Disposal: ews.HardDelete, Items: []ews.ItemRef{gone.Ref()}}, ews.ErrorItemNotFound},
		"DeleteItem, of another user":            {ews.DeleteItem{Disposal: ews.HardDelete, Items: []ews.ItemRef{theirs.Ref()}}, ews.ErrorItemNotFound},
		"DeleteItem, a folder's id":              {ews.DeleteItem{Disposal: ews.HardDelete, Items: []ews.ItemRef{{ID: drafts.ID}}}, "ErrorCannotUseFolderIdForItemId"},
		"MoveItem, of another user":              {ews.MoveItem{To: to(drafts), Items: []ews.ItemRef{theirs.Ref()}}, ews.ErrorItemNotFound},
		"MoveItem, to another user":              {ews.MoveItem{To: to(away), Items: []ews.ItemRef{mine.Ref()}}, "ErrorToFolderNotFound"},
		"MoveItem, gone":                         {ews.MoveItem{To: to(drafts), Items: []ews.ItemRef{gone.Ref()}}, ews.ErrorItemNotFound},
		"CopyItem, to another user":              {ews.CopyItem{To: to(away), Items: []ews.ItemRef{mine.Ref()}}, "ErrorToFolderNotFound"},
		"CopyItem, to what is no folder":         {ews.CopyItem{To: to(ews.FolderID{ID: mine.ID}), Items: []ews.ItemRef{mine.Ref()}}, "ErrorCannotUseItemIdForFolderId"},
		"SendItem, stale change key":             {ews.SendItem{Items: []ews.ItemRef{sent.Ref()}}, "ErrorStaleObject"},
		"SendItem, foreign change key":           {ews.SendItem{Items: []ews.ItemRef{{ID: sent.ID, ChangeKey: theirs.ChangeKey}}}, "ErrorInvalidChangeKey"},
		"SendItem, no change key":                {ews.SendItem{Items: []ews.ItemRef{{ID: sent.ID}}}, "ErrorChangeKeyRequired"},
		"SendItem, nobody to send to":            {ews.SendItem{Items: []ews.ItemRef{mine.Ref()}}, "ErrorMissingRecipients"},
		"CreateItem, in another user's folder":   {ews.CreateItem{Disposition: ews.SaveOnly, Folder: &ews.TargetFolder{ID: away}, Items: []ews.Object{object(ews.KindMessage)}}, ews.ErrorFolderNotFound},
		"CreateAttachment, of another user":      {ews.CreateAttachment{Parent: theirs, Attachments: []ews.Attachment{{Name: "a"}}}, ews.ErrorItemNotFound},
		"CreateAttachment, foreign change key":   {ews.CreateAttachment{Parent: ews.ItemID{ID: mine.ID, ChangeKey: theirs.ChangeKey}, Attachments: []ews.Attachment{{Name: "a"}}}, "ErrorInvalidChangeKey"},
		"DeleteAttachment, an item's id":         {ews.DeleteAttachment{IDs: []ews.AttachmentID{{ID: mine.ID}}}, "ErrorInvalidAttachmentId"},
		"UpdateFolder, of another user":          {rename(away), ews.ErrorFolderNotFound},
		"UpdateFolder, foreign change key":       {rename(ews.FolderID{ID: drafts.ID, ChangeKey: away.ChangeKey}), "ErrorInvalidChangeKey"},
		"DeleteFolder, a distinguished one":      {ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{named("inbox")}}, "ErrorDeleteDistinguishedFolder"},
		"DeleteFolder, of another user":          {ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{away}}, ews.ErrorFolderNotFound},
		"MoveFolder, into itself":                {ews.MoveFolder{To: to(named("inbox")), Folders: []ews.FolderID{named("inbox")}}, "ErrorMoveDistinguishedFolder"},
		"EmptyFolder, of another user":           {ews.EmptyFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{away}}, ews.ErrorFolderNotFound},
		"CreateFolder, in another user's":        {ews.CreateFolder{Parent: to(away), Folders: []ews.Object{object(ews.KindFolder, "folder:DisplayName", "x")}}, ews.ErrorFolderNotFound},
		"CreateFolder, one that is there":        {ews.CreateFolder{Parent: to(named("msgfolderroot")), Folders: []ews.Object{object(ews.KindFolder, "folder:DisplayName", "Inbox")}}, "ErrorFolderExists"},
		"MarkAllItemsAsRead, of another user":    {ews.MarkAllItemsAsRead{Read: true, Folders: []ews.FolderID{away}}, ews.ErrorFolderNotFound},
		"MarkAsJunk, gone":                       {ews.MarkAsJunk{IsJunk: true, Move: true, Items: []ews.ItemRef{gone.Ref()}}, ews.ErrorItemNotFound},
		"ArchiveItem, of another user":           {ews.ArchiveItem{Source: to(named("drafts")), Items: []ews.ItemRef{theirs.Ref()}}, ews.ErrorItemNotFound},
		"ExportItems, of another user":           {ews.ExportItems{Items: []ews.ItemID{theirs}}, ews.ErrorItemNotFound},
		"UploadItems, nothing that was exported": {ews.UploadItems{Items: []ews.UploadItem{{Action: "CreateNew", Folder: drafts, Data: data[:len(data)/2]}}}, "ErrorCorruptData"},
		"UploadItems, into another user's":       {ews.UploadItems{Items: []ews.UploadItem{{Action: "CreateNew", Folder: away, Data: data}}}, ews.ErrorFolderNotFound},
		"SyncFolderItems, of another user":       {ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: to(away), MaxChanges: 1}, ews.ErrorFolderNotFound},
		"SyncFolderItems, no state":              {ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: to(drafts), State: "AAAA", MaxChanges: 1}, ews.ErrorInvalidSyncStateData},
		"SyncFolderHierarchy, no state":          {ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, State: "AAAA"}, ews.ErrorInvalidSyncStateData},
		"FindItem, of another user":              {ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{away}}, ews.ErrorFolderNotFound},
		"GetItem, of another user":               {ews.GetItem{Shape: ews.IDOnly(), Items: []ews.ItemRef{theirs.Ref()}}, ews.ErrorItemNotFound},
	} {
		_, code := s.Do(me.call, c.body)
		assert.Equal(t, c.want, code, name)
		assert.True(t, before == snapshot(t, s, ews.ShapeIDOnly, 1, 2), "%s: changes nothing", name)
	}
	assert.True(t, whole == snapshot(t, s, ews.ShapeAllProperties, 1, 2, 3), "nor anything that has no version")
	assert.NotEqual(t, sent.ChangeKey, newer.ChangeKey)
}
