package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// letter is a message to somebody; from, if it is not empty, is whose it is to be.
func letter(subject string, from string, to string) ews.Object {
	o := object(ews.KindMessage, "item:Subject", subject,
		"message:ToRecipients", ews.Recipients{Mailboxes: []ews.Mailbox{{Address: to}}})
	if from != "" {
		o.Set(path("message:From"), ews.Recipient{Mailbox: ews.Mailbox{Address: from}})
	}
	return o
}

// send makes a message and sends it at once.
func (c client) send(how ews.Disposition, o ews.Object) ews.Code {
	c.tb.Helper()
	_, code := do[ews.CreateItemResponse](c, ews.CreateItem{Disposition: how, Items: []ews.Object{o}})
	return code
}

// with are the items of a folder that have a subject.
func (c client) with(folder, subject string) []ews.Object {
	c.tb.Helper()
	return c.found(named(folder), ews.FindItem{Restriction: &ews.Restriction{Expression: ews.Expression{
		Is: ews.IsEqualTo, Path: path("item:Subject"), Value: subject,
	}}})
}

func addressIn(o ews.Object, uri string) string {
	r, _ := o.Get(path(uri)).(ews.Recipient)
	return r.Mailbox.Address
}

// From and Sender, by the way in which mail is sent: facts on delegates and sending, row by row.
func TestFromAndSender(t *testing.T) {
	t.Parallel()
	const owner, delegate, assistant, editor = "user1@contoso.com", "user2@contoso.com", "user3@contoso.com", "user4@contoso.com"
	s, _ := newStore(t, 9, access.Grants{
		Delegates: []access.Delegate{{Mailbox: owner, User: delegate, Inbox: access.LevelEditor}},
		SendAs:    []access.SendGrant{{Mailbox: owner, User: assistant}},
		Folders:   []access.FolderGrant{{Mailbox: owner, Folder: "inbox", User: editor, Level: access.LevelEditor}},
	})
	for _, c := range []struct {
		name         string
		by           access.Principal
		from         string
		author, sent string
		code         ews.Code
	}{
		{"impersonation", 1, "", owner, owner, ews.NoError},
		{"impersonation, From of its own", 1, owner, owner, owner, ews.NoError},
		{"send on behalf (delegate)", 2, owner, owner, delegate, ews.NoError},
		{"send as (AD right)", 3, owner, owner, owner, ews.NoError},
		{"folder Editor right only", 4, owner, "", "", ews.ErrorSendAsDenied},
	} {
		t.Run(c.name, func(t *testing.T) {
			me := as(t, s, c.by)
			require.Equal(t, c.code, me.send(ews.SendAndSaveCopy, letter(c.name, c.from, "user9@contoso.com")))
			got := as(t, s, 9).with("inbox", c.name)
			if c.code != ews.NoError {
				assert.Empty(t, got)
				assert.Len(t, me.with("drafts", c.name), 1, "with SendAndSaveCopy the item stays behind in the drafts")
				return
			}
			require.Len(t, got, 1)
			assert.Equal(t, c.author, addressIn(got[0], "message:From"))
			assert.Equal(t, c.sent, addressIn(got[0], "message:Sender"))
			assert.False(t, got[0].Bool("message:IsRead"))
			assert.Len(t, me.with("sentitems", c.name), 1)
		})
	}
}

// A delegate works in the owner's drafts and sends from there, with a copy among what the owner has sent.
func TestDelegateFlow(t *testing.T) {
	t.Parallel()
	const owner, delegate = "user1@contoso.com", "user2@contoso.com"
	s, _ := newStore(t, 3, access.Grants{
		Delegates: []access.Delegate{{Mailbox: owner, User: delegate}},
		Folders: []access.FolderGrant{
			{Mailbox: owner, Folder: "drafts", User: delegate, Level: access.LevelEditor},
			{Mailbox: owner, Folder: "sentitems", User: delegate, Level: access.LevelEditor},
		},
	})
	me := as(t, s, 2)
	id := me.create(ews.FolderID{Distinguished: "drafts", Mailbox: owner}, letter("on behalf", owner, "user3@contoso.com"))
	sent := ews.TargetFolder{ID: ews.FolderID{Distinguished: "sentitems", Mailbox: owner}}
	_, code := do[ews.SendItemResponse](me, ews.SendItem{Save: true, Items: []ews.ItemRef{id.Ref()}, Folder: &sent})
	require.Equal(t, ews.NoError, code)
	got := as(t, s, 3).with("inbox", "on behalf")
	require.Len(t, got, 1)
	assert.Equal(t, []string{owner, delegate}, []string{addressIn(got[0], "message:From"), addressIn(got[0], "message:Sender")})
	assert.Len(t, as(t, s, 1).with("sentitems", "on behalf"), 1)
	assert.Empty(t, as(t, s, 1).with("drafts", "on behalf"))
}

// Somebody else's mailbox: facts on access, row by row.
func TestAccessToAnotherMailbox(t *testing.T) {
	t.Parallel()
	const owner, reader, author = "user1@contoso.com", "user2@contoso.com", "user3@contoso.com"
	s, _ := newStore(t, 5, access.Grants{Folders: []access.FolderGrant{
		{Mailbox: owner, Folder: "inbox", User: reader, Level: access.LevelReviewer},
		{Mailbox: owner, Folder: "inbox", User: author, Level: access.LevelAuthor},
	}})
	theirs := ews.FolderID{Distinguished: "inbox", Mailbox: owner}
	item := as(t, s, 1).note(named("inbox"), "theirs")
	r, w, nobody := as(t, s, 2), as(t, s, 3), as(t, s, 4)

	_, code := r.get(item.Ref())
	assert.Equal(t, ews.NoError, code, "implicit: an id embeds its mailbox")
	_, code = r.set(item, "AlwaysOverwrite", "item:Subject", "mine")
	assert.Equal(t, ews.ErrorAccessDenied, code, "some right but not enough for the change")
	assert.Equal(t, ews.ErrorAccessDenied, r.delete(ews.HardDelete, item.Ref()))
	_, code = nobody.get(item.Ref())
	assert.Equal(t, ews.ErrorItemNotFound, code, "no right at all")
	_, code = do[ews.FindItemResponse](nobody, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{theirs}})
	assert.Equal(t, ews.ErrorFolderNotFound, code, "no right at all")

	own := w.create(theirs, object(ews.KindMessage, "item:Subject", "own"))
	_, code = w.set(own, "AlwaysOverwrite", "item:Subject", "own, changed")
	assert.Equal(t, ews.NoError, code, "an author changes its own items")
	_, code = w.set(item, "AlwaysOverwrite", "item:Subject", "mine")
	assert.Equal(t, ews.ErrorAccessDenied, code, "and no others")
	assert.Equal(t, ews.ErrorAccessDenied, w.delete(ews.HardDelete, item.Ref()))
	assert.Equal(t, ews.NoError, w.delete(ews.HardDelete, own.Ref()))

	_, m := s.Watch(r.call, ews.Subscription{Folders: []ews.FolderID{theirs}, Events: []ews.EventType{ews.CreatedEvent}})
	assert.Equal(t, ews.ErrorSubscriptionDelegateAccessNotSupported, m.Code, "delegates may not subscribe")
	got, code := as(t, s, 1).get(item.Ref())
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, "theirs", got.Text("item:Subject"), "what was refused has changed nothing")
}

// The nine levels and the calendar's two: what is set reads back, with its flags.
func TestPermissionLevels(t *testing.T) {
	t.Parallel()
	s, guard := newStore(t, 3, noGrants)
	me := as(t, s, 1)
	set := func(folder string, p ews.Permission) ews.Code {
		kind, all := ews.KindFolder, ews.PermissionSet{Permissions: []ews.Permission{p}}
		if folder == "calendar" {
			kind, all = ews.KindCalendarFolder, ews.PermissionSet{CalendarPermissions: []ews.Permission{p}}
		}
		_, code := do[ews.UpdateFolderResponse](me, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: named(folder), Updates: []ews.FieldUpdate{
			{Kind: ews.SetField, Path: path("folder:PermissionSet"), Object: object(kind, "folder:PermissionSet", all)},
		}}}})
		return code
	}
	who := ews.UserID{PrimarySmtpAddress: "user2@contoso.com"}
	for _, level := range access.Levels() {
		if level == access.LevelCustom {
			continue
		}
		folder, p := "inbox", ews.Permission{UserID: who, Level: string(level)}
		if level == access.LevelFreeBusy || level == access.LevelFreeBusyDetails {
			folder, p = "calendar", ews.Permission{UserID: who, CalendarLevel: string(level)}
		}
		require.Equal(t, ews.NoError, set(folder, p), level)
		want, _ := level.Permission()
		assert.Equal(t, want, guard.Permission(2, 1, access.Folder(folder)), level)
		r, code := do[ews.GetFolderResponse](me, ews.GetFolder{
			Shape: ews.FolderShape{Base: ews.ShapeIDOnly, Additional: []ews.Path{path("folder:PermissionSet")}}, Folders: []ews.FolderID{named(folder)},
		})
		require.Equal(t, ews.NoError, code)
		shown, _ := r.Messages[0].Folders[0].Get(path("folder:PermissionSet")).(ews.PermissionSet)
		all := append(shown.Permissions, shown.CalendarPermissions...)
		if level == access.LevelNone {
			continue
		}
		require.Len(t, all, 3, "%s: Default, Anonymous and the user", level)
		assert.Equal(t, string(level), all[2].Level+all[2].CalendarLevel)
		assert.Equal(t, want.Create, *all[2].CanCreateItems)
		assert.Equal(t, string(want.Edit), all[2].EditItems)
	}
	yes := true
	for name, c := range map[string]struct {
		p    ews.Permission
		want ews.Code
	}{
		"level and flags":        {ews.Permission{UserID: who, Level: "Reviewer", CanCreateItems: &yes}, "ErrorInvalidPermissionSettings"},
		"a calendar's level":     {ews.Permission{UserID: who, Level: "FreeBusyTimeOnly", CalendarLevel: "FreeBusyTimeOnly"}, "ErrorInvalidPermissionSettings"},
		"nobody":                 {ews.Permission{UserID: ews.UserID{PrimarySmtpAddress: "x@y"}, Level: "Reviewer"}, "ErrorInvalidUserInfo"},
		"a mix that is no level": {ews.Permission{UserID: who, Level: "Custom", CanCreateItems: &yes, ReadItems: "FullDetails"}, ews.NoError},
	} {
		assert.Equal(t, c.want, set("inbox", c.p), name)
	}
	assert.Equal(t, access.LevelCustom, guard.Permission(2, 1, "inbox").Level())
}

// Who has a permission twice, and what a folder shows of its permissions: to those who ask for them by name alone, from 2013 on.
func TestPermissionSets(t *testing.T) {
	t.Parallel()
	s, guard := newStore(t, 3, noGrants)
	me := as(t, s, 1)
	set := func(all ...ews.Permission) ews.Code {
		_, code := do[ews.UpdateFolderResponse](me, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: named("inbox"), Updates: []ews.FieldUpdate{
			{Kind: ews.SetField, Path: path("folder:PermissionSet"), Object: object(ews.KindFolder, "folder:PermissionSet", ews.PermissionSet{Permissions: all})},
		}}}})
		return code
	}
	by := func(id ews.UserID) ews.Permission { return ews.Permission{UserID: id, Level: "Reviewer"} }
	address, sid := ews.UserID{PrimarySmtpAddress: "user2@contoso.com"}, ews.UserID{SID: "S-1-5-2"}
	everybody := ews.UserID{DistinguishedUser: access.Default}
	before := guard.Grants()
	assert.Equal(t, ews.Code("ErrorDuplicateUserIdsSpecified"), set(by(address), by(address)))
	assert.Equal(t, ews.Code("ErrorDuplicateUserIdsSpecified"), set(by(address), by(sid)), "one user by two names")
	assert.Equal(t, ews.Code("ErrorDuplicateUserIdsSpecified"), set(by(everybody), by(everybody)))
	assert.Equal(t, before, guard.Grants(), "nothing has changed")
	require.Equal(t, ews.NoError, set(by(everybody), by(sid)))
	assert.Equal(t, access.LevelReviewer, guard.Permission(2, 1, "inbox").Level())

	for _, version := range []ews.Version{ews.Exchange2013, ews.Exchange2013_SP1, ews.Exchange2016} {
		me.call.Version = version
		shown := func(shape ews.FolderShape) any {
			r, code := do[ews.GetFolderResponse](me, ews.GetFolder{Shape: shape, Folders: []ews.FolderID{named("inbox")}})
			require.Equal(t, ews.NoError, code)
			return r.Messages[0].Folders[0].Get(path("folder:PermissionSet"))
		}
		assert.Nil(t, shown(ews.FolderShape{Base: ews.ShapeAllProperties}), "%s: not part of AllProperties", version)
		assert.NotNil(t, shown(ews.FolderShape{Base: ews.ShapeAllProperties, Additional: []ews.Path{path("folder:PermissionSet")}}))
	}
}

// The delegate operations, row by row: codes and texts, an outer success over inner failures, and nothing left of who was removed.
func TestDelegateOperations(t *testing.T) {
	t.Parallel()
	const owner, one = "user1@contoso.com", "user2@contoso.com"
	s, guard := newStore(t, 4, access.Grants{SendOnBehalf: []access.SendGrant{{Mailbox: owner, User: one}, {Mailbox: owner, User: "user3@contoso.com"}}})
	me := as(t, s, 1)
	box, yes := ews.Mailbox{Address: owner}, true
	add := func(address string, p *ews.DelegatePermissions) ews.DelegateResponse {
		r, _ := do[ews.DelegateResponse](me, ews.AddDelegate{Mailbox: box, Users: []ews.DelegateUser{
			{UserID: ews.UserID{PrimarySmtpAddress: address}, Permissions: p, ReceiveCopies: &yes, ViewPrivate: &yes},
		}})
		require.Len(t, r.Users, 1)
		assert.NotEqual(t, ews.Error, r.Class, "the answer as a whole succeeds")
		assert.Empty(t, r.Deliver, "GetDelegate alone says who gets meeting requests")
		return r
	}
	require.Empty(t, add(one, nil).Users[0].Code)
	for _, c := range []struct {
		name, address, level string
		want                 ews.Code
		text                 string
	}{
		{"ErrorDelegateAlreadyExists", one, "", "ErrorDelegateAlreadyExists", "The user is already a delegate for the mailbox."},
		{"ErrorDelegateCannotAddOwner", owner, "", "ErrorDelegateCannotAddOwner", "This is an invalid operation. Cannot add owner as delegate."},
		{"ErrorDelegateNoUser", "nobody@contoso.com", "", "ErrorDelegateNoUser", "The delegate does not map to a user in the Active Directory."},
		{"ErrorDelegateValidationFailed: Custom is for reading", "user4@contoso.com", "Custom", "ErrorDelegateValidationFailed", ""},
	} {
		m := add(c.address, &ews.DelegatePermissions{Calendar: c.level}).Users[0]
		assert.Equal(t, ews.Error, m.Class, c.name)
		assert.Equal(t, c.want, m.Code, c.name)
		if c.text != "" {
			assert.Equal(t, c.text, m.Text, c.name)
		}
	}
	get := func() ews.DelegateResponse {
		r, _ := do[ews.DelegateResponse](me, ews.GetDelegate{Permissions: true, Mailbox: box})
		return r
	}
	r := get()
	require.Len(t, r.Users, 1)
	assert.Equal(t, "DelegatesAndSendInformationToMe", r.Deliver)
	u := r.Users[0].User
	assert.Equal(t, ews.UserID{SID: "S-1-5-2", PrimarySmtpAddress: one, DisplayName: "User 2"}, u.UserID)
	assert.Equal(t, ews.DelegatePermissions{Calendar: "None", Tasks: "None", Inbox: "None", Contacts: "None", Notes: "None", Journal: "None"}, *u.Permissions)

	remove := func() ews.DelegateMessage {
		r, _ := do[ews.DelegateResponse](me, ews.RemoveDelegate{Mailbox: box, Users: []ews.UserID{{PrimarySmtpAddress: one}}})
		require.Len(t, r.Users, 1)
		return r.Users[0]
	}
	assert.Empty(t, remove().Code)
	assert.Empty(t, get().Users)
	assert.Equal(t, []access.SendGrant{{Mailbox: owner, User: "user3@contoso.com"}}, guard.Grants().SendOnBehalf, "what was left behind of a delegate goes too")
	gone := remove()
	assert.Equal(t, ews.Code("ErrorNotDelegate"), gone.Code)
	assert.Equal(t, "The user is not a delegate for the mailbox.", gone.Text)
	_, _ = do[ews.DelegateResponse](me, ews.AddDelegate{Mailbox: box, Users: []ews.DelegateUser{{UserID: ews.UserID{PrimarySmtpAddress: one}}}})
	again := get().Users[0].User
	assert.False(t, *again.ReceiveCopies || *again.ViewPrivate, "nothing of the first time is left")
}

// A folder that has changed tells how many unread items it has.
func TestUnreadCountOfAnEvent(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me := as(t, s, 1)
	w, _ := s.Watch(me.call, ews.Subscription{All: true, Events: []ews.EventType{ews.ModifiedEvent}})
	since := s.Now(1)
	id := me.note(named("drafts"), "changed")
	_, code := me.set(id, "AlwaysOverwrite", "item:Subject", "changed again")
	require.Equal(t, ews.NoError, code)
	r, code := do[ews.CreateFolderResponse](me, ews.CreateFolder{Parent: ews.TargetFolder{ID: named("msgfolderroot")}, Folders: []ews.Object{object(ews.KindFolder, "folder:DisplayName", "mine")}})
	require.Equal(t, ews.NoError, code)
	folder, _ := r.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
	o := object(ews.KindMessage, "item:Subject", "unread", "message:IsRead", false)
	me.create(folder, o)
	_, code = do[ews.UpdateFolderResponse](me, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: folder, Updates: []ews.FieldUpdate{
		{Kind: ews.SetField, Path: path("folder:DisplayName"), Object: object(ews.KindFolder, "folder:DisplayName", "renamed")},
	}}}})
	require.Equal(t, ews.NoError, code)
	heard, ok := s.Listen(w, since, 50)
	require.True(t, ok)
	var counts []int
	for _, e := range heard.Events {
		if e.Item != nil {
			assert.Nil(t, e.Unread, "an item has none")
			continue
		}
		require.NotNil(t, e.Unread)
		counts = append(counts, *e.Unread)
	}
	assert.Equal(t, []int{1}, counts)
}
