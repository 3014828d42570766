package mime

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// methodOf is what a calendar asks of whoever gets it (RFC 5546).
func methodOf(o ews.Object) string {
	switch {
	case o.Kind == ews.KindMeetingResponse:
		return "REPLY"
	case o.Kind == ews.KindMeetingCancellation:
		return "CANCEL"
	case o.Kind == ews.KindMeetingRequest || o.Get(uri("calendar:RequiredAttendees")) != nil:
		return "REQUEST"
	}
	return "PUBLISH"
}

// lines are those of a calendar.
type lines struct{ strings.Builder }

// add adds a property, if it has a value.
func (b *lines) add(name, value string) {
	if value != "" {
		b.WriteString(name + ":" + value + "\r\n")
	}
}

// writeCalendar is an appointment as a calendar: the event, and one more for each exception of the series (RFC 5545, section 3.8.4.4).
func (c Codec) writeCalendar(o ews.Object, exceptions []ews.Object) []byte {
	var b lines
	z := c.zoneOf(o)
	b.add("BEGIN", "VCALENDAR")
	b.add("PRODID", "-//ewsbench//mockews//EN")
	b.add("VERSION", "2.0")
	b.add("METHOD", methodOf(o))
	c.writeZone(&b, z)
	name := orElse(o.Text("calendar:UID"), boundary(o))
	writeEvent(&b, o, z, name)
	for _, exception := range exceptions {
		writeEvent(&b, exception, z, name)
	}
	b.add("END", "VCALENDAR")
	return []byte(b.String())
}

func writeEvent(b *lines, o ews.Object, z zone, name string) {
	b.add("BEGIN", "VEVENT")
	b.add("UID", escape.Replace(name))
	b.add("SUMMARY", escape.Replace(o.Text("item:Subject")))
	b.add("LOCATION", escape.Replace(o.Text("calendar:Location")))
	writeTime(b, "DTSTART", o, z, "calendar:Start")
	writeTime(b, "DTEND", o, z, "calendar:End")
	writeTime(b, "RECURRENCE-ID", o, z, "calendar:OriginalStart")
	b.add("DTSTAMP", dateOf(o).Format(formUTC))
	writePeople(b, o)
	writeSeries(b, o, z)
	if body, ok := o.Get(uri("item:Body")).(ews.BodyContent); ok {
		writeDescription(b, body)
	}
	if busy, ok := o.Get(uri("calendar:LegacyFreeBusyStatus")).(ews.BusyType); ok {
		b.add("X-MICROSOFT-CDO-BUSYSTATUS", strings.ToUpper(string(busy)))
	}
	b.add("END", "VEVENT")
}

func writeTime(b *lines, name string, o ews.Object, z zone, path string) {
	if t, ok := o.Get(uri(path)).(time.Time); ok {
		b.add(timeOf(name, t, o, z))
	}
}

// timeOf is a time of an event as a property: a day, where the event takes whole ones.
func timeOf(name string, t time.Time, o ews.Object, z zone) (property, value string) {
	if o.Bool("calendar:IsAllDayEvent") {
		return name + ";VALUE=DATE", t.In(z.loc).Format(formDate)
	}
	return z.time(name, t)
}

// writeSeries is when an event recurs, and which occurrences were deleted (RFC 5545, section 3.8.5.1).
func writeSeries(b *lines, o ews.Object, z zone) {
	r, ok := o.Get(uri("calendar:Recurrence")).(ews.Recurrence)
	start, begins := o.Get(uri("calendar:Start")).(time.Time)
	if !ok || !begins {
		return
	}
	b.add("RRULE", ruleOf(r, start.In(z.loc), o.Bool("calendar:IsAllDayEvent")))
	gaps, _ := o.Get(uri("calendar:DeletedOccurrences")).(ews.DeletedOccurrences)
	for _, gap := range gaps.Deleted {
		b.add(timeOf("EXDATE", gap.Start, o, z))
	}
}

// writeDescription is the body, as text, and as HTML where it is HTML (MS-OXCICAL, X-ALT-DESC).
func writeDescription(b *lines, body ews.BodyContent) {
	if body.BodyType != ews.BodyHTML {
		b.add("DESCRIPTION", escape.Replace(body.Text))
		return
	}
	b.add("DESCRIPTION", escape.Replace(TextOf(body.Text)))
	b.add("X-ALT-DESC;FMTTYPE=text/html", escape.Replace(body.Text))
}

// optional is the role of an attendee who need not come (RFC 5545, section 3.2.16).
const optional = "ROLE=OPT-PARTICIPANT;"

func writePeople(b *lines, o ews.Object) {
	if organizer, ok := o.Get(uri("calendar:Organizer")).(ews.Recipient); ok {
		b.add(`ORGANIZER;CN="`+strings.ReplaceAll(organizer.Mailbox.Name, `"`, "")+`"`, "mailto:"+organizer.Mailbox.Address)
	}
	for _, list := range []struct{ path, role string }{{"calendar:RequiredAttendees", ""}, {"calendar:OptionalAttendees", optional}} {
		a, _ := o.Get(uri(list.path)).(ews.Attendees)
		for _, one := range a.Attendees {
			state := map[ews.ResponseType]string{ews.ResponseAccept: "ACCEPTED", ews.ResponseDecline: "DECLINED", ews.ResponseTentative: "TENTATIVE"}[one.ResponseType]
			b.add(`ATTENDEE;`+list.role+`PARTSTAT=`+orElse(state, "NEEDS-ACTION")+`;CN="`+strings.ReplaceAll(one.Mailbox.Name, `"`, "")+`"`, "mailto:"+one.Mailbox.Address)
		}
	}
}
