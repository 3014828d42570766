package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// principal is an owner who makes delegates and ends that.
type principal struct {
	client
	guard *access.Guard
}

const (
	owns   = "user1@contoso.com"
	deputy = "user2@contoso.com"
)

func newPrincipal(t *testing.T, grants access.Grants) principal {
	s, guard := newStore(t, 4, grants)
	return principal{as(t, s, 1), guard}
}

func byAddress(address string) ews.UserID { return ews.UserID{PrimarySmtpAddress: address} }

// one is the message of the only user of an answer, which succeeds as a whole.
func (p principal) one(body ews.Body) ews.DelegateMessage {
	p.tb.Helper()
	r, code := do[ews.DelegateResponse](p.client, body)
	require.Equal(p.tb, ews.NoError, code, "the answer as a whole succeeds")
	assert.NotEqual(p.tb, ews.Error, r.Class)
	require.Len(p.tb, r.Users, 1)
	if _, gets := body.(ews.GetDelegate); !gets {
		assert.Empty(p.tb, r.Deliver, "GetDelegate alone says who gets meeting requests")
	}
	return r.Users[0]
}

func (p principal) add(id ews.UserID, levels *ews.DelegatePermissions) ews.DelegateMessage {
	p.tb.Helper()
	yes := true
	return p.one(ews.AddDelegate{Mailbox: ews.Mailbox{Address: owns}, Users: []ews.DelegateUser{
		{UserID: id, Permissions: levels, ReceiveCopies: &yes, ViewPrivate: &yes},
	}})
}

func (p principal) update(id ews.UserID, levels *ews.DelegatePermissions) ews.DelegateMessage {
	p.tb.Helper()
	return p.one(ews.UpdateDelegate{Mailbox: ews.Mailbox{Address: owns}, Users: []ews.DelegateUser{{UserID: id, Permissions: levels}}})
}

func (p principal) remove(id ews.UserID) ews.DelegateMessage {
	p.tb.Helper()
	return p.one(ews.RemoveDelegate{Mailbox: ews.Mailbox{Address: owns}, Users: []ews.UserID{id}})
}

func (p principal) read(id ews.UserID) ews.DelegateMessage {
	p.tb.Helper()
	return p.one(ews.GetDelegate{Permissions: true, Mailbox: ews.Mailbox{Address: owns}, Users: []ews.UserID{id}})
}

// all are the delegates that there are.
func (p principal) all() ews.DelegateResponse {
	p.tb.Helper()
	r, code := do[ews.DelegateResponse](p.client, ews.GetDelegate{Permissions: true, Mailbox: ews.Mailbox{Address: owns}})
	require.Equal(p.tb, ews.NoError, code)
	return r
}

// set makes the permissions of a folder those.
func (p principal) set(folder string, all ...ews.Permission) ews.Code {
	p.tb.Helper()
	kind, set := ews.KindFolder, ews.PermissionSet{Permissions: all}
	if folder == "calendar" {
		kind, set = ews.KindCalendarFolder, ews.PermissionSet{CalendarPermissions: all}
	}
	_, code := do[ews.UpdateFolderResponse](p.client, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: named(folder), Updates: []ews.FieldUpdate{
		{Kind: ews.SetField, Path: path("folder:PermissionSet"), Object: object(kind, "folder:PermissionSet", set)},
	}}}})
	return code
}

// shown are the permissions of a folder.
func (p principal) shown(folder string) []ews.Permission {
	p.tb.Helper()
	r, code := do[ews.GetFolderResponse](p.client, ews.GetFolder{
		Shape: ews.FolderShape{Base: ews.ShapeIDOnly, Additional: []ews.Path{path("folder:PermissionSet")}}, Folders: []ews.FolderID{named(folder)},
	})
	require.Equal(p.tb, ews.NoError, code)
	set, _ := r.Messages[0].Folders[0].Get(path("folder:PermissionSet")).(ews.PermissionSet)
	return append(set.Permissions, set.CalendarPermissions...)
}

// The delegate operations: each of the users by itself, with an outer success (MS-OXWSDLGM; MS docs: ResponseCode).
func TestDelegateOperations(t *testing.T) {
	t.Parallel()
	none := ews.DelegatePermissions{Calendar: "None", Tasks: "None", Inbox: "None", Contacts: "None", Notes: "None", Journal: "None"}
	for name, check := range map[string]func(t *testing.T, p principal){
		"AddDelegate and GetDelegate": func(t *testing.T, p principal) {
			require.Empty(t, p.add(byAddress(deputy), nil).Code)
			r := p.all()
			require.Len(t, r.Users, 1)
			u := r.Users[0].User
			assert.Equal(t, ews.UserID{SID: "S-1-5-2", PrimarySmtpAddress: deputy, DisplayName: "User 2"}, u.UserID)
			assert.Equal(t, none, *u.Permissions, "None is the default")
			assert.True(t, *u.ReceiveCopies && *u.ViewPrivate)
		},
		"GetDelegate without IncludePermissions": func(t *testing.T, p principal) {
			p.add(byAddress(deputy), nil)
			assert.Nil(t, p.one(ews.GetDelegate{Mailbox: ews.Mailbox{Address: owns}}).User.Permissions)
		},
		"by SID": func(t *testing.T, p principal) {
			id := ews.UserID{SID: "S-1-5-2"}
			require.Empty(t, p.add(id, nil).Code)
			require.Empty(t, p.update(id, &ews.DelegatePermissions{Tasks: "Reviewer"}).Code)
			assert.Equal(t, "Reviewer", p.read(byAddress(deputy)).User.Permissions.Tasks)
			require.Empty(t, p.remove(id).Code)
			assert.Empty(t, p.all().Users)
		},
		"levels": func(t *testing.T, p principal) {
			p.add(byAddress(deputy), &ews.DelegatePermissions{Calendar: "Reviewer", Tasks: "Author", Inbox: "Editor", Contacts: "None"})
			want := none
			want.Calendar, want.Tasks, want.Inbox = "Reviewer", "Author", "Editor"
			assert.Equal(t, want, *p.read(byAddress(deputy)).User.Permissions)
			p.update(byAddress(deputy), &ews.DelegatePermissions{Inbox: "None", Journal: "Editor"})
			want.Inbox, want.Journal = "None", "Editor"
			assert.Equal(t, want, *p.read(byAddress(deputy)).User.Permissions, "what UpdateDelegate does not say stays")
		},
		"DeliverMeetingRequests": func(t *testing.T, p principal) {
			assert.Equal(t, "DelegatesAndSendInformationToMe", p.all().Deliver, "the default")
			for _, deliver := range []string{"DelegatesOnly", "DelegatesAndMe", "DelegatesAndSendInformationToMe", "NoForward"} {
				_, code := do[ews.DelegateResponse](p.client, ews.UpdateDelegate{Mailbox: ews.Mailbox{Address: owns}, Deliver: deliver})
				require.Equal(t, ews.NoError, code)
				assert.Equal(t, deliver, p.all().Deliver)
			}
		},
		"some fail, the others do not": func(t *testing.T, p principal) {
			r, code := do[ews.DelegateResponse](p.client, ews.AddDelegate{Mailbox: ews.Mailbox{Address: owns}, Users: []ews.DelegateUser{
				{UserID: byAddress("nobody@contoso.com")}, {UserID: byAddress(deputy)}, {UserID: byAddress(owns)}, {UserID: byAddress("user3@contoso.com")},
			}})
			require.Equal(t, ews.NoError, code)
			codes := []ews.Code{}
			for _, m := range r.Users {
				codes = append(codes, m.Code)
			}
			assert.Equal(t, []ews.Code{"ErrorDelegateNoUser", "", "ErrorDelegateCannotAddOwner", ""}, codes)
			assert.Len(t, p.all().Users, 2)
		},
		"somebody else's delegates": func(t *testing.T, p principal) {
			r, code := do[ews.DelegateResponse](as(t, p.store, 3), ews.GetDelegate{Mailbox: ews.Mailbox{Address: owns}})
			assert.Equal(t, ews.ErrorAccessDenied, code)
			assert.Equal(t, ews.Error, r.Class)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, newPrincipal(t, noGrants))
		})
	}
}

// What a delegate has on a folder is a permission on it: the operations on delegates and PermissionSet are two ways to it.
func TestDelegatesAndPermissions(t *testing.T) {
	t.Parallel()
	level := func(user, level string) ews.Permission { return ews.Permission{UserID: byAddress(user), Level: level} }
	for name, check := range map[string]func(t *testing.T, p principal){
		"PermissionSet shows delegates": func(t *testing.T, p principal) {
			p.add(byAddress(deputy), &ews.DelegatePermissions{Inbox: "Editor", Calendar: "Reviewer"})
			require.Len(t, p.shown("inbox"), 3)
			assert.Equal(t, "Editor", p.shown("inbox")[2].Level)
			assert.Equal(t, "Reviewer", p.shown("calendar")[2].CalendarLevel)
		},
		"PermissionSet sets their levels": func(t *testing.T, p principal) {
			p.add(byAddress(deputy), &ews.DelegatePermissions{Inbox: "Editor", Tasks: "Editor"})
			require.Equal(t, ews.NoError, p.set("inbox", level(deputy, "Reviewer"), level("user3@contoso.com", "Author")))
			got := p.read(byAddress(deputy)).User.Permissions
			assert.Equal(t, []string{"Reviewer", "Editor"}, []string{got.Inbox, got.Tasks})
			assert.Equal(t, access.LevelReviewer, p.guard.Permission(2, 1, "inbox").Level())
			require.Equal(t, ews.NoError, p.set("inbox", level("user3@contoso.com", "Author")))
			assert.Equal(t, "None", p.read(byAddress(deputy)).User.Permissions.Inbox, "SetFolderField overwrites all permissions")
			assert.Equal(t, access.LevelNone, p.guard.Permission(2, 1, "inbox").Level())
		},
		"Custom reads back": func(t *testing.T, p principal) {
			p.add(byAddress(deputy), &ews.DelegatePermissions{Inbox: "Editor"})
			require.Equal(t, ews.NoError, p.set("inbox", level(deputy, "PublishingEditor")))
			assert.Equal(t, "Custom", p.read(byAddress(deputy)).User.Permissions.Inbox, "a level that delegates cannot be given")
			assert.Equal(t, access.LevelPublishingEditor, p.guard.Permission(2, 1, "inbox").Level())
			require.Empty(t, p.update(byAddress(deputy), &ews.DelegatePermissions{Inbox: "Author"}).Code)
			assert.Equal(t, "Author", p.read(byAddress(deputy)).User.Permissions.Inbox)
			assert.Equal(t, access.LevelAuthor, p.guard.Permission(2, 1, "inbox").Level())
		},
		"None in place of everybody's": func(t *testing.T, p principal) {
			p.add(byAddress(deputy), nil)
			require.Equal(t, ews.NoError, p.set("inbox", level(deputy, "None"), ews.Permission{UserID: ews.UserID{DistinguishedUser: access.Default}, Level: "Reviewer"}))
			assert.Equal(t, access.LevelNone, p.guard.Permission(2, 1, "inbox").Level())
			assert.Equal(t, access.LevelReviewer, p.guard.Permission(3, 1, "inbox").Level())
		},
		"somebody with a permission becomes a delegate": func(t *testing.T, p principal) {
			require.Equal(t, ews.NoError, p.set("inbox", level(deputy, "Owner")))
			require.Equal(t, ews.NoError, p.set("notes", level(deputy, "Owner")))
			require.Empty(t, p.add(byAddress(deputy), &ews.DelegatePermissions{Inbox: "Reviewer"}).Code)
			got := p.read(byAddress(deputy)).User.Permissions
			assert.Equal(t, []string{"Reviewer", "Custom"}, []string{got.Inbox, got.Notes})
			assert.Equal(t, access.LevelReviewer, p.guard.Permission(2, 1, "inbox").Level())
			assert.Equal(t, access.LevelOwner, p.guard.Permission(2, 1, "notes").Level())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, newPrincipal(t, noGrants))
		})
	}
}

// dwindling is a directory from which a user may vanish.
type dwindling struct {
	users
	gone *access.Principal
}

func (d dwindling) Find(address string) (access.Principal, bool) {
	if p, primary := d.users.Find(address); p != *d.gone {
		return p, primary
	}
	return 0, false
}

// Nothing is left of a delegate that was removed, nor of one that was half there (MS docs: RemoveDelegate operation; Handling
// delegation-related errors in EWS in Exchange).
func TestRemoveDelegate(t *testing.T) {
	t.Parallel()
	t.Run("takes all that the delegate has", func(t *testing.T) {
		t.Parallel()
		grants := access.Grants{SendOnBehalf: []access.SendGrant{{Mailbox: owns, User: deputy}, {Mailbox: owns, User: "user3@contoso.com"}}}
		for _, folder := range []access.Folder{"calendar", "tasks", "inbox", "contacts", "notes", "journal"} {
			for _, user := range []string{deputy, "user3@contoso.com"} {
				grants.Folders = append(grants.Folders, access.FolderGrant{Mailbox: owns, Folder: folder, User: user, Level: access.LevelPublishingEditor})
			}
		}
		beyond := access.FolderGrant{Mailbox: owns, Folder: "sentitems", User: deputy, Level: access.LevelEditor}
		p := newPrincipal(t, grants)
		require.NoError(t, p.guard.Change(func(g *access.Grants) error { g.Folders = append(g.Folders, beyond); return nil }))
		require.Empty(t, p.add(byAddress(deputy), nil).Code)
		assert.Equal(t, "Custom", p.read(byAddress(deputy)).User.Permissions.Inbox)
		require.Empty(t, p.remove(byAddress(deputy)).Code)
		assert.Empty(t, p.all().Users)
		for _, g := range p.guard.Grants().Folders {
			assert.True(t, g.User != deputy || g == beyond, "%v is left; those on other folders are no delegate's", g)
		}
		assert.Equal(t, []access.SendGrant{{Mailbox: owns, User: "user3@contoso.com"}}, p.guard.Grants().SendOnBehalf)
		assert.Len(t, p.guard.Grants().Folders, 7)
		assert.Equal(t, ews.Code("ErrorNotDelegate"), p.remove(byAddress(deputy)).Code)
	})
	t.Run("nothing of private items and copies is left", func(t *testing.T) {
		t.Parallel()
		p := newPrincipal(t, noGrants)
		p.add(byAddress(deputy), nil)
		require.Empty(t, p.remove(byAddress(deputy)).Code)
		p.one(ews.AddDelegate{Mailbox: ews.Mailbox{Address: owns}, Users: []ews.DelegateUser{{UserID: byAddress(deputy)}}})
		again := p.read(byAddress(deputy)).User
		assert.False(t, *again.ReceiveCopies || *again.ViewPrivate)
	})
	t.Run("orphaned: the right to send on behalf alone", func(t *testing.T) {
		t.Parallel()
		p := newPrincipal(t, access.Grants{SendOnBehalf: []access.SendGrant{{Mailbox: owns, User: deputy}}})
		assert.Empty(t, p.all().Users)
		assert.Equal(t, ews.Code("ErrorDelegateMissingConfiguration"), p.read(byAddress(deputy)).Code)
		require.Empty(t, p.remove(byAddress(deputy)).Code)
		assert.Empty(t, p.guard.Grants().SendOnBehalf)
		assert.Equal(t, ews.Code("ErrorNotDelegate"), p.read(byAddress(deputy)).Code)
	})
	t.Run("orphaned: a user who is no more", func(t *testing.T) {
		t.Parallel()
		dir := dwindling{4, new(access.Principal)}
		guard, err := access.NewGuard(dir, access.Grants{Delegates: []access.Delegate{{Mailbox: owns, User: deputy, Inbox: access.LevelEditor}}})
		require.NoError(t, err)
		p := principal{as(t, mailbox.New(dir, guard, mailbox.Limits{}), 1), guard}
		*dir.gone = 2
		assert.Equal(t, ews.Code("ErrorDelegateNoUser"), p.all().Users[0].Code)
		assert.Equal(t, ews.Code("ErrorDelegateNoUser"), p.remove(byAddress("nobody@contoso.com")).Code)
		require.Empty(t, p.remove(byAddress(deputy)).Code)
		assert.Empty(t, guard.Grants().Delegates)
	})
}

// What a request says of a delegate that cannot be (MS docs: ResponseCode; ews-managed-api, ServiceError): each of the users by itself, and
// nothing changes.
func TestDelegateCodes(t *testing.T) {
	t.Parallel()
	custom := &ews.DelegatePermissions{Calendar: "Custom"}
	for _, c := range []struct {
		name   string
		id     ews.UserID
		levels *ews.DelegatePermissions
		want   ews.Code
		text   string
	}{
		{"ErrorInvalidDelegatePermission", byAddress(deputy), custom, "ErrorInvalidDelegatePermission", "Invalid Delegate Folder Permission."},
		{"ErrorDelegateNoUser", byAddress("nobody@contoso.com"), nil, "ErrorDelegateNoUser", "The delegate does not map to a user in the Active Directory."},
		{"ErrorDelegateNoUser, by SID", ews.UserID{SID: "S-1-x"}, nil, "ErrorDelegateNoUser", "The delegate does not map to a user in the Active Directory."},
		{"ErrorDelegateCannotAddOwner", byAddress(owns), nil, "ErrorDelegateCannotAddOwner", "This is an invalid operation. Cannot add owner as delegate."},
		{"ErrorDelegateValidationFailed", ews.UserID{SID: "S-1-5-99"}, nil, "ErrorDelegateValidationFailed", "Cannot add the delegate user. Failed to validate the changes."},
		{"ErrorDistinguishedUserNotSupported", ews.UserID{DistinguishedUser: access.Default}, nil, "ErrorDistinguishedUserNotSupported", "DistinguishedUser should not be specified for a Delegate User."},
		{"ErrorInvalidDelegateUserId", ews.UserID{SID: "S-1-5-3", PrimarySmtpAddress: deputy}, nil, "ErrorInvalidDelegateUserId", "One or more UserId parameters are invalid. Make sure that the PrimarySmtpAddress, Sid and DisplayName properties refer to the same user when specified."},
		{"ErrorMissingUserIdInformation", ews.UserID{}, nil, "ErrorMissingUserIdInformation", "Missing information for delegate user. You must either specify a valid SMTP address or SID."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newPrincipal(t, noGrants)
			m := p.add(c.id, c.levels)
			assert.Equal(t, c.want, m.Code)
			assert.Equal(t, c.text, m.Text)
			assert.Equal(t, ews.Error, m.Class)
			assert.Empty(t, p.guard.Grants().Delegates)
		})
	}
}
