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

// A delegate works in the owner's drafts and sends from there, or sends at once, with a copy among what the owner has sent: on the owner's
// behalf also where the message does not say whom it is from (MS docs: Access email as a delegate by using EWS in Exchange).
func TestDelegateFlow(t *testing.T) {
	t.Parallel()
	const owner, delegate, editor = "user1@contoso.com", "user2@contoso.com", "user4@contoso.com"
	grant := func(folder access.Folder, user string) access.FolderGrant {
		return access.FolderGrant{Mailbox: owner, Folder: folder, User: user, Level: access.LevelEditor}
	}
	sent := ews.TargetFolder{ID: ews.FolderID{Distinguished: "sentitems", Mailbox: owner}}
	saveOnly := func(c client, o ews.Object) ews.Code {
		id := c.create(ews.FolderID{Distinguished: "drafts", Mailbox: owner}, o)
		_, code := do[ews.SendItemResponse](c, ews.SendItem{Save: true, Items: []ews.ItemRef{id.Ref()}, Folder: &sent})
		return code
	}
	atOnce := func(c client, o ews.Object) ews.Code {
		_, code := do[ews.CreateItemResponse](c, ews.CreateItem{Disposition: ews.SendAndSaveCopy, Folder: &sent, Items: []ews.Object{o}})
		return code
	}
	for _, c := range []struct {
		name   string
		by     access.Principal
		from   string
		send   func(client, ews.Object) ews.Code
		code   ews.Code
		sender string
		drafts int // of the owner, afterwards
	}{
		{"SaveOnly into the owner's drafts, then SendItem", 2, owner, saveOnly, ews.NoError, delegate, 0},
		{"SaveOnly and SendItem, without From", 2, "", saveOnly, ews.NoError, delegate, 0},
		{"SendAndSaveCopy", 2, owner, atOnce, ews.NoError, delegate, 0},
		{"SendAndSaveCopy without From", 2, "", atOnce, ews.NoError, delegate, 0},
		{"folder Editor right only: SaveOnly, then SendItem", 4, "", saveOnly, ews.ErrorSendAsDenied, "", 1},
		{"folder Editor right only: SendAndSaveCopy", 4, "", atOnce, ews.ErrorSendAsDenied, "", 0},
		{"folder Editor right only: from oneself", 4, editor, saveOnly, ews.NoError, editor, 0},
		{"no right at all: SendAndSaveCopy", 5, "", atOnce, ews.ErrorFolderNotFound, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, _ := newStore(t, 5, access.Grants{
				Delegates: []access.Delegate{{Mailbox: owner, User: delegate}},
				Folders:   []access.FolderGrant{grant("drafts", delegate), grant("sentitems", delegate), grant("drafts", editor), grant("sentitems", editor)},
			})
			require.Equal(t, c.code, c.send(as(t, s, c.by), letter("on behalf", c.from, "user3@contoso.com")))
			got, principal := as(t, s, 3).with("inbox", "on behalf"), as(t, s, 1)
			assert.Len(t, principal.with("drafts", "on behalf"), c.drafts)
			if c.code != ews.NoError {
				assert.Empty(t, got)
				assert.Empty(t, principal.with("sentitems", "on behalf"))
				return
			}
			require.Len(t, got, 1)
			from := owner
			if c.from != "" {
				from = c.from
			}
			assert.Equal(t, []string{from, c.sender}, []string{addressIn(got[0], "message:From"), addressIn(got[0], "message:Sender")})
			assert.Len(t, principal.with("sentitems", "on behalf"), 1)
		})
	}
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
