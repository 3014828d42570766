package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// reaction is what an answer to an invitation comes to.
type reaction struct {
	response ews.ResponseType
	class    string
	prefix   string
	organize ews.Code // for one who is the organizer
	off      ews.Code // for a meeting that was cancelled
	wrong    ews.Code // for what is no meeting
}

func reactionOf(kind ews.Kind) reaction {
	switch kind {
	case ews.KindAcceptItem:
		return reaction{
			ews.ResponseAccept, "IPM.Schedule.Meeting.Resp.Pos", "Accepted: ", "ErrorCalendarIsOrganizerForAccept", "ErrorCalendarIsCancelledForAccept",
			"ErrorInvalidItemForOperationAcceptItem",
		}
	case ews.KindTentativelyAcceptItem:
		return reaction{
			ews.ResponseTentative, "IPM.Schedule.Meeting.Resp.Tent", "Tentative: ", "ErrorCalendarIsOrganizerForTentative",
			"ErrorCalendarIsCancelledForTentative", "ErrorInvalidItemForOperationTentative",
		}
	}
	return reaction{
		ews.ResponseDecline, "IPM.Schedule.Meeting.Resp.Neg", "Declined: ", "ErrorCalendarIsOrganizerForDecline", "ErrorCalendarIsCancelledForDecline",
		"ErrorInvalidItemForOperationDeclineItem",
	}
}

// answerMeeting accepts or declines a meeting, by its request or by its calendar item. The request goes to the deleted items,
// and the organizer hears of it unless the answer is only to be saved.
func (j *job) answerMeeting(b ews.CreateItem, o ews.Object, id ews.ItemID, m *ews.ItemsMessage) ews.Code {
	re := reactionOf(o.Kind)
	if b.Disposition == "" {
		return "ErrorMessageDispositionRequired"
	}
	var mail *item
	code := j.change(id.Ref(), access.EditOwn, access.EditAll, func(p place, it *item) ews.Code {
		meeting := it
		if it.kind == ews.KindMeetingRequest {
			meeting = p.byUID(it.text("calendar:UID"))
		}
		switch {
		case meeting == nil || meeting.kind != ews.KindCalendarItem:
			return re.wrong
		case j.organizes(p.owner, meeting):
			return re.organize
		case meeting.props.Bool("calendar:IsCancelled"):
			return re.off
		}
		if b.Disposition != ews.SaveOnly {
			if code := j.maySend(p.author(j)); code != ews.NoError {
				return code
			}
		}
		mail = j.answerMail(p.author(j), o, meeting, re)
		m.Items = p.settle(j, it, meeting, re)
		return ews.NoError
	})
	if code != ews.NoError || b.Disposition == ews.SaveOnly {
		return code
	}
	if b.Disposition == ews.SendAndSaveCopy {
		_ = j.save(mail.clone(), j.targetOf(b.Folder, "sentitems"), nil)
	}
	j.deliver(mail)
	return ews.NoError
}

// answerMail is what the organizer gets.
func (j *job) answerMail(whose access.Principal, o ews.Object, meeting *item, re reaction) *item {
	organizer, _ := meeting.get("calendar:Organizer").(ews.Recipient)
	mail := j.meetingMail(whose, meeting, ews.KindMeetingResponse, []ews.Attendee{{Mailbox: organizer.Mailbox}})
	mail.set("item:ItemClass", re.class)
	mail.set("item:Subject", re.prefix+meeting.text("item:Subject"))
	mail.set("meeting:ResponseType", re.response)
	for _, uri := range []string{"item:Body", "meeting:ProposedStart", "meeting:ProposedEnd"} {
		if v := o.Get(ews.Path{URI: uri}); v != nil {
			mail.set(uri, v)
		}
	}
	return mail
}

// settle notes an answer in the calendar: what was declined goes to the deleted items, as does the request that was answered.
func (p place) settle(j *job, request, meeting *item, re reaction) (left []ews.Object) {
	it := meeting.clone()
	it.set("calendar:MyResponseType", re.response)
	it.set("calendar:AppointmentReplyTime", now())
	busy := or(meeting.get("meetingRequest:IntendedFreeBusyStatus"), ews.Busy)
	if re.response == ews.ResponseTentative {
		busy = ews.Tentative
	}
	it.set("calendar:LegacyFreeBusyStatus", busy)
	p.touch(j, it)
	p.replace(meeting, it, modified)
	if request.kind == ews.KindMeetingRequest {
		gone := p.relocate(request, p.distinguished("deleteditems"))
		defer func() { left = append(left, p.receiptOnly(gone)) }()
	}
	if re.response == ews.ResponseDecline {
		it = p.relocate(it, p.distinguished("deleteditems"))
	}
	return append(left, p.receiptOnly(it))
}

// cancel calls a meeting off.
func (j *job) cancel(b ews.CreateItem, o ews.Object, id ews.ItemID, m *ews.ItemsMessage) ews.Code {
	body, _ := o.Get(ews.Path{URI: "item:NewBodyContent"}).(ews.BodyContent)
	var after func() ews.Code
	code := j.change(id.Ref(), access.DeleteOwn, access.DeleteAll, func(p place, it *item) ews.Code {
		switch {
		case it.kind != ews.KindCalendarItem:
			return "ErrorInvalidItemForOperationCancelItem"
		case !j.organizes(p.owner, it):
			return "ErrorCalendarIsNotOrganizer"
		}
		if b.Disposition != ews.SaveOnly {
			if code := j.mayTell(p.owner, it, it, ews.SendOnlyToAll); code != ews.NoError {
				return code
			}
		}
		after = j.cancelMeeting(p.owner, it.clone(), ews.SendOnlyToAll, body)
		if it.instance != 0 {
			return p.deleteOccurrence(j, it)
		}
		m.Items = []ews.Object{p.receiptOnly(p.relocate(it, p.distinguished("deleteditems")))}
		return ews.NoError
	})
	if code == ews.NoError && after != nil && b.Disposition != ews.SaveOnly {
		return after()
	}
	return code
}

// removeCancelled takes a meeting that was called off out of the calendar, with the message that said so.
func (j *job) removeCancelled(id ews.ItemID) ews.Code {
	return j.change(id.Ref(), access.DeleteOwn, access.DeleteAll, func(p place, it *item) ews.Code {
		if it.kind != ews.KindMeetingCancellation {
			return "ErrorInvalidItemForOperationRemoveItem"
		}
		if meeting := p.byUID(it.text("calendar:UID")); meeting != nil {
			p.relocate(meeting, p.distinguished("deleteditems"))
		}
		p.relocate(it, p.distinguished("deleteditems"))
		return ews.NoError
	})
}
