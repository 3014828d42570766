package mockews_test

import (
	"encoding/base64"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

var publicRoot = ews.FolderID{Distinguished: "publicfoldersroot"}

// replicaList is PR_REPLICA_LIST, as clients ask for it.
var replicaList = ews.Path{Extended: ews.Extended{Tag: 0x6698, Type: "Binary"}}

func findPublic(in ews.FolderID, traversal string) ews.FindFolder {
	return ews.FindFolder{
		Traversal: traversal, Shape: ews.FolderShape{Base: ews.ShapeDefault, Additional: []ews.Path{replicaList}}, Parents: []ews.FolderID{in},
	}
}

// public are the folders right in the root, by name, with the addresses that their content mailboxes have by GUID.
func public(t *testing.T, s *mockews.Server) (ids map[string]ews.FolderID, replicas map[string]string) {
	t.Helper()
	o, body := do(t, s, target, findPublic(publicRoot, "Shallow"))
	require.Equal(t, ews.Code(""), o.Code(), "%s", body)
	ids, replicas = map[string]ews.FolderID{}, map[string]string{}
	found := ews.FolderIDs(body, 10)
	names := regexp.MustCompile(`<t:DisplayName>([^<]*)<`).FindAllSubmatch(body, -1)
	values := regexp.MustCompile(`<t:Value>([^<]*)<`).FindAllSubmatch(body, -1)
	require.Len(t, values, len(found))
	for i, id := range found {
		raw, err := base64.StdEncoding.DecodeString(string(values[i][1]))
		require.NoError(t, err)
		require.Len(t, raw, 37, "a GUID and a zero")
		ids[string(names[i][1])], replicas[string(names[i][1])] = id, string(raw[:36])+"@contoso.com"
	}
	return ids, replicas
}

// hops is how many hops the last request took.
func hops(s *mockews.Server) int {
	entries := s.Journal()
	return entries[len(entries)-1].Hops
}

// replicaApart is a folder whose content is on another back end than the hierarchy.
func replicaApart(t *testing.T, s *mockews.Server) (folder ews.FolderID, replica, address string) {
	t.Helper()
	org := s.Organisation()
	hierarchy, _ := org.Home(org.PublicFolderMailboxes()[0])
	ids, replicas := public(t, s)
	for name, id := range ids {
		address := plain(replicas[name]).send(t, s.Transport()).account(t).User.Address
		p, _ := org.Find(address)
		if home, ok := org.Home(p); ok && home != hierarchy {
			return id, replicas[name], address
		}
	}
	t.Fatal("all of them are where the hierarchy is")
	return folder, "", ""
}

// A client finds the way to the hierarchy and to the content as the documents say, and gets there without a hop (MS docs: Route public
// folder hierarchy requests; Route public folder content requests).
func TestPublicFolderRouting(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site")
	topology.PublicFolderMailboxes, topology.FrontEnd, topology.Stalls, topology.Service = 8, route.Lognormal{}, route.Stalls{}, route.Service{}
	s := newServer(t, topology)
	u := settingsOf([]autodiscover.Name{autodiscover.PublicFolderInformation}, target).send(t, s.Transport()).settings(t).Users[0]
	anchor, _ := u.Get(autodiscover.PublicFolderInformation)
	assert.Equal(t, "publicfolders1@contoso.com", anchor)
	account := plain(anchor).send(t, s.Transport()).account(t)
	assert.Equal(t, anchor, account.Account.PublicFolders.Address)
	server := account.Account.Protocols[0].Server
	assert.Regexp(t, `^[0-9a-f-]{36}@contoso\.com$`, server)
	folder, replica, address := replicaApart(t, s)
	hierarchy, content := findPublic(publicRoot, "Shallow"), ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{folder}}
	get := ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{folder}}
	below := findPublic(folder, "Shallow")
	for _, test := range []struct {
		name            string
		body            ews.Body
		anchor, mailbox string
		hops            int
	}{
		{"hierarchy", hierarchy, anchor, server, 0},
		{"hierarchy, below a folder", below, anchor, server, 0},
		{"content", content, address, address, 0},
		{"content: GetFolder is about it", get, address, address, 0},
		{"content, by the GUID", content, replica, replica, 0},
		{"hierarchy, sent to the content", below, address, address, 1},
		{"content, sent to the hierarchy", content, anchor, server, 1},
		{"GetFolder, sent to the hierarchy", get, anchor, server, 1},
	} {
		a := soap(target, test.body).with("X-AnchorMailbox", test.anchor).with("X-PublicFolderMailbox", test.mailbox).send(t, s.Transport())
		assert.Equal(t, ews.Code(""), a.outcome().Code(), "%s: %s", test.name, a.body)
		assert.Equal(t, test.hops, hops(s), test.name)
		entries := s.Journal()
		assert.NotContains(t, entries[len(entries)-1].Verdicts.String(), "anchor", test.name)
	}
	home, _ := s.Organisation().Home(s.Organisation().PublicFolderMailboxes()[0])
	for p := route.Principal(1); ; p++ {
		if at, _ := s.Organisation().Home(p); at == home {
			continue
		}
		user := s.Organisation().Address(p)
		a := soap(user, hierarchy).with("X-AnchorMailbox", user).send(t, s.Transport())
		assert.Equal(t, ews.Code(""), a.outcome().Code())
		assert.Equal(t, 1, hops(s), "the user's own anchor leads to the user's own mailbox")
		break
	}
}

// What is done with public folders, and what is not (MS docs: Public folder access with EWS in Exchange).
func TestPublicFolders(t *testing.T) {
	t.Parallel()
	const owner, reader = target, "user000007@contoso.com"
	grants := access.Grants{Folders: []access.FolderGrant{{
		Mailbox: "publicfolders1@contoso.com", Folder: access.PublicRoot, User: owner, Level: access.LevelOwner,
	}}}
	named := func(name string) []ews.Object {
		o := ews.Object{Kind: ews.KindFolder}
		o.Set(ews.Path{URI: "folder:DisplayName"}, name)
		return []ews.Object{o}
	}
	create := func(in ews.FolderID, name string) ews.CreateFolder {
		return ews.CreateFolder{Parent: ews.TargetFolder{ID: in}, Folders: named(name)}
	}
	post := func(in ews.FolderID) ews.CreateItem {
		o := ews.Object{Kind: ews.KindMessage}
		o.Set(ews.Path{URI: "item:Subject"}, "for everybody")
		return ews.CreateItem{Disposition: ews.SaveOnly, Folder: &ews.TargetFolder{ID: in}, Items: []ews.Object{o}}
	}
	build := func(t *testing.T) (*mockews.Server, func(user string, want ews.Code, b ews.Body) []byte, map[string]ews.FolderID) {
		s := newServer(t, route.Topology{Access: grants})
		ids, _ := public(t, s)
		return s, func(user string, want ews.Code, b ews.Body) []byte {
			t.Helper()
			o, body := do(t, s, user, b)
			assert.Equal(t, want, o.Code(), "%s: %s", b.Op(), body)
			return body
		}, ids
	}

	t.Run("the hierarchy", func(t *testing.T) {
		t.Parallel()
		_, try, ids := build(t)
		assert.Len(t, ids, 4)
		made := ews.FolderIDs(try(owner, "", create(publicRoot, "New")), 1)[0]
		inner := ews.FolderIDs(try(owner, "", create(ids["Departments"], "Inner")), 1)[0]
		try(owner, "ErrorFolderExists", create(publicRoot, "New"))
		rename := ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: made, Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: ews.Path{URI: "folder:DisplayName"}, Object: named("Renamed")[0],
		}}}}}
		try(reader, ews.ErrorAccessDenied, rename)
		made = ews.FolderIDs(try(owner, "", rename), 1)[0]
		moved := ews.FolderIDs(try(owner, "", ews.MoveFolder{To: ews.TargetFolder{ID: made}, Folders: []ews.FolderID{inner}}), 1)[0]
		assert.Contains(t, string(try(reader, "", findPublic(made, "Shallow"))), moved.ID)
		try(owner, "", ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{moved}})
		try(reader, ews.ErrorFolderNotFound, findPublic(moved, "Shallow"))
		try(owner, "", ews.DeleteFolder{Disposal: ews.MoveToDeletedItems, Folders: []ews.FolderID{made}})
		try(reader, ews.ErrorFolderNotFound, findPublic(made, "Shallow"))
	})
	t.Run("the content", func(t *testing.T) {
		t.Parallel()
		_, try, ids := build(t)
		to := ews.TargetFolder{ID: ids["Departments"]}
		item := ews.ItemIDs(try(reader, "", post(ids["Announcements"])), 1)[0].Ref()
		o := ews.Object{Kind: ews.KindMessage}
		o.Set(ews.Path{URI: "item:Subject"}, "changed")
		try(reader, "", ews.UpdateItem{Conflict: "AlwaysOverwrite", Disposition: ews.SaveOnly, Changes: []ews.ItemUpdates{{ID: item, Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: ews.Path{URI: "item:Subject"}, Object: o,
		}}}}})
		assert.Contains(t, string(try("user000009@contoso.com", "", ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeDefault}, Items: []ews.ItemRef{item}})), "changed")
		try(reader, "", ews.CopyItem{To: to, Items: []ews.ItemRef{item}})
		item = ews.ItemIDs(try(reader, "", ews.MoveItem{To: to, Items: []ews.ItemRef{item}}), 1)[0].Ref()
		try("user000009@contoso.com", ews.ErrorAccessDenied, ews.DeleteItem{Disposal: ews.HardDelete, Items: []ews.ItemRef{item}})
		try(reader, "", ews.DeleteItem{Disposal: ews.MoveToDeletedItems, Items: []ews.ItemRef{item}})
		try(reader, ews.ErrorItemNotFound, ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Items: []ews.ItemRef{item}})
	})
	t.Run("into a mailbox, and out of one", func(t *testing.T) {
		t.Parallel()
		_, try, ids := build(t)
		mine := ews.ItemIDs(try(reader, "", post(inbox)), 1)[0].Ref()
		try(reader, "", ews.MoveItem{To: ews.TargetFolder{ID: ids["Announcements"]}, Items: []ews.ItemRef{mine}})
		folder := ews.FolderIDs(try(owner, "", create(inbox, "Private")), 1)[0]
		try(owner, "ErrorCrossMailboxMoveCopy", ews.MoveFolder{To: ews.TargetFolder{ID: publicRoot}, Folders: []ews.FolderID{folder}})
		try(owner, "ErrorCrossMailboxMoveCopy", ews.MoveFolder{To: ews.TargetFolder{ID: inbox}, Folders: []ews.FolderID{ids["Departments"]}})
	})
	t.Run("what is not supported", func(t *testing.T) {
		t.Parallel()
		_, try, ids := build(t)
		a, b := ids["Announcements"], ids["Departments"]
		const no = "ErrorInvalidOperation"
		try(owner, no, ews.CopyFolder{To: ews.TargetFolder{ID: b}, Folders: []ews.FolderID{a}})
		try(owner, no, ews.EmptyFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{a}})
		try(owner, no, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folder: &ews.TargetFolder{ID: publicRoot}})
		try(owner, no, ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: a}, MaxChanges: 1})
		try(owner, no, ews.CreateFolderPath{Parent: ews.TargetFolder{ID: publicRoot}, Path: named("x")})
		try(owner, no, findPublic(publicRoot, "Deep"))
		const root = "ErrorOperationNotAllowedWithPublicFolderRoot"
		try(owner, root, post(publicRoot))
		try(owner, root, ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{publicRoot}})
		try(owner, root, ews.MoveFolder{To: ews.TargetFolder{ID: b}, Folders: []ews.FolderID{publicRoot}})
	})
	t.Run("rights", func(t *testing.T) {
		t.Parallel()
		s, try, ids := build(t)
		try(reader, ews.ErrorAccessDenied, create(publicRoot, "Mine"))
		try(reader, ews.ErrorAccessDenied, ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{ids["Announcements"]}})
		require.NoError(t, s.Guard().Change(func(g *access.Grants) error {
			g.Folders = append(g.Folders, access.FolderGrant{
				Mailbox: "publicfolders1@contoso.com", Folder: access.PublicRoot + "/Departments", User: access.Default, Level: access.LevelPublishingAuthor,
			})
			return nil
		}))
		made := ews.FolderIDs(try(reader, "", create(ids["Departments"], "Mine")), 1)[0]
		try("user000009@contoso.com", ews.ErrorAccessDenied, ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{made}})
		try(reader, "", ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{made}})
	})
	t.Run("permissions of a new folder", func(t *testing.T) {
		t.Parallel()
		s, try, ids := build(t)
		const author, late = "user000009@contoso.com", "user000010@contoso.com"
		grant := func(user string, level access.Level) {
			require.NoError(t, s.Guard().Change(func(g *access.Grants) error {
				g.Folders = append(g.Folders, access.FolderGrant{
					Mailbox: "publicfolders1@contoso.com", Folder: access.PublicRoot + "/Departments", User: user, Level: level,
				})
				return nil
			}))
		}
		grant(reader, access.LevelPublishingEditor)
		grant(author, access.LevelOwner)
		made := ews.FolderIDs(try(reader, "", create(ids["Departments"], "Mine")), 1)[0]
		grant(late, access.LevelOwner)
		grant(access.Default, access.LevelNone)
		levels := map[string]access.Level{}
		for _, user := range []string{owner, reader, author, late, "user000011@contoso.com"} {
			p, _ := s.Organisation().Find(user)
			h, _ := s.Organisation().Find("publicfolders1@contoso.com")
			levels[user] = s.Guard().Permission(p, h, access.PublicRoot+"/Departments/Mine").Level()
		}
		assert.Equal(t, map[string]access.Level{
			owner: access.LevelOwner, reader: access.LevelOwner, author: access.LevelOwner, late: access.LevelAuthor, "user000011@contoso.com": access.LevelAuthor,
		}, levels, "what the folder that it is in had at that moment; who has made it owns it")
		try(author, "", create(made, "inner"))
		try(reader, "", ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{made}})
		h, _ := s.Organisation().Find("publicfolders1@contoso.com")
		assert.Empty(t, s.Guard().Listed(h, access.PublicRoot+"/Departments/Mine"), "it takes its permissions with it")
		assert.Empty(t, s.Guard().Listed(h, access.PublicRoot+"/Departments/Mine/inner"))
	})
	t.Run("subscriptions", func(t *testing.T) {
		t.Parallel()
		_, try, ids := build(t)
		to := func(folders ...ews.FolderID) ews.Subscribe {
			return ews.Subscribe{Pull: &ews.Subscription{Folders: folders, Events: []ews.EventType{ews.CreatedEvent}, Timeout: 10}}
		}
		try(reader, ews.ErrorInvalidSubscriptionRequest, to(ids["Announcements"], ids["Departments"]))
		try(reader, ews.ErrorInvalidSubscriptionRequest, to(ids["Announcements"], inbox))
		body := try(reader, "", to(ids["Announcements"]))
		id := regexp.MustCompile(`SubscriptionId>([^<]*)<`).FindSubmatch(body)
		mark := regexp.MustCompile(`Watermark>([^<]*)<`).FindSubmatch(body)
		try(owner, "", post(ids["Announcements"]))
		assert.Contains(t, string(try(reader, "", ews.GetEvents{ID: string(id[1]), Watermark: string(mark[1])})), "CreatedEvent")
	})
	t.Run("there are none", func(t *testing.T) {
		t.Parallel()
		none := newServer(t, route.Topology{PublicFolderMailboxes: -1})
		o, _ := do(t, none, target, findPublic(publicRoot, "Shallow"))
		assert.Equal(t, ews.Code("ErrorNoPublicFolderReplicaAvailable"), o.Code())
	})
}
