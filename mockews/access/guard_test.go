package access_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func impersonate() access.Right { return access.Right{Verb: access.Impersonate} }

// Roles and scopes (MS docs: How to configure impersonation).
func TestRoles(t *testing.T) {
	t.Parallel()
	g := access.Grants{
		Scopes: []access.NamedScope{{Name: "sales", Filter: "Department -eq 'Sales'"}, {Name: "nobody", Filter: "Alias -eq 'x'"}},
		Roles: []access.Role{
			{Role: access.ApplicationImpersonation, User: address(4)},
			{Role: access.ApplicationImpersonation, User: address(5), Scope: "sales"},
			{Role: access.ApplicationImpersonation, User: address(6), Scope: "nobody"},
			{Role: access.AccessAsApp, App: "0000-AAAA"},
			{Role: access.AccessAsApp, App: "0000-bbbb", Scope: "sales"},
		},
	}
	guard := newGuard(t, g)
	for _, c := range []struct {
		name           string
		caller, target access.Principal
		want           bool
	}{
		{"no scope: every mailbox", 4, 6, true},
		{"no scope: a service account", 4, homeless, true},
		{"in the scope", 5, 2, true},
		{"outside of the scope", 5, 3, false},
		{"a scope of nobody", 6, 1, false},
		{"without the role", 1, 2, false},
		{"oneself without the role", 1, 1, false},
		{"an account by what it is", svc, 3, true},
		{"an account beyond its scope", svc, 4, false},
		{"nobody", 0, 1, false},
		{"nobody as target", 4, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := guard.Decide(c.caller, c.target, impersonate())
			assert.Equal(t, c.want, d.Allowed)
			assert.Equal(t, !c.want, d.Fault, "a refusal is a fault")
			assert.Equal(t, access.Opened{}, d.Opened, "to act as somebody opens nothing yet")
			if !c.want {
				assert.Equal(t, ews.ErrorImpersonateUserDenied, d.Code)
			}
		})
	}
	assert.True(t, guard.DecideApp("0000-aaaa", false, 3).Allowed, "RBAC for applications, no scope")
	assert.True(t, guard.DecideApp("0000-bbbb", false, 2).Allowed, "RBAC for applications, in the scope")
	assert.Equal(t, ews.ErrorImpersonateUserDenied, guard.DecideApp("0000-bbbb", false, 3).Code, "RBAC for applications, outside of the scope")
	assert.True(t, guard.DecideApp("0000-bbbb", true, 3).Allowed, "full_access_as_app")
	assert.False(t, guard.DecideApp("other", false, 2).Allowed)
	assert.False(t, guard.DecideApp("other", true, 0).Allowed, "nobody can be acted as")
	assert.True(t, guard.KnowsApp("0000-AAAA"))
	assert.False(t, guard.KnowsApp("other"))
}

// Impersonating is acting as the target with exactly the target's rights, delegate rights elsewhere included (MS docs:
// Impersonation and EWS in Exchange).
func TestImpersonatingIsActingAsTheTarget(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, access.Grants{
		Delegates: []access.Delegate{{Mailbox: address(5), User: address(2), Calendar: access.LevelEditor}},
		Folders:   []access.FolderGrant{{Mailbox: address(6), Folder: "inbox", User: "svc@contoso.com", Level: access.LevelOwner}},
	})
	read := func(f access.Folder) access.Right { return access.Right{Verb: access.Read, Folder: f} }
	assert.Equal(t, access.WayImpersonation, guard.DecideAs(svc, 2, 2, read("inbox")).Way, "the target's own mailbox")
	assert.Equal(t, access.WayDelegate, guard.DecideAs(svc, 2, 5, read("calendar")).Way, "where the target is a delegate")
	assert.Equal(t, ews.ErrorFolderNotFound, guard.DecideAs(svc, 2, 5, read("inbox")).Code)
	assert.Equal(t, ews.ErrorFolderNotFound, guard.DecideAs(svc, 2, 6, read("inbox")).Code, "the service account's own rights are out of the game")
	assert.Equal(t, access.WayFolder, guard.DecideAs(svc, svc, 6, read("inbox")).Way, "without impersonation it has them")
	assert.Equal(t, ews.ErrorImpersonateUserDenied, guard.DecideAs(svc, 4, 4, read("inbox")).Code)
}

// Table of MS docs, Delegate access and EWS in Exchange: what is not seen is not found, what is seen is denied.
func TestAccessToAnotherMailbox(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, access.Grants{
		Delegates: []access.Delegate{{Mailbox: address(1), User: address(2), Calendar: access.LevelReviewer, Inbox: access.LevelEditor, Contacts: access.LevelCustom}},
		Folders: []access.FolderGrant{
			{Mailbox: address(1), Folder: "contacts", User: address(2), Custom: access.Permission{Visible: true}},
			folderGrant("tasks", address(3), access.LevelContributor), folderGrant("notes", access.Default, access.LevelReviewer),
			folderGrant("notes", address(4), access.LevelNone), folderGrant("journal", access.Anonymous, access.LevelReviewer),
			{Mailbox: address(1), Folder: "contacts", User: address(3), Custom: access.Permission{Create: true}},
		},
	})
	for _, c := range []struct {
		name   string
		caller access.Principal
		right  access.Right
		want   ews.Code
		way    access.Way
	}{
		{"no right at all, folder", 5, access.Right{Verb: access.Read, Folder: "inbox"}, ews.ErrorFolderNotFound, ""},
		{"no right at all, item", 5, access.Right{Verb: access.Read, Folder: "inbox", Item: true}, ews.ErrorItemNotFound, ""},
		{"some right but not enough for the change", 2, access.Right{Verb: access.EditAll, Folder: "calendar", Item: true}, ews.ErrorAccessDenied, ""},
		{"some right but not enough to read", 3, access.Right{Verb: access.Read, Folder: "tasks", Item: true}, ews.ErrorAccessDenied, ""},
		{"may create where it sees nothing", 3, access.Right{Verb: access.Create, Folder: "contacts"}, ews.NoError, access.WayFolder},
		{"may create, but not read what it does not see", 3, access.Right{Verb: access.Read, Folder: "contacts"}, ews.ErrorFolderNotFound, ""},
		{"delegate reads", 2, access.Right{Verb: access.Read, Folder: "calendar"}, ews.NoError, access.WayDelegate},
		{"delegate edits", 2, access.Right{Verb: access.EditAll, Folder: "inbox"}, ews.NoError, access.WayDelegate},
		{"delegate with a permission of its own", 2, access.Right{Verb: access.Open, Folder: "contacts"}, ews.NoError, access.WayDelegate},
		{"delegate, a folder that was not given", 2, access.Right{Verb: access.Open, Folder: "tasks"}, ews.ErrorFolderNotFound, ""},
		{"delegate, a folder in one that was", 2, access.Right{Verb: access.Open, Folder: "/Inbox/Projects"}, ews.ErrorFolderNotFound, ""},
		{"delegate, the root", 2, access.Right{Verb: access.Open, Folder: "msgfolderroot"}, ews.ErrorFolderNotFound, ""},
		{"delegate subscribes", 2, access.Right{Verb: access.Subscribe, Folder: "inbox"}, ews.ErrorSubscriptionDelegateAccessNotSupported, ""},
		{"delegate changes permissions", 2, access.Right{Verb: access.SetPermissions, Folder: "inbox"}, ews.ErrorAccessDenied, ""},
		{"delegate, settings", 2, access.Right{Verb: access.Settings}, ews.ErrorAccessDenied, ""},
		{"everybody", 5, access.Right{Verb: access.Read, Folder: "notes"}, ews.NoError, access.WayFolder},
		{"one's own permission outweighs everybody's", 4, access.Right{Verb: access.Read, Folder: "notes"}, ews.ErrorFolderNotFound, ""},
		{"everybody is somebody", 0, access.Right{Verb: access.Read, Folder: "notes"}, ews.ErrorFolderNotFound, ""},
		{"anonymous", 0, access.Right{Verb: access.Read, Folder: "journal"}, ews.NoError, access.WayFolder},
		{"anonymous is nobody", 5, access.Right{Verb: access.Read, Folder: "journal"}, ews.ErrorFolderNotFound, ""},
		{"free and busy times of an ordinary calendar", 5, access.Right{Verb: access.FreeBusy, Folder: "calendar"}, ews.NoError, access.WayFolder},
		{"no more than times", 5, access.Right{Verb: access.FreeBusyDetails, Folder: "calendar"}, ews.ErrorNoFreeBusyAccess, ""},
		{"times open no folder", 5, access.Right{Verb: access.Open, Folder: "calendar"}, ews.ErrorFolderNotFound, ""},
		{"the owner", 1, access.Right{Verb: access.SetPermissions, Folder: "/Archive"}, ews.NoError, access.WayOwn},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := guard.Decide(c.caller, 1, c.right)
			assert.Equal(t, c.want, d.Code)
			assert.Equal(t, c.way, d.Way)
			assert.False(t, d.Fault, "it is told in a response message")
		})
	}
	assert.Equal(t, ews.ErrorNonExistentMailbox, guard.Decide(1, homeless, access.Right{Verb: access.Open, Folder: "inbox"}).Code)
	assert.Equal(t, ews.ErrorNonExistentMailbox, guard.Decide(homeless, homeless, access.Right{Verb: access.Open, Folder: "inbox"}).Code)
}

// Table of MS docs, PermissionLevel: what each level permits, verb by verb.
func TestLevels(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(strings.TrimSpace(levels)) {
		words := strings.Fields(line)
		level := access.Level(words[0])
		t.Run(words[0], func(t *testing.T) {
			t.Parallel()
			guard := newGuard(t, access.Grants{Folders: []access.FolderGrant{folderGrant("calendar", address(2), level)}})
			for verb, need := range needs {
				want := strings.Contains(" "+need.words+" ", " "+words[need.column]+" ")
				d := guard.Decide(2, 1, access.Right{Verb: verb, Folder: "calendar"})
				assert.Equal(t, want, d.Allowed, "verb %d", verb)
			}
			p, ok := level.Permission()
			assert.True(t, ok)
			assert.Equal(t, p, guard.Permission(2, 1, "calendar"))
			assert.Equal(t, words[5] == "T", p.Contact)
			assert.Equal(t, level, p.Level(), "it reads back as itself")
			p.Contact = !p.Contact
			assert.Equal(t, access.LevelCustom, p.Level(), "any other mix reads back as Custom")
		})
	}
	assert.Len(t, access.Levels(), 12)
	assert.Equal(t, access.LevelNone, access.Permission{}.Level(), "flags left out are those of None")
	_, ok := access.LevelCustom.Permission()
	assert.False(t, ok)
}

// Table of From and Sender (MS docs: Delegate access and EWS in Exchange; Impersonation and EWS in Exchange).
func TestFromAndSender(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, access.Grants{
		Delegates:    []access.Delegate{{Mailbox: address(1), User: address(2)}, {Mailbox: address(1), User: address(4)}},
		SendOnBehalf: []access.SendGrant{{Mailbox: address(1), User: address(3)}, {Mailbox: address(1), User: address(5)}},
		SendAs:       []access.SendGrant{{Mailbox: address(1), User: address(4)}, {Mailbox: address(1), User: address(5)}},
		Folders:      []access.FolderGrant{folderGrant("inbox", address(6), access.LevelEditor), folderGrant("drafts", address(6), access.LevelOwner)},
	})
	send := access.Right{Verb: access.Send}
	for _, c := range []struct {
		name          string
		caller, actor access.Principal
		way           access.Way
		from, sender  access.Principal
	}{
		{"own mailbox", 1, 1, access.WayOwn, 1, 1},
		{"impersonation", svc, 1, access.WayImpersonation, 1, 1},
		{"send on behalf (delegate)", 2, 2, access.WayDelegate, 1, 2},
		{"send on behalf (right alone)", 3, 3, access.WayOnBehalf, 1, 3},
		{"send as (AD right)", 5, 5, access.WaySendAs, 1, 1},
		{"send as outweighs being a delegate", 4, 4, access.WaySendAs, 1, 1},
		{"a delegate, impersonated", svc, 2, access.WayDelegate, 1, 2},
		{"folder Editor right only", 6, 6, "", 0, 0},
		{"no right at all", svc, svc, "", 0, 0},
		{"nobody", 0, 0, "", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := guard.DecideAs(c.caller, c.actor, 1, send)
			assert.Equal(t, c.way, d.Way)
			assert.Equal(t, [2]access.Principal{c.from, c.sender}, [2]access.Principal{d.From, d.Sender})
			if c.way == "" {
				assert.Equal(t, ews.ErrorSendAsDenied, d.Code)
				assert.False(t, d.Fault, "it is HTTP 200")
			}
		})
	}
}

func TestChange(t *testing.T) {
	t.Parallel()
	first := access.Grants{SendAs: []access.SendGrant{{Mailbox: address(1), User: address(2)}}}
	guard := newGuard(t, first)
	first.SendAs[0].User = address(3)
	assert.Equal(t, address(2), guard.Grants().SendAs[0].User, "the guard has a copy")
	may := func(p access.Principal) bool { return guard.Decide(p, 1, access.Right{Verb: access.Send}).Allowed }

	require.NoError(t, guard.Change(func(g *access.Grants) error {
		g.SendAs = append(g.SendAs, access.SendGrant{Mailbox: address(1), User: address(4)})
		return nil
	}))
	assert.True(t, may(2) && may(4))

	err := guard.Change(func(g *access.Grants) error {
		g.SendAs[0].User = address(5)
		g.Scopes = []access.NamedScope{{Name: "x", Filter: "Cty -eq 'x'"}}
		return nil
	})
	require.ErrorContains(t, err, `scopes[0].filter: filter, character 1: unknown property "Cty", did you mean "City"?`)
	no := errors.New("no")
	require.ErrorIs(t, guard.Change(func(g *access.Grants) error { g.SendAs = nil; return no }), no)
	assert.True(t, may(2) && may(4), "all or nothing")

	var kept *access.Grants
	require.NoError(t, guard.Change(func(g *access.Grants) error { kept = g; return nil }))
	kept.SendAs[0].User = address(5)
	guard.Grants().SendAs[1].User = address(6)
	assert.Equal(t, address(2), guard.Grants().SendAs[0].User, "who keeps the grants changes nothing")
	assert.Equal(t, address(4), guard.Grants().SendAs[1].User)

	guard.Reset()
	assert.True(t, may(2))
	assert.False(t, may(4))
	_, err = access.NewGuard(crowd{}, access.Grants{DelegatedTokens: "x"})
	assert.ErrorContains(t, err, "delegated_tokens")
}

// A change is seen as a whole: two grants that come and go together are never seen apart.
func TestChangeUnderReaders(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, access.Grants{})
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				g := guard.Grants()
				assert.Equal(t, len(g.SendAs), len(g.Folders))
				guard.Decide(2, 1, access.Right{Verb: access.Read, Folder: "inbox"})
			}
		})
	}
	for range 500 {
		assert.NoError(t, guard.Change(func(g *access.Grants) error {
			g.SendAs = append(g.SendAs, access.SendGrant{Mailbox: address(1), User: address(2)})
			g.Folders = append(g.Folders, folderGrant("inbox", address(2), access.LevelReviewer))
			return nil
		}))
		guard.Reset()
	}
	close(done)
	readers.Wait()
}

// The common call costs no garbage.
func TestDecideAllocations(t *testing.T) {
	guard := newGuard(t, access.Grants{
		Roles:     []access.Role{{Role: access.ApplicationImpersonation, User: address(5)}},
		Delegates: []access.Delegate{{Mailbox: address(1), User: address(2), Inbox: access.LevelEditor}},
	})
	for _, c := range []struct {
		name           string
		caller, target access.Principal
		right          access.Right
	}{
		{"role without scope", 5, 3, impersonate()},
		{"account with a range", svc, 3, impersonate()},
		{"denied", 4, 3, impersonate()},
		{"owner", 3, 3, access.Right{Verb: access.Read, Folder: "inbox"}},
		{"delegate", 2, 1, access.Right{Verb: access.Read, Folder: "inbox"}},
		{"stranger", 4, 1, access.Right{Verb: access.Read, Folder: "inbox"}},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { guard.Decide(c.caller, c.target, c.right) }), c.name)
	}
}

func BenchmarkDecide(b *testing.B) {
	guard := newGuard(b, access.Grants{
		Scopes: []access.NamedScope{{Name: "sales", Filter: "Department -eq 'Sales' -and Alias -like 'u*'"}},
		Roles: []access.Role{
			{Role: access.ApplicationImpersonation, User: address(5)},
			{Role: access.ApplicationImpersonation, User: address(6), Scope: "sales"},
		},
	})
	for name, caller := range map[string]access.Principal{"no scope": 5, "filter": 6} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				guard.Decide(caller, 2, impersonate())
			}
		})
	}
}
