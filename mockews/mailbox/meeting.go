package mailbox

import (
	"fmt"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// longest is how long an appointment may take (MS docs: ResponseCode, ErrorCalendarDurationIsTooLong).
const longest = 5 * 365 * day

// completeMeeting adds what every new appointment has, and checks its times.
func (j *job) completeMeeting(it *item) ews.Code {
	start, starts := timeOf(it.get("calendar:Start"))
	_, ends := timeOf(it.get("calendar:End"))
	if !starts {
		start = now().Truncate(30 * time.Minute).Add(30 * time.Minute)
		it.set("calendar:Start", start)
	}
	if !ends {
		it.set("calendar:End", start.Add(30*time.Minute))
	}
	if it.get("calendar:UID") == nil {
		n := j.serial.Add(1)
		it.set("calendar:UID", fmt.Sprintf("040000008200E00074C5B7101A82E00800000000%016X%016X", j.dir.Bits("uid", n), n))
	}
	if it.get("calendar:Organizer") == nil {
		it.set("calendar:Organizer", ews.Recipient{Mailbox: j.mailboxOf(j.Actor)})
	}
	for _, uri := range []string{"calendar:StartTimeZone", "calendar:EndTimeZone"} {
		if it.get(uri) == nil && j.Zone != nil {
			it.set(uri, *j.Zone)
		}
	}
	for _, uri := range attendeeLists {
		if a, ok := it.get(uri).(ews.Attendees); ok {
			it.set(uri, j.knownAttendees(a))
		}
	}
	return checkTimes(it)
}

// latestEnd is the last day until which a series may go on (MS docs: ResponseCode, ErrorRecurrenceEndDateTooBig).
func latestEnd() time.Time { return time.Date(4500, time.September, 1, 0, 0, 0, 0, time.UTC) }

func checkTimes(it *item) ews.Code {
	start, _ := timeOf(it.get("calendar:Start"))
	end, _ := timeOf(it.get("calendar:End"))
	switch {
	case end.Before(start):
		return "ErrorCalendarEndDateIsEarlierThanStartDate"
	case end.Sub(start) > longest:
		return "ErrorCalendarDurationIsTooLong"
	}
	if s, recurs := it.series(); recurs {
		return checkSeries(s)
	}
	return ews.NoError
}

// consistent checks an item that has changed.
func (p place) consistent(it *item) ews.Code {
	switch it.kind {
	case ews.KindCalendarItem:
		return checkTimes(it)
	case ews.KindTask:
		return checkTask(it)
	}
	return ews.NoError
}

func (s *Store) knownAttendees(a ews.Attendees) ews.Attendees {
	a.Attendees = slices.Clone(a.Attendees)
	for i := range a.Attendees {
		a.Attendees[i].Mailbox = s.known(a.Attendees[i].Mailbox)
		if a.Attendees[i].ResponseType == "" {
			a.Attendees[i].ResponseType = ews.ResponseUnknown
		}
	}
	return a
}

// createMeeting puts an appointment into a calendar, and invites those who are to come.
func (j *job) createMeeting(b ews.CreateItem, it *item, m *ews.ItemsMessage) ews.Code {
	if b.Invitations == "" {
		return "ErrorSendMeetingInvitationsRequired"
	}
	invites := b.Invitations != ews.SendToNone && isMeeting(it)
	if invites {
		it.set("calendar:MeetingRequestWasSent", true)
	}
	whose, code := j.organizer(b.Folder, it, invites)
	if code != ews.NoError {
		return code
	}
	if code := j.save(it, j.targetOf(b.Folder, "calendar"), m); code != ews.NoError {
		return code
	}
	if invites {
		j.invite(whose, it, invited(it), "NewMeetingRequest")
		if b.Invitations == ews.SendToAllAndSaveCopy {
			_ = j.save(j.meetingMail(whose, it, ews.KindMeetingRequest, invited(it)), ews.FolderID{Distinguished: "sentitems"}, nil)
		}
	}
	return ews.NoError
}

// organizer is whose meeting it is that goes into a folder: that of the calendar's owner, in whose name those who may invite people (MS
// docs: Access a calendar as a delegate by using EWS in Exchange).
func (j *job) organizer(target *ews.TargetFolder, it *item, invites bool) (whose access.Principal, code ews.Code) {
	if target == nil {
		return j.Actor, ews.NoError
	}
	if whose, code = j.keeper(target.ID); code != ews.NoError || whose == j.Actor {
		return whose, code
	}
	it.set("calendar:Organizer", ews.Recipient{Mailbox: j.mailboxOf(whose)})
	if invites {
		code = j.maySend(whose)
	}
	return whose, code
}

// invite sends a meeting request.
func (j *job) invite(whose access.Principal, it *item, to []ews.Attendee, kind string) {
	mail := j.meetingMail(whose, it, ews.KindMeetingRequest, to)
	mail.set("meetingRequest:MeetingRequestType", kind)
	j.deliver(mail)
}

// meetingMail is a message about a meeting, in somebody's name.
func (j *job) meetingMail(whose access.Principal, it *item, kind ews.Kind, to []ews.Attendee) *item {
	mail := &item{kind: kind, by: j.Actor, files: it.clone().files}
	for path, v := range it.props.All() {
		if k, ok := path.Key(); ok && kind.Has(k) && path.URI != "message:From" {
			mail.props.Set(path, v)
		}
	}
	var r ews.Recipients
	for _, a := range to {
		r.Mailboxes = append(r.Mailboxes, a.Mailbox)
	}
	from, ok := it.get("calendar:Organizer").(ews.Recipient)
	if !ok || kind == ews.KindMeetingResponse {
		from = ews.Recipient{Mailbox: j.mailboxOf(whose)}
	}
	sender := j.Actor
	if d := j.guard.Decide(j.Actor, whose, access.Right{Verb: access.Send}); d.Allowed {
		sender = d.Sender
	}
	mail.set("message:ToRecipients", r)
	mail.set("message:From", from)
	mail.set("message:Sender", ews.Recipient{Mailbox: j.mailboxOf(sender)})
	mail.set("message:InternetMessageId", j.messageID(mail))
	topic := topicOf(it.text("item:Subject"))
	mail.set("message:ConversationTopic", topic)
	mail.set("message:ConversationIndex", newIndex(threadOf(it.text("calendar:UID"), topic), now()))
	j.seal(mail)
	return mail
}

// byUID is the calendar item of that UID, nil if there is none.
func (b *box) byUID(uid string) *item {
	if uid == "" {
		return nil
	}
	cal := b.distinguished("calendar")
	for _, n := range slices.Backward(b.list(cal)) {
		if it := b.item(cal, n); it != nil && it.text("calendar:UID") == uid {
			return it
		}
	}
	return nil
}

// schedule does what a calendar attendant does with a message that arrives: a request becomes a tentative appointment, a
// cancellation marks it, an answer is noted with the organizer's.
func (b *box) schedule(mail *item) {
	switch mail.kind {
	case ews.KindMeetingRequest:
		b.pencil(mail)
	case ews.KindMeetingCancellation:
		if was := b.byUID(mail.text("calendar:UID")); was != nil {
			it := was.clone()
			it.set("calendar:IsCancelled", true)
			it.set("calendar:LegacyFreeBusyStatus", ews.Free)
			it.set("item:Subject", mail.text("item:Subject"))
			b.replace(was, it, modified)
		}
	case ews.KindMeetingResponse:
		b.hear(mail)
	}
}

// pencil enters a meeting that somebody is invited to into the calendar, until it is answered.
func (b *box) pencil(mail *item) {
	was := b.byUID(mail.text("calendar:UID"))
	it := &item{kind: ews.KindCalendarItem, by: b.owner}
	if was != nil {
		it = was.clone()
	}
	for path, v := range mail.props.All() {
		if k, ok := path.Key(); ok && ews.KindCalendarItem.Has(k) && path.URI != "item:ItemClass" && path.URI != "item:IsDraft" {
			it.props.Set(path, v)
		}
	}
	it.set("calendar:LegacyFreeBusyStatus", ews.Tentative)
	it.set("calendar:MyResponseType", ews.NoResponseReceived)
	it.set("meetingRequest:IntendedFreeBusyStatus", or(mail.get("calendar:LegacyFreeBusyStatus"), ews.Busy))
	if was != nil {
		b.replace(was, it, modified)
		return
	}
	b.insert(b.distinguished("calendar"), it, change{what: created})
}

// hear notes what an attendee has answered.
func (b *box) hear(mail *item) {
	was := b.byUID(mail.text("calendar:UID"))
	from, _ := mail.get("message:From").(ews.Recipient)
	if was == nil {
		return
	}
	it := was.clone()
	at := now()
	for _, uri := range attendeeLists {
		list := slices.Clone(attendees(it, uri))
		for i := range list {
			if list[i].Mailbox.Address == from.Mailbox.Address {
				list[i].ResponseType, _ = mail.get("meeting:ResponseType").(ews.ResponseType)
				list[i].LastResponseTime = &at
			}
		}
		if len(list) > 0 {
			it.set(uri, ews.Attendees{Attendees: list})
		}
	}
	b.replace(was, it, modified)
}

// tellAttendees sends what a change of a meeting calls for: a request to those who are invited, a cancellation to those who
// no more are.
func (j *job) tellAttendees(owner access.Principal, was, it *item, how ews.Invitations) func() ews.Code {
	if !j.concerns(owner, was, it) {
		return nil
	}
	return func() ews.Code {
		before, after := invited(was), invited(it)
		to := after
		if how == ews.SendOnlyToChanged || how == ews.SendToChangedAndSave {
			to = missing(after, before)
		}
		if len(to) > 0 {
			j.invite(owner, it, to, "FullUpdate")
		}
		if gone := missing(before, after); len(gone) > 0 {
			j.deliver(j.cancellation(owner, it, gone, ews.BodyContent{}))
		}
		return ews.NoError
	}
}

// concerns reports whether others are to hear of what becomes of an item in the owner's calendar.
func (j *job) concerns(owner access.Principal, was, it *item) bool {
	return (isMeeting(it) || isMeeting(was)) && j.organizes(owner, it)
}

// mayTell reports whether the actor may write to those who are to hear of it.
func (j *job) mayTell(owner access.Principal, was, it *item, how ews.Invitations) ews.Code {
	if it.kind != ews.KindCalendarItem || how == ews.SendToNone || !j.concerns(owner, was, it) {
		return ews.NoError
	}
	return j.maySend(owner)
}

// missing are those of the first who are not among the second.
func missing(first, second []ews.Attendee) (out []ews.Attendee) {
	for _, a := range first {
		if !slices.ContainsFunc(second, func(b ews.Attendee) bool { return a.Mailbox.Address == b.Mailbox.Address }) {
			out = append(out, a)
		}
	}
	return out
}

func (j *job) cancellation(whose access.Principal, it *item, to []ews.Attendee, body ews.BodyContent) *item {
	mail := j.meetingMail(whose, it, ews.KindMeetingCancellation, to)
	mail.set("item:Subject", "Canceled: "+it.text("item:Subject"))
	if body.Text != "" {
		mail.set("item:Body", body)
	}
	return mail
}

// cancelMeeting tells those who are invited that a meeting is off; nil if there is nobody to tell.
func (j *job) cancelMeeting(owner access.Principal, it *item, how ews.Invitations, body ews.BodyContent) func() ews.Code {
	if !j.concerns(owner, it, it) {
		return nil
	}
	return func() ews.Code {
		mail := j.cancellation(owner, it, invited(it), body)
		if how == ews.SendToAllAndSaveCopy {
			_ = j.save(mail.clone(), ews.FolderID{Distinguished: "sentitems"}, nil)
		}
		j.deliver(mail)
		return ews.NoError
	}
}
