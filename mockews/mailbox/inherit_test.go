package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// heir is the owner of a mailbox whose inbox is open to a delegate (user 2), to users 3 and 4, and to everybody a little.
type heir struct {
	client
	guard *access.Guard
}

const (
	heirs  = "user1@contoso.com"
	editor = access.LevelEditor
)

func newHeir(t *testing.T) heir {
	inbox := func(user string, level access.Level) access.FolderGrant {
		return access.FolderGrant{Mailbox: heirs, Folder: "inbox", User: user, Level: level}
	}
	mix := inbox("user4@contoso.com", "")
	mix.Custom = access.Permission{Visible: true, CreateSubfolders: true}
	s, guard := newStore(t, 5, access.Grants{
		Delegates: []access.Delegate{{Mailbox: heirs, User: "user2@contoso.com", Inbox: editor}},
		Folders:   []access.FolderGrant{inbox("user3@contoso.com", access.LevelOwner), mix, inbox(access.Default, access.LevelContributor), inbox(access.Anonymous, access.LevelReviewer)},
	})
	return heir{as(t, s, 1), guard}
}

// made is the first folder of an answer, that it was given.
func made(t *testing.T, messages []ews.FoldersMessage, code ews.Code) ews.FolderID {
	t.Helper()
	require.Equal(t, ews.NoError, code)
	id, _ := messages[len(messages)-1].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
	return id
}

func (h heir) make(in ews.FolderID, o ews.Object) ews.FolderID {
	h.tb.Helper()
	r, code := do[ews.CreateFolderResponse](h.client, ews.CreateFolder{Parent: into(in), Folders: []ews.Object{o}})
	return made(h.tb.(*testing.T), r.Messages, code)
}

func (h heir) erase(id ews.FolderID, how ews.Disposal) {
	h.tb.Helper()
	_, code := do[ews.DeleteFolderResponse](h.client, ews.DeleteFolder{Disposal: how, Folders: []ews.FolderID{id}})
	require.Equal(h.tb, ews.NoError, code)
}

// permit makes the permissions of a folder one of user 5.
func (h heir) permit(id ews.FolderID, level string) {
	h.tb.Helper()
	set := ews.PermissionSet{Permissions: []ews.Permission{{UserID: ews.UserID{PrimarySmtpAddress: "user5@contoso.com"}, Level: level}}}
	_, code := do[ews.UpdateFolderResponse](h.client, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: id, Updates: []ews.FieldUpdate{
		{Kind: ews.SetField, Path: path("folder:PermissionSet"), Object: object(ews.KindFolder, "folder:PermissionSet", set)},
	}}}})
	require.Equal(h.tb, ews.NoError, code)
}

// levels are what everybody, nobody, and users 2 to 5 have on a folder.
func (h heir) levels(path access.Folder) (all []access.Level) {
	all = append(all, h.guard.Everybody(1, path).Level())
	for _, p := range []access.Principal{0, 2, 3, 4, 5} {
		all = append(all, h.guard.Permission(p, 1, path).Level())
	}
	return all
}

// opens reports which of users 2 to 5 can open a folder.
func (h heir) opens(id ews.FolderID) (all []access.Principal) {
	for p := access.Principal(2); p <= 5; p++ {
		_, code := h.store.Do(as(h.tb, h.store, p).call, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{id}})
		if code == ews.NoError {
			all = append(all, p)
		} else {
			assert.Equal(h.tb, ews.ErrorFolderNotFound, code)
		}
	}
	return all
}

func mailFolder(name string, more ...any) ews.Object {
	return object(ews.KindFolder, append([]any{"folder:DisplayName", name}, more...)...)
}

// ofInbox are the levels of the inbox: Default, Anonymous, the delegate, an owner, a mix, and somebody without a permission.
var ofInbox = []access.Level{"Contributor", "Reviewer", "Editor", "Owner", "Custom", "Contributor"}

// none are the levels of a folder that nobody has a permission on.
var none = []access.Level{"None", "None", "None", "None", "None", "None"}

// Folders have the permissions that the one that they are in had when they were made (MS docs: Add and remove delegates by using EWS in
// Exchange: permissions apply to the subfolders that are created after they were given).
func TestNewFoldersInherit(t *testing.T) {
	t.Parallel()
	for name, check := range map[string]func(t *testing.T, h heir){
		"subfolders that existed before the grant": func(t *testing.T, h heir) {
			require.Equal(t, ofInbox, h.levels("inbox"))
			assert.Equal(t, none, h.levels("/Inbox/Projects"))
			in := h.make(named("tasks"), mailFolder("before"))
			h.permit(named("tasks"), "Editor")
			assert.Empty(t, h.opens(in))
			assert.Equal(t, []access.Principal{5}, h.opens(h.make(named("tasks"), mailFolder("after"))))
		},
		"CreateFolder": func(t *testing.T, h heir) {
			id := h.make(named("inbox"), mailFolder("new"))
			assert.Equal(t, ofInbox, h.levels("/Inbox/new"))
			assert.Equal(t, []access.Principal{2, 3, 4, 5}, h.opens(id))
			h.permit(named("inbox"), "Reviewer")
			assert.Equal(t, ofInbox, h.levels("/Inbox/new"), "what changes above it later does not reach it")
			h.make(id, mailFolder("inner"))
			assert.Equal(t, ofInbox, h.levels("/Inbox/new/inner"))
		},
		"CreateFolderPath": func(t *testing.T, h heir) {
			r, code := do[ews.CreateFolderPathResponse](h.client, ews.CreateFolderPath{Parent: into(named("inbox")), Path: []ews.Object{mailFolder("a"), mailFolder("b")}})
			assert.Equal(t, []access.Principal{2, 3, 4, 5}, h.opens(made(t, r.Messages, code)))
			assert.Equal(t, ofInbox, h.levels("/Inbox/a"))
			assert.Equal(t, ofInbox, h.levels("/Inbox/a/b"))
		},
		"CopyFolder": func(t *testing.T, h heir) {
			from := h.make(named("tasks"), mailFolder("outer"))
			h.make(from, mailFolder("inner"))
			h.permit(from, "Owner")
			r, code := do[ews.CopyFolderResponse](h.client, ews.CopyFolder{To: into(named("inbox")), Folders: []ews.FolderID{from}})
			made(t, r.Messages, code)
			assert.Equal(t, ofInbox, h.levels("/Inbox/outer"), "a copy is a new folder")
			assert.Equal(t, ofInbox, h.levels("/Inbox/outer/inner"))
		},
		"MoveFolder": func(t *testing.T, h heir) {
			id := h.make(named("tasks"), mailFolder("moved"))
			h.permit(id, "Owner")
			r, code := do[ews.MoveFolderResponse](h.client, ews.MoveFolder{To: into(named("inbox")), Folders: []ews.FolderID{id}})
			assert.Equal(t, []access.Principal{5}, h.opens(made(t, r.Messages, code)), "one that is moved keeps its own; no source")
			assert.Empty(t, h.guard.Listed(1, "/Tasks/moved"))
		},
		"a PermissionSet in the request": func(t *testing.T, h heir) {
			set := ews.PermissionSet{Permissions: []ews.Permission{{UserID: ews.UserID{PrimarySmtpAddress: "user5@contoso.com"}, Level: "Author"}}}
			id := h.make(named("inbox"), mailFolder("said", "folder:PermissionSet", set))
			assert.Equal(t, []access.Principal{5}, h.opens(id))
			set.Permissions = append(set.Permissions, set.Permissions[0])
			_, code := do[ews.CreateFolderResponse](h.client, ews.CreateFolder{Parent: into(named("inbox")), Folders: []ews.Object{mailFolder("never", "folder:PermissionSet", set)}})
			require.Equal(t, ews.Code("ErrorDuplicateUserIdsSpecified"), code)
			h.make(named("inbox"), mailFolder("never")) // is not there yet
		},
		"a folder made by somebody else": func(t *testing.T, h heir) {
			theirs := heir{as(t, h.store, 3), h.guard}
			theirs.make(ews.FolderID{Distinguished: "inbox", Mailbox: heirs}, mailFolder("theirs"))
			assert.Equal(t, ofInbox, h.levels("/Inbox/theirs"))
		},
		"ArchiveItem": func(t *testing.T, h heir) {
			h.permit(named("archivemsgfolderroot"), "Reviewer")
			id := h.note(named("sentitems"), "kept")
			_, code := do[ews.ArchiveItemResponse](h.client, ews.ArchiveItem{Source: into(named("sentitems")), Items: []ews.ItemRef{id.Ref()}})
			require.Equal(t, ews.NoError, code)
			assert.Equal(t, access.LevelReviewer, h.guard.Permission(5, 1, "/Top of Information Store/Sent Items").Level(), "folders of the archive are new ones too")
		},
		"free and busy times": func(t *testing.T, h heir) {
			set := ews.PermissionSet{CalendarPermissions: []ews.Permission{
				{UserID: ews.UserID{PrimarySmtpAddress: "user5@contoso.com"}, CalendarLevel: "FreeBusyTimeOnly"},
				{UserID: ews.UserID{PrimarySmtpAddress: "user4@contoso.com"}, CalendarLevel: "Custom", ReadItems: "TimeOnly", CanCreateItems: new(bool)},
				{UserID: ews.UserID{PrimarySmtpAddress: "user3@contoso.com"}, CalendarLevel: "Editor"},
			}}
			_, code := do[ews.UpdateFolderResponse](h.client, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: named("calendar"), Updates: []ews.FieldUpdate{
				{Kind: ews.SetField, Path: path("folder:PermissionSet"), Object: object(ews.KindCalendarFolder, "folder:PermissionSet", set)},
			}}}})
			require.Equal(t, ews.NoError, code)
			h.make(named("calendar"), object(ews.KindCalendarFolder, "folder:DisplayName", "team"))
			h.make(named("calendar"), mailFolder("minutes"))
			assert.Equal(t, []access.Level{"Editor", "FreeBusyTimeOnly", "FreeBusyTimeOnly"}, h.levels("/Calendar/team")[3:])
			assert.Equal(t, []access.Level{"Editor", "None", "None"}, h.levels("/Calendar/minutes")[3:], "mail has none")
		},
		"permissions that were written for the folder": func(t *testing.T, h heir) {
			require.NoError(t, h.guard.Change(func(g *access.Grants) error {
				g.Folders = append(g.Folders, access.FolderGrant{Mailbox: heirs, Folder: "/Inbox/planned", User: "user3@contoso.com", Level: access.LevelAuthor})
				return nil
			}))
			h.make(named("inbox"), mailFolder("planned"))
			assert.Equal(t, []access.Level{"Editor", "Author", "Custom", "Contributor"}, h.levels("/Inbox/planned")[2:])
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, newHeir(t))
		})
	}
}

// Where nobody has a permission, folders come and go without a look at what is granted elsewhere: rules are worked out anew at every
// change of the grants, at the cost of all of them.
func TestFoldersWithoutPermissionsLeaveTheGrantsAlone(t *testing.T) {
	t.Parallel()
	h := newHeir(t)
	before := &h.guard.Listed(1, "inbox")[0]
	id := h.make(named("msgfolderroot"), mailFolder("plain"))
	inner := h.make(id, mailFolder("inner"))
	r, code := do[ews.MoveFolderResponse](h.client, ews.MoveFolder{To: into(named("tasks")), Folders: []ews.FolderID{inner}})
	h.erase(made(t, r.Messages, code), ews.MoveToDeletedItems)
	h.erase(id, ews.HardDelete)
	assert.Same(t, before, &h.guard.Listed(1, "inbox")[0])
	h.make(named("inbox"), mailFolder("other"))
	assert.NotSame(t, before, &h.guard.Listed(1, "inbox")[0])
}

// A folder that is gone takes its permissions with it: a later one of its path does not have them.
func TestErasedFoldersTakeTheirPermissions(t *testing.T) {
	t.Parallel()
	const outer, inner = access.Folder("/Notes/outer"), access.Folder("/Notes/outer/inner")
	build := func(h heir) (id ews.FolderID) {
		id = h.make(named("notes"), mailFolder("outer"))
		h.permit(id, "Owner")
		h.make(id, mailFolder("inner"))
		require.Len(h.tb, h.guard.Listed(1, inner), 1)
		return id
	}
	for name, away := range map[string]func(h heir, id ews.FolderID){
		"HardDelete": func(h heir, id ews.FolderID) { h.erase(id, ews.HardDelete) },
		"SoftDelete": func(h heir, id ews.FolderID) { h.erase(id, ews.SoftDelete) },
		"EmptyFolder with its folders": func(h heir, _ ews.FolderID) {
			_, code := do[ews.EmptyFolderResponse](h.client, ews.EmptyFolder{Disposal: ews.HardDelete, Subfolders: true, Folders: []ews.FolderID{named("notes")}})
			require.Equal(h.tb, ews.NoError, code)
		},
		"MoveToDeletedItems, and from there": func(h heir, id ews.FolderID) {
			h.erase(id, ews.MoveToDeletedItems)
			assert.Equal(h.tb, []access.Principal{5}, h.opens(id), "it has them where it is now")
			require.Len(h.tb, h.guard.Listed(1, "/Deleted Items/outer/inner"), 1)
			h.erase(id, ews.HardDelete)
			assert.Empty(h.tb, h.guard.Listed(1, "/Deleted Items/outer/inner"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHeir(t)
			away(h, build(h))
			assert.Empty(t, h.guard.Listed(1, outer))
			assert.Empty(t, h.guard.Listed(1, inner))
			assert.Empty(t, h.opens(h.make(named("notes"), mailFolder("outer"))), "one of the same name is another folder")
		})
	}
}
