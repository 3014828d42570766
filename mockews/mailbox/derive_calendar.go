package mailbox

import (
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

// deriveCalendar is what follows from the times, the people and the pattern of an appointment.
func (p place) deriveCalendar(j *job, it *item, k ews.Key) any {
	set := it.props.Value(k)
	switch k.Path().URI {
	case "calendar:IsAllDayEvent", "calendar:IsCancelled", "calendar:MeetingRequestWasSent", "calendar:IsOnlineMeeting":
		return or(set, false)
	case "calendar:IsResponseRequested", "calendar:AllowNewTimeProposal":
		return or(set, true)
	case "calendar:LegacyFreeBusyStatus":
		return or(set, ews.Busy)
	case "calendar:IsMeeting":
		return isMeeting(it)
	case "calendar:IsRecurring":
		_, recurs := it.series()
		return recurs || it.instance != 0
	case "calendar:CalendarItemType":
		return or(set, itemType(it))
	case "calendar:MyResponseType":
		return or(set, p.myResponse(it))
	case "calendar:Organizer":
		return or(set, ews.Recipient{Mailbox: p.store.mailboxOf(p.owner)})
	case "calendar:IsOrganizer":
		return p.store.organizes(p.owner, it)
	case "calendar:When":
		return or(set, when(it))
	case "calendar:Duration":
		return duration(it)
	case "calendar:TimeZone":
		return or(set, "UTC")
	case "calendar:AppointmentSequenceNumber", "calendar:AppointmentState", "calendar:ConferenceType":
		return or(set, 0)
	case "calendar:DateTimeStamp":
		return or(set, it.get("item:DateTimeCreated"))
	}
	return p.deriveSeries(it, k, set)
}

func (p place) deriveSeries(it *item, k ews.Key, set any) any {
	switch k.Path().URI {
	case "calendar:FirstOccurrence", "calendar:LastOccurrence":
		s, recurs := it.series()
		if !recurs {
			return nil
		}
		slot, ok := s.First()
		if k.Path().URI == "calendar:LastOccurrence" {
			slot, ok = s.Last()
		}
		return p.edge(it, slot, ok)
	case "calendar:ModifiedOccurrences":
		return p.modifiedOccurrences(it)
	case "calendar:DeletedOccurrences":
		return it.deletedOccurrences()
	case "calendar:StartTimeZone", "calendar:EndTimeZone":
		return zoneDefinition(or(set, ews.TimeZoneDefinition{ID: "UTC"}))
	case "calendar:StartTimeZoneId", "calendar:EndTimeZoneId":
		if z, ok := it.get("calendar:StartTimeZone").(ews.TimeZoneDefinition); ok && z.ID != "" {
			return z.ID
		}
		return "UTC"
	case "calendar:StartWallClock":
		return wallClock(it, "calendar:Start")
	case "calendar:EndWallClock":
		return wallClock(it, "calendar:End")
	case "calendar:ConflictingMeetingCount", "calendar:AdjacentMeetingCount":
		return len(p.neighbours(it, k.Path().URI == "calendar:AdjacentMeetingCount"))
	case "calendar:ConflictingMeetings", "calendar:AdjacentMeetings":
		return p.neighbourItems(it, k.Path().URI == "calendar:AdjacentMeetings")
	}
	return set
}

func zoneDefinition(v any) any {
	z, ok := v.(ews.TimeZoneDefinition)
	if !ok || len(z.Periods) > 0 {
		return v
	}
	if full, ok := calendar.Definition(z.ID, true); ok {
		return full
	}
	return v
}

func wallClock(it *item, uri string) any {
	t, ok := timeOf(it.get(uri))
	if !ok {
		return nil
	}
	return t
}

// neighbours are the other meetings at the time of one, or right before or behind it.
func (p place) neighbours(it *item, adjacent bool) []*item {
	start, ok := timeOf(it.get("calendar:Start"))
	end, _ := timeOf(it.get("calendar:End"))
	if !ok {
		return nil
	}
	cal := p.distinguished("calendar")
	if adjacent {
		around := p.between(cal, start.Add(-time.Second), end.Add(time.Second))
		return slices.DeleteFunc(around, func(o *item) bool { return o.uid == it.uid || o.overlaps(start, end) })
	}
	return slices.DeleteFunc(p.between(cal, start, end), func(o *item) bool { return o.uid == it.uid })
}

func (p place) neighbourItems(it *item, adjacent bool) any {
	var all ews.Objects
	for _, n := range p.neighbours(it, adjacent) {
		o := p.receiptOnly(n)
		for _, uri := range []string{"item:Subject", "calendar:Start", "calendar:End", "calendar:LegacyFreeBusyStatus", "calendar:Location"} {
			if v := n.get(uri); v != nil {
				o.Set(ews.Path{URI: uri}, v)
			}
		}
		all.Objects = append(all.Objects, o)
	}
	if len(all.Objects) == 0 {
		return nil
	}
	return all
}

func itemType(it *item) ews.CalendarItemType {
	if _, recurs := it.series(); recurs {
		return ews.RecurringMaster
	}
	if it.instance != 0 {
		return ews.AnOccurrence
	}
	return ews.Single
}

// attendees are those of one of the lists.
func attendees(it *item, uri string) []ews.Attendee {
	a, _ := it.get(uri).(ews.Attendees)
	return a.Attendees
}

var attendeeLists = []string{"calendar:RequiredAttendees", "calendar:OptionalAttendees", "calendar:Resources"}

// invited are all attendees of a meeting.
func invited(it *item) (all []ews.Attendee) {
	for _, uri := range attendeeLists {
		all = append(all, attendees(it, uri)...)
	}
	return all
}

func isMeeting(it *item) bool { return len(invited(it)) > 0 }

// organizes reports whether somebody is the organizer of a meeting.
func (s *Store) organizes(p access.Principal, it *item) bool {
	r, ok := it.get("calendar:Organizer").(ews.Recipient)
	if !ok {
		return true
	}
	who, _ := s.dir.Find(r.Mailbox.Address)
	return who == p
}

func (p place) myResponse(it *item) ews.ResponseType {
	switch {
	case !isMeeting(it):
		return ews.ResponseUnknown
	case p.store.organizes(p.owner, it):
		return ews.ResponseOrganizer
	}
	return ews.NoResponseReceived
}

func when(it *item) any {
	start, ok := timeOf(it.get("calendar:Start"))
	end, _ := timeOf(it.get("calendar:End"))
	if !ok {
		return nil
	}
	return start.Format("Mon, 2 Jan 2006 15:04") + " - " + end.Format("15:04") + " UTC"
}

func duration(it *item) any {
	start, ok := timeOf(it.get("calendar:Start"))
	end, _ := timeOf(it.get("calendar:End"))
	if !ok {
		return nil
	}
	text, _ := ews.XMLDuration(end.Sub(start)).AppendText(nil)
	return string(text)
}

// answersTo are the ways to answer to a calendar item.
func (p place) answersTo(it *item) []ews.Kind {
	switch {
	case !isMeeting(it):
		return []ews.Kind{ews.KindForwardItem}
	case p.store.organizes(p.owner, it):
		return []ews.Kind{ews.KindCancelCalendarItem, ews.KindReplyAllToItem, ews.KindForwardItem}
	}
	return []ews.Kind{
		ews.KindAcceptItem, ews.KindTentativelyAcceptItem, ews.KindDeclineItem, ews.KindReplyToItem, ews.KindReplyAllToItem, ews.KindForwardItem,
	}
}

// deriveMeeting is what follows for a message about a meeting.
func (p place) deriveMeeting(it *item, k ews.Key) any {
	set := it.props.Value(k)
	switch k.Path().URI {
	case "meeting:IsDelegated", "meeting:IsOutOfDate", "meeting:HasBeenProcessed":
		return or(set, false)
	case "meeting:ResponseType":
		return or(set, ews.ResponseUnknown)
	case "meeting:AssociatedCalendarItemId":
		if c := p.byUID(it.text("calendar:UID")); c != nil {
			return p.itemID(c)
		}
		return nil
	case "meetingRequest:MeetingRequestType":
		return or(set, "NewMeetingRequest")
	case "meetingRequest:IntendedFreeBusyStatus":
		return or(set, or(it.get("calendar:LegacyFreeBusyStatus"), ews.Busy))
	}
	return set
}
