package mailbox_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

var noon = time.Date(2026, 9, 7, 12, 0, 0, 0, time.UTC) // a Monday

func appointment(subject string, more ...any) ews.Object {
	return object(ews.KindCalendarItem, append([]any{"item:Subject", subject, "calendar:Start", noon, "calendar:End", noon.Add(time.Hour)}, more...)...)
}

// daily is a series of so many occurrences.
func daily(subject string, times int) ews.Object {
	return appointment(subject, "calendar:Recurrence", ews.Recurrence{
		Daily: &ews.Pattern{Interval: 1}, Numbered: &ews.Range{StartDate: ews.Date{Time: noon}, NumberOfOccurrences: times},
	})
}

func (c client) answer(kind ews.Kind, id ews.ItemID) ews.Code {
	c.tb.Helper()
	return c.send(ews.SendOnly, object(kind, "item:ReferenceItemId", id))
}

// A meeting from the invitation to the end.
func TestMeeting(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me, guest := as(t, s, 1), as(t, s, 2)
	r, code := do[ews.CreateItemResponse](me, ews.CreateItem{Invitations: ews.SendToAllAndSaveCopy, Items: []ews.Object{appointment("plan",
		"calendar:RequiredAttendees", ews.Attendees{Attendees: []ews.Attendee{{Mailbox: ews.Mailbox{Address: "user2@contoso.com"}}}})}})
	require.Equal(t, ews.NoError, code)
	id := idOf(r.Messages[0].Items[0])

	requests := guest.with("inbox", "plan")
	require.Len(t, requests, 1)
	assert.Equal(t, ews.KindMeetingRequest, requests[0].Kind)
	pencilled := guest.with("calendar", "plan")
	require.Len(t, pencilled, 1)
	assert.Equal(t, ews.Tentative, pencilled[0].Get(path("calendar:LegacyFreeBusyStatus")), "until it is answered")

	assert.Equal(t, ews.Code("ErrorCalendarIsOrganizerForAccept"), me.answer(ews.KindAcceptItem, id))
	require.Equal(t, ews.NoError, guest.answer(ews.KindAcceptItem, idOf(requests[0])))
	accepted := guest.with("calendar", "plan")
	assert.Equal(t, ews.ResponseAccept, accepted[0].Get(path("calendar:MyResponseType")))
	assert.Equal(t, ews.Busy, accepted[0].Get(path("calendar:LegacyFreeBusyStatus")))
	assert.Empty(t, guest.with("inbox", "plan"), "the request has gone to the deleted items")
	assert.Len(t, guest.with("deleteditems", "plan"), 1)
	heard := me.with("inbox", "Accepted: plan")
	require.Len(t, heard, 1)
	assert.Equal(t, ews.KindMeetingResponse, heard[0].Kind)
	o, code := me.get(id.Ref())
	require.Equal(t, ews.NoError, code)
	invited, _ := o.Get(path("calendar:RequiredAttendees")).(ews.Attendees)
	assert.Equal(t, ews.ResponseAccept, invited.Attendees[0].ResponseType)

	assert.Equal(t, ews.Code("ErrorCalendarIsNotOrganizer"), guest.answer(ews.KindCancelCalendarItem, idOf(accepted[0])))
	require.Equal(t, ews.NoError, me.answer(ews.KindCancelCalendarItem, id))
	off := guest.with("inbox", "Canceled: plan")
	require.Len(t, off, 1)
	assert.True(t, guest.with("calendar", "Canceled: plan")[0].Bool("calendar:IsCancelled"))
	require.Equal(t, ews.NoError, guest.answer(ews.KindRemoveItem, idOf(off[0])))
	assert.Empty(t, guest.with("calendar", "Canceled: plan"))
}

// Meeting mail of an owner that a delegate gets is received by the delegate, for the owner; it is in the owner's calendar alone.
func TestMeetingMailOfADelegate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		deliver             string
		ofOwner, ofDelegate int
	}{{"", 1, 1}, {"DelegatesAndMe", 1, 1}, {"DelegatesOnly", 0, 1}, {"NoForward", 1, 0}} {
		t.Run("send on behalf (delegate): "+c.deliver, func(t *testing.T) {
			t.Parallel()
			s, _ := newStore(t, 3, noGrants)
			organizer, owner, delegate, yes := as(t, s, 1), as(t, s, 2), as(t, s, 3), true
			_, code := do[ews.DelegateResponse](owner, ews.AddDelegate{
				Mailbox: ews.Mailbox{Address: "user2@contoso.com"}, Deliver: c.deliver,
				Users: []ews.DelegateUser{{UserID: ews.UserID{PrimarySmtpAddress: "user3@contoso.com"}, ReceiveCopies: &yes}},
			})
			require.Equal(t, ews.NoError, code)
			_, code = do[ews.CreateItemResponse](organizer, ews.CreateItem{Invitations: ews.SendToAllAndSaveCopy, Items: []ews.Object{appointment("represented",
				"calendar:RequiredAttendees", ews.Attendees{Attendees: []ews.Attendee{{Mailbox: ews.Mailbox{Address: "user2@contoso.com"}}}})}})
			require.Equal(t, ews.NoError, code)
			assert.Len(t, owner.with("inbox", "represented"), c.ofOwner)
			assert.Len(t, owner.with("calendar", "represented"), 1)
			assert.Empty(t, delegate.with("calendar", "represented"))
			got := delegate.with("inbox", "represented")
			require.Len(t, got, c.ofDelegate)
			for _, o := range got {
				full, code := delegate.get(idOf(o).Ref())
				require.Equal(t, ews.NoError, code)
				assert.Equal(t, "user3@contoso.com", addressIn(full, "message:ReceivedBy"))
				assert.Equal(t, "user2@contoso.com", addressIn(full, "message:ReceivedRepresenting"))
			}
		})
	}
}

// A series, an exception and a gap, as a view of the calendar shows them.
func TestSeries(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	id := me.create(named("calendar"), daily("stand-up", 5))
	second, third := ews.ItemRef{ID: id.ID, Instance: 2}, ews.ItemRef{ID: id.ID, Instance: 3}
	o, code := me.get(second)
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, ews.AnOccurrence, o.Get(path("calendar:CalendarItemType")))
	changed, code := me.set(idOf(o), "AlwaysOverwrite", "calendar:Location", "Room 2")
	require.Equal(t, ews.NoError, code)
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, third))
	_, code = me.get(third)
	assert.Equal(t, ews.Code("ErrorCalendarOccurrenceIsDeletedFromRecurrence"), code)
	_, code = me.get(ews.ItemRef{ID: id.ID, Instance: 6})
	assert.Equal(t, ews.Code("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange"), code)

	view := func() []ews.Object {
		all := me.found(named("calendar"), ews.FindItem{Calendar: &ews.CalendarView{Start: noon.AddDate(0, 0, -1), End: noon.AddDate(0, 0, 30)}})
		return slices.DeleteFunc(all, func(o ews.Object) bool { return o.Text("item:Subject") != "stand-up" })
	}
	shown := view()
	require.Len(t, shown, 4)
	assert.Equal(t, "Room 2", shown[1].Text("calendar:Location"))
	assert.Equal(t, ews.AnException, shown[1].Get(path("calendar:CalendarItemType")))
	master, code := me.get(ews.ItemRef{ID: changed.ID, Master: true})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, ews.RecurringMaster, master.Get(path("calendar:CalendarItemType")))
	last, _ := master.Get(path("calendar:LastOccurrence")).(ews.Occurrence)
	assert.Equal(t, noon.AddDate(0, 0, 4), last.Start)

	exported, code := do[ews.ExportItemsResponse](me, ews.ExportItems{Items: []ews.ItemID{id}})
	require.Equal(t, ews.NoError, code)
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, id.Ref()))
	_, code = do[ews.UploadItemsResponse](me, ews.UploadItems{Items: []ews.UploadItem{{Action: "CreateNew", Folder: named("calendar"), Data: *exported.Messages[0].Data}}})
	require.Equal(t, ews.NoError, code)
	again := view()
	assert.Equal(t, subjects(shown), subjects(again), "an export keeps the gap")
	assert.Equal(t, "Room 2", again[1].Text("calendar:Location"), "and the exception")
}

// Exceptions and gaps are known by when the pattern has them begin: in Berlin, half past one at night on two days in a row is one day
// in UTC when clocks are put forward, and an occurrence may be moved to the day of another.
func TestSeveralOccurrencesADay(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	first := time.Date(2026, 3, 27, 0, 30, 0, 0, time.UTC) // 29 March 00:30 and 23:30 are the third and the fourth
	at := func(n int) time.Time {
		return first.Add(time.Duration(n)*24*time.Hour - time.Hour*time.Duration(min(n/3, 1)))
	}
	id := me.create(named("calendar"), object(ews.KindCalendarItem, "item:Subject", "night shift", "calendar:Start", first, "calendar:End", first.Add(time.Hour),
		"calendar:StartTimeZone", ews.TimeZoneDefinition{ID: "W. Europe Standard Time"}, "calendar:Recurrence", ews.Recurrence{
			Daily: &ews.Pattern{Interval: 1}, Numbered: &ews.Range{StartDate: ews.Date{Time: time.Date(2026, 3, 27, 0, 0, 0, 0, time.UTC)}, NumberOfOccurrences: 6},
		}))
	starts := func() (all []time.Time) {
		view := me.found(named("calendar"), ews.FindItem{Calendar: &ews.CalendarView{Start: first.AddDate(0, 0, -1), End: first.AddDate(0, 0, 30)}})
		for _, o := range view {
			if o.Text("item:Subject") == "night shift" {
				start, _ := o.Get(path("calendar:Start")).(time.Time)
				all = append(all, start)
			}
		}
		return all
	}
	require.Equal(t, []time.Time{at(0), at(1), at(2), at(3), at(4), at(5)}, starts())
	nth := func(n int) ews.ItemRef { return ews.ItemRef{ID: id.ID, Instance: n} }
	fourth, code := me.get(nth(4))
	require.Equal(t, ews.NoError, code)
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, nth(4)))
	assert.Equal(t, []time.Time{at(0), at(1), at(2), at(4), at(5)}, starts(), "the other one of the day in UTC is still there")
	_, code = me.get(idOf(fourth).Ref())
	assert.Equal(t, ews.ErrorItemNotFound, code)

	third, code := me.get(nth(3))
	require.Equal(t, ews.NoError, code)
	onto := at(4).Add(-2 * time.Hour)
	_, code = me.set(idOf(third), "AlwaysOverwrite", "calendar:Start", onto, "calendar:End", onto.Add(time.Hour))
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, []time.Time{at(0), at(1), onto, at(4), at(5)}, starts(), "two on one day")
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, nth(5)))
	assert.Equal(t, []time.Time{at(0), at(1), onto, at(5)}, starts(), "the one that was moved there is not the one that is deleted")

	master, code := me.get(id.Ref())
	require.Equal(t, ews.NoError, code)
	gaps, _ := master.Get(path("calendar:DeletedOccurrences")).(ews.DeletedOccurrences)
	assert.Equal(t, []ews.DeletedOccurrence{{Start: at(3)}, {Start: at(4)}}, gaps.Deleted)
	changed, _ := master.Get(path("calendar:ModifiedOccurrences")).(ews.Occurrences)
	require.Len(t, changed.Occurrences, 1)
	assert.Equal(t, []time.Time{at(2), onto}, []time.Time{changed.Occurrences[0].OriginalStart, changed.Occurrences[0].Start})

	exported, code := do[ews.ExportItemsResponse](me, ews.ExportItems{Items: []ews.ItemID{id}})
	require.Equal(t, ews.NoError, code)
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, id.Ref()))
	up, code := do[ews.UploadItemsResponse](me, ews.UploadItems{Items: []ews.UploadItem{{Action: "CreateNew", Folder: named("calendar"), Data: *exported.Messages[0].Data}}})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, []time.Time{at(0), at(1), onto, at(5)}, starts(), "an export keeps them apart")

	later := first.Add(time.Hour)
	_, code = me.set(*up.Messages[0].ID, "AlwaysOverwrite", "calendar:Start", later, "calendar:End", later.Add(time.Hour))
	require.Equal(t, ews.NoError, code)
	assert.Len(t, starts(), 6, "a series that begins at another time has none of the old exceptions")
}

// Automatic replies go to each sender once, and only while they are on.
func TestOofReplies(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := newStore(t, 3, noGrants)
		me := as(t, s, 1)
		write := func(c client) {
			require.Equal(t, ews.NoError, c.send(ews.SendOnly, letter("hello", "", "user1@contoso.com")))
		}
		replies := func(c client) int { return len(c.with("inbox", "Automatic reply: hello")) }
		two, three := as(t, s, 2), as(t, s, 3)
		write(two)
		assert.Zero(t, replies(two), "not away")
		_, code := do[ews.SetUserOofSettingsResponse](me, ews.SetUserOofSettings{Mailbox: "user1@contoso.com", Settings: ews.OofSettings{
			State: ews.OofScheduled, Start: time.Now().Add(time.Hour), End: time.Now().Add(3 * time.Hour), InternalReply: "away",
		}})
		require.Equal(t, ews.NoError, code)
		write(two)
		assert.Zero(t, replies(two), "not yet away")
		time.Sleep(2 * time.Hour)
		write(two)
		write(two)
		write(three)
		assert.Equal(t, []int{1, 1}, []int{replies(two), replies(three)}, "once to each sender")
		time.Sleep(2 * time.Hour)
		assert.Zero(t, len(me.with("inbox", "Automatic reply: hello")))
		write(three)
		assert.Equal(t, 1, replies(three), "no more away")
	})
}
