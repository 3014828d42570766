package access_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// on is a permission on a folder of user 1, given as a level.
func on(folder access.Folder, user access.Principal, level access.Level) access.FolderGrant {
	return folderGrant(folder, address(user), level)
}

// The permissions of a folder change as one list, and the levels of delegates with it: whatever comes of it makes sense.
func TestSetFolder(t *testing.T) {
	t.Parallel()
	first := access.Grants{
		Delegates: []access.Delegate{{Mailbox: address(1), User: address(2), Inbox: access.LevelEditor, Tasks: access.LevelAuthor}, {Mailbox: address(3), User: address(2), Inbox: access.LevelEditor}},
		Folders:   []access.FolderGrant{on("inbox", 4, access.LevelOwner), on("tasks", 4, access.LevelOwner), {Mailbox: address(3), Folder: "inbox", User: address(4), Level: access.LevelOwner}},
	}
	for _, c := range []struct {
		name   string
		folder access.Folder
		list   []access.FolderGrant
		level  access.Level // of the delegate
		listed []access.Level
	}{
		{"nobody", "inbox", nil, "None", nil},
		{"others", "inbox", []access.FolderGrant{on("", 5, "Author")}, "None", []access.Level{"Author"}},
		{"the delegate, a level of delegates", "inbox", []access.FolderGrant{on("", 2, "Reviewer"), on("", 5, "Author")}, "Reviewer", []access.Level{"Author", "Reviewer"}},
		{"the delegate, None", "inbox", []access.FolderGrant{on("", 2, "None")}, "None", []access.Level{"None"}},
		{"the delegate, another level", "inbox", []access.FolderGrant{on("", 2, "PublishingAuthor")}, "Custom", []access.Level{"PublishingAuthor"}},
		{"the delegate, flags that are a level", "inbox", []access.FolderGrant{{User: address(2), Custom: access.Permission{Visible: true, Read: access.DetailFull}}}, "Reviewer", []access.Level{"Reviewer"}},
		{"the delegate, a mix", "inbox", []access.FolderGrant{{User: address(2), Custom: access.Permission{Visible: true}}}, "Custom", []access.Level{""}},
		{"a folder that delegates do not have", "sentitems", []access.FolderGrant{on("", 2, "Editor")}, "Editor", []access.Level{"Editor"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			guard := newGuard(t, first)
			require.NoError(t, guard.Change(func(g *access.Grants) error { g.SetFolder(address(1), c.folder, c.list); return nil }))
			g := guard.Grants()
			assert.Equal(t, c.level, g.Delegated(g.Delegates[0], "inbox"))
			var listed []access.Level
			for _, f := range guard.Listed(1, c.folder) {
				listed = append(listed, f.Level)
				assert.Equal(t, [2]string{address(1), string(c.folder)}, [2]string{f.Mailbox, string(f.Folder)})
			}
			assert.Equal(t, c.listed, listed)
			assert.Equal(t, access.LevelAuthor, g.Delegates[0].Tasks, "other folders stay")
			assert.Len(t, guard.Listed(1, "tasks"), 2)
			assert.Len(t, guard.Listed(3, "inbox"), 2, "and other mailboxes")
		})
	}
}

// A folder that moves takes its permissions to where it is, in place of what was written for that path.
func TestMoveFolder(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, access.Grants{Folders: []access.FolderGrant{on("/a", 2, "Editor"), on("/a", 3, "Author"), on("/b", 2, "Reviewer"), on("/c", 2, "Reviewer")}})
	require.NoError(t, guard.Change(func(g *access.Grants) error { g.MoveFolder(address(1), "/a", "/b"); return nil }))
	assert.Empty(t, guard.Listed(1, "/a"))
	assert.Equal(t, []access.FolderGrant{on("/b", 2, "Editor"), on("/b", 3, "Author")}, guard.Listed(1, "/b"))
	assert.Len(t, guard.Listed(1, "/c"), 1)
}

// A new folder takes over permissions, and what was written for its path stays.
func TestAddFolder(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, access.Grants{Folders: []access.FolderGrant{on("/a", 2, "Editor")}})
	require.NoError(t, guard.Change(func(g *access.Grants) error {
		g.AddFolder(address(1), "/a", []access.FolderGrant{on("inbox", 2, "Reviewer"), on("inbox", 3, "Reviewer")})
		return nil
	}))
	assert.Equal(t, []access.FolderGrant{on("/a", 2, "Editor"), on("/a", 3, "Reviewer")}, guard.Listed(1, "/a"))
}

// What a new folder takes over: in a mailbox the list of the one that it is in, among public folders what holds there, with everybody's.
func TestHanded(t *testing.T) {
	t.Parallel()
	const root, a, b = access.PublicRoot, access.PublicRoot + "/a", access.PublicRoot + "/a/b"
	guard := newGuard(t, access.Grants{
		Delegates: []access.Delegate{{Mailbox: address(1), User: address(2), Inbox: access.LevelEditor}},
		Folders: []access.FolderGrant{
			on("inbox", 3, "Reviewer"), folderGrant("inbox", access.Default, "Contributor"), folderGrant("inbox", access.Anonymous, "Reviewer"),
			on(root, 2, "Owner"), on(root, 3, "Reviewer"), on(a, 3, "Editor"),
			folderGrant(b, access.Default, "None"), on(b, 4, "Author"), folderGrant(b, access.Anonymous, "Reviewer"),
		},
	})
	levels := func(in access.Folder) map[string]access.Level {
		all := map[string]access.Level{}
		for _, g := range guard.Handed(1, in) {
			assert.NotContains(t, all, g.User, "once each")
			all[g.User] = g.Level
		}
		return all
	}
	type of = map[string]access.Level
	assert.Equal(t, of{address(2): "Editor", address(3): "Reviewer", access.Default: "Contributor", access.Anonymous: "Reviewer"}, levels("inbox"))
	assert.Empty(t, levels("tasks"))
	assert.Equal(t, of{address(2): "Owner", address(3): "Reviewer", access.Default: "Author"}, levels(root))
	assert.Equal(t, of{address(2): "Owner", address(3): "Editor", access.Default: "Author"}, levels(a), "the nearest of each")
	assert.Equal(t, of{address(4): "Author", access.Default: "None", access.Anonymous: "Reviewer"}, levels(b), "a list that says what everybody has is a whole one")
	assert.Equal(t, access.LevelNone, guard.Permission(2, 1, b).Level())
	assert.Equal(t, access.LevelOwner, guard.Permission(2, 1, a).Level())
	assert.Equal(t, access.LevelReviewer, guard.Permission(0, 1, b+"/c").Level())
	assert.Equal(t, access.LevelNone, guard.Permission(0, 1, a).Level())
}
