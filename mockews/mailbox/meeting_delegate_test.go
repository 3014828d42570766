package mailbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// office is an owner (user 1) with a delegate (2), somebody who sends as the owner (3), and somebody who may change the calendar and the
// inbox and is no delegate (4); user 5 is invited, and invites.
func office(t *testing.T) (owner, guest client, by map[string]client) {
	const address = "user1@contoso.com"
	grants := access.Grants{
		Delegates: []access.Delegate{{Mailbox: address, User: "user2@contoso.com", Calendar: access.LevelEditor, Inbox: access.LevelEditor}},
		SendAs:    []access.SendGrant{{Mailbox: address, User: "user3@contoso.com"}},
	}
	for _, user := range []string{"user3@contoso.com", "user4@contoso.com"} {
		for _, folder := range []access.Folder{"calendar", "inbox"} {
			grants.Folders = append(grants.Folders, access.FolderGrant{Mailbox: address, Folder: folder, User: user, Level: access.LevelEditor})
		}
	}
	s, _ := newStore(t, 5, grants)
	return as(t, s, 1), as(t, s, 5), map[string]client{"delegate": as(t, s, 2), "send as": as(t, s, 3), "editor": as(t, s, 4)}
}

func meet(subject, with string) ews.Object {
	return appointment(subject, "calendar:RequiredAttendees", ews.Attendees{Attendees: []ews.Attendee{{Mailbox: ews.Mailbox{Address: with}}}})
}

func (c client) invite(folder ews.FolderID, o ews.Object) (ews.ItemID, ews.Code) {
	r, code := do[ews.CreateItemResponse](c, ews.CreateItem{
		Invitations: ews.SendToAllAndSaveCopy, Folder: &ews.TargetFolder{ID: folder}, Items: []ews.Object{o},
	})
	if code != ews.NoError {
		return ews.ItemID{}, code
	}
	return idOf(r.Messages[0].Items[0]), code
}

func (c client) reschedule(id ews.ItemID) ews.Code {
	_, code := do[ews.UpdateItemResponse](c, ews.UpdateItem{
		Conflict: "AlwaysOverwrite", Disposition: ews.SaveOnly, Invitations: ews.SendToAllAndSaveCopy,
		Changes: []ews.ItemUpdates{{ID: id.Ref(), Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: path("calendar:End"), Object: object(ews.KindCalendarItem, "calendar:End", noon.Add(2*time.Hour)),
		}}}},
	})
	return code
}

func (c client) callOff(id ews.ItemID) ews.Code {
	_, code := do[ews.DeleteItemResponse](c, ews.DeleteItem{Disposal: ews.HardDelete, Cancellations: ews.SendToAllAndSaveCopy, Items: []ews.ItemRef{id.Ref()}})
	return code
}

// fromAndSender are those of each of the messages in somebody's inbox with a subject, the newest first.
func (c client) fromAndSender(subject string) (all [][2]string) {
	for _, o := range c.with("inbox", subject) {
		full, code := c.get(idOf(o).Ref())
		require.Equal(c.tb, ews.NoError, code)
		all = append(all, [2]string{addressIn(full, "message:From"), addressIn(full, "message:Sender")})
	}
	return all
}

// Meetings in another's calendar are that one's: delegates send about them on the owner's behalf, and whoever has no more than rights on
// folders does not send (MS docs: Access a calendar as a delegate by using EWS in Exchange; Delegate access and EWS in Exchange).
func TestMeetingsForAnother(t *testing.T) {
	t.Parallel()
	const owns = "user1@contoso.com"
	theirs := ews.FolderID{Distinguished: "calendar", Mailbox: owns}
	for name, sender := range map[string]string{"delegate": "user2@contoso.com", "send as": owns} {
		t.Run("sent by a "+name, func(t *testing.T) {
			t.Parallel()
			owner, guest, by := office(t)
			id, code := by[name].invite(theirs, meet("plan", "user5@contoso.com"))
			require.Equal(t, ews.NoError, code)
			o, code := owner.get(id.Ref())
			require.Equal(t, ews.NoError, code)
			assert.Equal(t, owns, addressIn(o, "calendar:Organizer"))
			require.Equal(t, ews.NoError, by[name].reschedule(id))
			assert.Equal(t, [][2]string{{owns, sender}, {owns, sender}}, guest.fromAndSender("plan"))
			require.Equal(t, ews.NoError, by[name].callOff(id))
			assert.Equal(t, [][2]string{{owns, sender}}, guest.fromAndSender("Canceled: plan"))
		})
		t.Run("answered by a "+name, func(t *testing.T) {
			t.Parallel()
			owner, guest, by := office(t)
			id, code := guest.invite(named("calendar"), meet("review", owns))
			require.Equal(t, ews.NoError, code)
			require.Equal(t, ews.NoError, by[name].answer(ews.KindAcceptItem, idOf(owner.with("inbox", "review")[0])))
			assert.Equal(t, [][2]string{{owns, sender}}, guest.fromAndSender("Accepted: review"))
			o, code := guest.get(id.Ref())
			require.Equal(t, ews.NoError, code)
			list, _ := o.Get(path("calendar:RequiredAttendees")).(ews.Attendees)
			assert.Equal(t, ews.ResponseAccept, list.Attendees[0].ResponseType, "the owner has accepted")
		})
	}
	t.Run("folder Editor right only", func(t *testing.T) {
		t.Parallel()
		owner, guest, by := office(t)
		editor := by["editor"]
		_, code := editor.invite(theirs, meet("never", "user5@contoso.com"))
		assert.Equal(t, ews.ErrorSendAsDenied, code, "CreateItem")
		id, code := owner.invite(named("calendar"), meet("plan", "user5@contoso.com"))
		require.Equal(t, ews.NoError, code)
		_, code = guest.invite(named("calendar"), meet("review", owns))
		require.Equal(t, ews.NoError, code)
		before := snapshot(t, owner.store, ews.ShapeIDOnly, 1, 5)
		assert.Equal(t, ews.ErrorSendAsDenied, editor.reschedule(id), "UpdateItem")
		assert.Equal(t, ews.ErrorSendAsDenied, editor.callOff(id), "DeleteItem")
		assert.Equal(t, ews.ErrorSendAsDenied, editor.answer(ews.KindCancelCalendarItem, id), "CancelCalendarItem")
		assert.Equal(t, ews.ErrorSendAsDenied, editor.answer(ews.KindDeclineItem, idOf(owner.with("inbox", "review")[0])), "DeclineItem")
		assert.Equal(t, before, snapshot(t, owner.store, ews.ShapeIDOnly, 1, 5), "nothing has changed")
		_, code = do[ews.CreateItemResponse](editor, ews.CreateItem{
			Invitations: ews.SendToNone, Folder: &ews.TargetFolder{ID: theirs}, Items: []ews.Object{meet("for later", "user5@contoso.com")},
		})
		assert.Equal(t, ews.NoError, code, "it may create items, and not send them")
	})
}
