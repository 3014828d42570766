package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// estate is a mailbox in which one user may read what there is.
type estate struct {
	store          *mailbox.Store
	guard          *access.Guard
	inbox, project ews.FolderID
	item, draft    ews.ItemID
	file           ews.AttachmentID
	data           []byte
}

const (
	estateOwner = "user1@contoso.com"
	reviewer    = access.Principal(2)
	stranger    = access.Principal(3)
	homeless    = access.Principal(-1) // who has no mailbox
)

func newEstate(t *testing.T) estate {
	var grants access.Grants
	for _, folder := range []access.Folder{"inbox", "drafts", "msgfolderroot", "/Inbox/Projects"} {
		grants.Folders = append(grants.Folders, access.FolderGrant{Mailbox: estateOwner, Folder: folder, User: "user2@contoso.com", Level: access.LevelReviewer})
	}
	e := estate{}
	e.store, e.guard = newStore(t, 4, grants)
	owner := as(t, e.store, 1)
	e.inbox = ews.FolderID{Distinguished: "inbox", Mailbox: estateOwner}
	e.item, e.draft = owner.note(named("inbox"), "theirs"), owner.create(named("drafts"), letter("draft", "", "user4@contoso.com"))
	a, code := do[ews.CreateAttachmentResponse](owner, ews.CreateAttachment{Parent: e.item, Attachments: []ews.Attachment{{Name: "a.txt"}}})
	require.Equal(t, ews.NoError, code)
	e.file = *a.Messages[0].Attachments[0].ID
	x, code := do[ews.ExportItemsResponse](owner, ews.ExportItems{Items: []ews.ItemID{e.item}})
	require.Equal(t, ews.NoError, code)
	e.data = *x.Messages[0].Data
	found, code := do[ews.FindFolderResponse](owner, ews.FindFolder{Traversal: "Shallow", Shape: ews.FolderShape{Base: ews.ShapeDefault}, Parents: []ews.FolderID{named("inbox")}})
	require.Equal(t, ews.NoError, code)
	for _, f := range found.Messages[0].Root.Folders {
		if f.Text("folder:DisplayName") == "Projects" {
			e.project, _ = f.Get(path("folder:FolderId")).(ews.FolderID)
		}
	}
	return e
}

func into(id ews.FolderID) ews.TargetFolder { return ews.TargetFolder{ID: id} }

func folderNamed(name string) []ews.Object {
	return []ews.Object{object(ews.KindFolder, "folder:DisplayName", name)}
}

func renameFolder(id ews.FolderID) ews.Body {
	return ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: id, Updates: []ews.FieldUpdate{{
		Kind: ews.SetField, Path: path("folder:DisplayName"), Object: object(ews.KindFolder, "folder:DisplayName", "never"),
	}}}}}
}

// right is an operation on somebody else's mailbox, with what somebody without any right is told, and a Reviewer.
type right struct {
	name               string
	body               ews.Body
	stranger, reviewer ews.Code
}

// readings are the operations that look.
func (e estate) readings() []right {
	const noFolder, noItem, ok = ews.ErrorFolderNotFound, ews.ErrorItemNotFound, ews.NoError
	root := ews.FolderID{Distinguished: "msgfolderroot", Mailbox: estateOwner}
	folders, ids := ews.FolderShape{Base: ews.ShapeIDOnly}, ews.IDOnly()
	return []right{
		{"GetFolder", ews.GetFolder{Shape: folders, Folders: []ews.FolderID{e.inbox}}, noFolder, ok},
		{"GetFolder, by id", ews.GetFolder{Shape: folders, Folders: []ews.FolderID{e.project}}, noFolder, ok},
		{"FindItem", ews.FindItem{Shape: ids, Folders: []ews.FolderID{e.inbox}}, noFolder, ok},
		{"FindFolder", ews.FindFolder{Traversal: "Shallow", Shape: folders, Parents: []ews.FolderID{e.inbox}}, noFolder, ok},
		{"FindConversation", ews.FindConversation{Parent: into(e.inbox)}, noFolder, ok},
		{"GetItem", ews.GetItem{Shape: ids, Items: []ews.ItemRef{e.item.Ref()}}, noItem, ok},
		{"SyncFolderItems", ews.SyncFolderItems{Shape: ids, Folder: into(e.inbox), MaxChanges: 5}, noFolder, ok},
		{"SyncFolderHierarchy", ews.SyncFolderHierarchy{Shape: folders, Folder: &ews.TargetFolder{ID: root}}, noFolder, ok},
		{"ExportItems", ews.ExportItems{Items: []ews.ItemID{e.item}}, noItem, ok},
		{"GetAttachment", ews.GetAttachment{IDs: []ews.AttachmentID{e.file}}, noItem, ok},
		{"CopyItem, into one's own", ews.CopyItem{To: into(named("inbox")), Items: []ews.ItemRef{e.item.Ref()}}, noItem, ok},
	}
}

// writings are the operations that change something.
func (e estate) writings() []right {
	const noFolder, noItem, noTarget, denied = ews.ErrorFolderNotFound, ews.ErrorItemNotFound, ews.Code("ErrorToFolderNotFound"), ews.ErrorAccessDenied
	items, own := []ews.ItemRef{e.item.Ref()}, into(named("inbox"))
	change := ews.ItemUpdates{ID: e.item.Ref(), Updates: []ews.FieldUpdate{{
		Kind: ews.SetField, Path: path("item:Subject"), Object: object(ews.KindMessage, "item:Subject", "never"),
	}}}
	target := &ews.TargetFolder{ID: e.inbox}
	return []right{
		{"CreateItem", ews.CreateItem{Disposition: ews.SaveOnly, Folder: target, Items: []ews.Object{object(ews.KindMessage)}}, noFolder, denied},
		{"UpdateItem", ews.UpdateItem{Conflict: "AlwaysOverwrite", Disposition: ews.SaveOnly, Changes: []ews.ItemUpdates{change}}, noItem, denied},
		{"DeleteItem", ews.DeleteItem{Disposal: ews.HardDelete, Items: items}, noItem, denied},
		{"DeleteItem, to the deleted items", ews.DeleteItem{Disposal: ews.MoveToDeletedItems, Items: items}, noItem, denied},
		{"MoveItem, out of it", ews.MoveItem{To: own, Items: items}, noItem, denied},
		{"MoveItem, within it", ews.MoveItem{To: into(e.project), Items: items}, noTarget, denied},
		{"CopyItem, within it", ews.CopyItem{To: into(e.project), Items: items}, noTarget, denied},
		{"CreateFolder", ews.CreateFolder{Parent: into(e.inbox), Folders: folderNamed("x")}, noFolder, denied},
		{"CreateFolderPath", ews.CreateFolderPath{Parent: into(e.inbox), Path: folderNamed("x")}, noFolder, denied},
		{"UpdateFolder", renameFolder(e.project), noFolder, denied},
		{"DeleteFolder", ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{e.project}}, noFolder, denied},
		{"MoveFolder", ews.MoveFolder{To: into(e.inbox), Folders: []ews.FolderID{e.project}}, noTarget, denied},
		{"CopyFolder", ews.CopyFolder{To: into(e.inbox), Folders: []ews.FolderID{e.project}}, noTarget, denied},
		{"EmptyFolder", ews.EmptyFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{e.inbox}}, noFolder, denied},
		{"UploadItems", ews.UploadItems{Items: []ews.UploadItem{{Action: "CreateNew", Folder: e.project, Data: e.data}}}, noFolder, denied},
		{"UploadItems, in place of one", ews.UploadItems{Items: []ews.UploadItem{{Action: "Update", Folder: e.project, ID: &e.item, Data: e.data}}}, noItem, denied},
		{"CreateAttachment", ews.CreateAttachment{Parent: e.item, Attachments: []ews.Attachment{{Name: "b.txt"}}}, noItem, denied},
		{"DeleteAttachment", ews.DeleteAttachment{IDs: []ews.AttachmentID{e.file}}, noItem, denied},
		{"MarkAllItemsAsRead", ews.MarkAllItemsAsRead{Read: true, Folders: []ews.FolderID{e.inbox}}, noFolder, denied},
		{"MarkAsJunk", ews.MarkAsJunk{IsJunk: true, Move: true, Items: items}, noItem, denied},
		{"ArchiveItem", ews.ArchiveItem{Source: *target, Items: items}, noItem, denied},
		{"SendItem", ews.SendItem{Items: []ews.ItemRef{e.draft.Ref()}}, noItem, denied},
	}
}

// Who has no right is told that there is no such thing, and who has one that is not enough is denied (MS docs: Handling
// delegation-related errors in EWS in Exchange); what is refused changes nothing.
func TestRightsOfOperations(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	grants := e.guard.Grants()
	ask := func(t *testing.T, who access.Principal, c right, want ews.Code) {
		before := snapshot(t, e.store, ews.ShapeIDOnly, 1)
		_, code := e.store.Do(as(t, e.store, who).call, c.body)
		assert.Equal(t, want, code)
		assert.True(t, before == snapshot(t, e.store, ews.ShapeIDOnly, 1), "nothing has changed")
		assert.Equal(t, grants, e.guard.Grants())
	}
	whole := snapshot(t, e.store, ews.ShapeAllProperties, 1)
	for _, c := range append(e.readings(), e.writings()...) {
		t.Run("no right at all: "+c.name, func(t *testing.T) { ask(t, stranger, c, c.stranger) })
		t.Run("some right but not enough: "+c.name, func(t *testing.T) { ask(t, reviewer, c, c.reviewer) })
	}
	assert.True(t, whole == snapshot(t, e.store, ews.ShapeAllProperties, 1), "nor has anything that has no version")
	assert.Empty(t, as(t, e.store, 4).with("inbox", "draft"), "nor has anything been sent")
}

// Who has no mailbox has to say whose folder it means.
func TestMissingEmailAddress(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	target, own := &ews.TargetFolder{ID: named("inbox")}, []ews.FolderID{named("inbox")}
	folders, items := ews.FolderShape{Base: ews.ShapeIDOnly}, []ews.ItemRef{e.item.Ref()}
	for name, body := range map[string]ews.Body{
		"GetFolder":             ews.GetFolder{Shape: folders, Folders: own},
		"FindItem":              ews.FindItem{Shape: ews.IDOnly(), Folders: own},
		"FindFolder":            ews.FindFolder{Traversal: "Shallow", Shape: folders, Parents: own},
		"FindConversation":      ews.FindConversation{Parent: *target},
		"SyncFolderItems":       ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: *target, MaxChanges: 5},
		"SyncFolderHierarchy":   ews.SyncFolderHierarchy{Shape: folders},
		"CreateItem":            ews.CreateItem{Disposition: ews.SaveOnly, Folder: target, Items: []ews.Object{object(ews.KindMessage)}},
		"CreateItem, no folder": ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{object(ews.KindMessage)}},
		"MoveItem":              ews.MoveItem{To: *target, Items: items},
		"CopyItem":              ews.CopyItem{To: *target, Items: items},
		"ArchiveItem":           ews.ArchiveItem{Source: *target, Items: items},
		"CreateFolder":          ews.CreateFolder{Parent: *target, Folders: folderNamed("x")},
		"CreateFolderPath":      ews.CreateFolderPath{Parent: *target, Path: folderNamed("x")},
		"UpdateFolder":          renameFolder(named("inbox")),
		"DeleteFolder":          ews.DeleteFolder{Disposal: ews.HardDelete, Folders: own},
		"MoveFolder":            ews.MoveFolder{To: *target, Folders: []ews.FolderID{e.project}},
		"CopyFolder":            ews.CopyFolder{To: *target, Folders: []ews.FolderID{e.project}},
		"EmptyFolder":           ews.EmptyFolder{Disposal: ews.HardDelete, Folders: own},
		"MarkAllItemsAsRead":    ews.MarkAllItemsAsRead{Read: true, Folders: own},
		"UploadItems":           ews.UploadItems{Items: []ews.UploadItem{{Action: "CreateNew", Folder: named("inbox"), Data: e.data}}},
		"CreateItem, sent":      ews.CreateItem{Disposition: ews.SendAndSaveCopy, Folder: target, Items: []ews.Object{letter("x", "", estateOwner)}},
		"CreateItem, a meeting": ews.CreateItem{Invitations: ews.SendToNone, Folder: target, Items: []ews.Object{appointment("x")}},
		"GetUserConfiguration":  ews.GetUserConfiguration{Name: ews.UserConfigurationName{Name: "x", Folder: named("inbox")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, code := e.store.Do(as(t, e.store, homeless).call, body)
			assert.Equal(t, ews.ErrorMissingEmailAddress, code)
		})
	}
}

// The ways into another mailbox (MS docs: Delegate access and EWS in Exchange), and what an Author does there.
func TestAccessToAnotherMailbox(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	require.NoError(t, e.guard.Change(func(g *access.Grants) error {
		g.Folders = append(g.Folders, access.FolderGrant{Mailbox: estateOwner, Folder: "inbox", User: "user4@contoso.com", Level: access.LevelAuthor})
		return nil
	}))
	reader, author := as(t, e.store, reviewer), as(t, e.store, 4)
	t.Run("explicit: DistinguishedFolderId with Mailbox", func(t *testing.T) {
		assert.Len(t, reader.found(e.inbox, ews.FindItem{Restriction: &ews.Restriction{Expression: ews.Expression{
			Is: ews.IsEqualTo, Path: path("item:Subject"), Value: "theirs",
		}}}), 1)
		assert.Empty(t, reader.with("inbox", "theirs"), "without Mailbox the folder is one's own")
	})
	t.Run("implicit: ids embed the mailbox", func(t *testing.T) {
		o, code := reader.get(e.item.Ref())
		require.Equal(t, ews.NoError, code)
		assert.Equal(t, "theirs", o.Text("item:Subject"))
		parent, _ := o.Get(path("item:ParentFolderId")).(ews.FolderID)
		_, code = do[ews.GetFolderResponse](reader, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{parent}})
		assert.Equal(t, ews.NoError, code)
	})
	t.Run("an Author changes and deletes its own items", func(t *testing.T) {
		own := author.create(e.inbox, object(ews.KindMessage, "item:Subject", "own"))
		_, code := author.set(own, "AlwaysOverwrite", "item:Subject", "own, changed")
		assert.Equal(t, ews.NoError, code)
		assert.Equal(t, ews.NoError, author.delete(ews.HardDelete, own.Ref()))
		_, code = author.set(e.item, "AlwaysOverwrite", "item:Subject", "mine")
		assert.Equal(t, ews.ErrorAccessDenied, code, "and no others")
		assert.Equal(t, ews.ErrorAccessDenied, author.delete(ews.HardDelete, e.item.Ref()))
	})
	t.Run("delegates subscribe", func(t *testing.T) {
		for name, who := range map[string]client{"reviewer": reader, "author": author} {
			_, m := e.store.Watch(who.call, ews.Subscription{Folders: []ews.FolderID{e.inbox}, Events: []ews.EventType{ews.CreatedEvent}})
			assert.Equal(t, ews.ErrorSubscriptionDelegateAccessNotSupported, m.Code, name)
		}
		_, m := e.store.Watch(as(t, e.store, stranger).call, ews.Subscription{Folders: []ews.FolderID{e.inbox}, Events: []ews.EventType{ews.CreatedEvent}})
		assert.Equal(t, ews.ErrorFolderNotFound, m.Code, "without any right there is no such folder")
	})
}
