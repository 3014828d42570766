package mime

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"

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

const utcTime = "20060102T150405Z"

// writeCalendar is an appointment as a calendar, with a time zone, without which DavMail cannot go on.
func writeCalendar(o ews.Object, method string) []byte {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ":" + value + "\r\n")
		}
	}
	b.WriteString("BEGIN:VCALENDAR\r\nPRODID:-//ewsbench//mockews//EN\r\nVERSION:2.0\r\nMETHOD:" + method + "\r\n" +
		"BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
		"BEGIN:VEVENT\r\n")
	line("UID", escape.Replace(orElse(o.Text("calendar:UID"), boundary(o))))
	line("SUMMARY", escape.Replace(o.Text("item:Subject")))
	line("LOCATION", escape.Replace(o.Text("calendar:Location")))
	for name, path := range map[string]string{"DTSTART": "calendar:Start"} {
		writeTime(line, name, o, path)
	}
	writeTime(line, "DTEND", o, "calendar:End")
	line("DTSTAMP", dateOf(o).Format(utcTime))
	writePeople(line, o)
	if r, ok := o.Get(uri("calendar:Recurrence")).(ews.Recurrence); ok {
		line("RRULE", rruleOf(r))
		writeGaps(line, o)
	}
	if body, ok := o.Get(uri("item:Body")).(ews.BodyContent); ok {
		line("DESCRIPTION", escape.Replace(body.Text))
	}
	if busy, ok := o.Get(uri("calendar:LegacyFreeBusyStatus")).(ews.BusyType); ok {
		line("X-MICROSOFT-CDO-BUSYSTATUS", strings.ToUpper(string(busy)))
	}
	b.WriteString("END:VEVENT\r\nEND:VCALENDAR\r\n")
	return []byte(b.String())
}

func writeTime(line func(name, value string), name string, o ews.Object, path string) {
	if t, ok := o.Get(uri(path)).(time.Time); ok {
		if o.Bool("calendar:IsAllDayEvent") {
			line(name+";VALUE=DATE", t.UTC().Format("20060102"))
			return
		}
		line(name+";TZID=UTC", t.UTC().Format("20060102T150405"))
	}
}

// writeGaps says which occurrences of a series were deleted (RFC 5545, section 3.8.5.1).
func writeGaps(line func(name, value string), o ews.Object) {
	gaps, _ := o.Get(uri("calendar:DeletedOccurrences")).(ews.DeletedOccurrences)
	var all []string
	for _, gap := range gaps.Deleted {
		all = append(all, gap.Start.UTC().Format("20060102T150405"))
	}
	line("EXDATE;TZID=UTC", strings.Join(all, ","))
}

// readGaps are the occurrences that a series does not have. A property may list several.
func readGaps(o *ews.Object, e ical.Event) {
	var gaps ews.DeletedOccurrences
	for _, p := range e.Props[ical.PropExceptionDates] {
		for text := range strings.SplitSeq(p.Value, ",") {
			one := p
			one.Value = text
			if t, err := one.DateTime(time.UTC); err == nil {
				gaps.Deleted = append(gaps.Deleted, ews.DeletedOccurrence{Start: t.UTC()})
			}
		}
	}
	if len(gaps.Deleted) > 0 {
		o.Set(uri("calendar:DeletedOccurrences"), gaps)
	}
}

func writePeople(line func(name, value string), o ews.Object) {
	if organizer, ok := o.Get(uri("calendar:Organizer")).(ews.Recipient); ok {
		line(`ORGANIZER;CN="`+strings.ReplaceAll(organizer.Mailbox.Name, `"`, "")+`"`, "mailto:"+organizer.Mailbox.Address)
	}
	for _, path := range []string{"calendar:RequiredAttendees", "calendar:OptionalAttendees"} {
		a, _ := o.Get(uri(path)).(ews.Attendees)
		for _, one := range a.Attendees {
			state := map[ews.ResponseType]string{ews.ResponseAccept: "ACCEPTED", ews.ResponseDecline: "DECLINED", ews.ResponseTentative: "TENTATIVE"}[one.ResponseType]
			line(`ATTENDEE;PARTSTAT=`+orElse(state, "NEEDS-ACTION")+`;CN="`+strings.ReplaceAll(one.Mailbox.Name, `"`, "")+`"`, "mailto:"+one.Mailbox.Address)
		}
	}
}

// rruleOf is a pattern as calendars have it (RFC 5545, section 3.3.10).
func rruleOf(r ews.Recurrence) string {
	rule := ""
	days := func(names string) string {
		var short []string
		for d := range strings.FieldsSeq(names) {
			short = append(short, strings.ToUpper(d[:min(2, len(d))]))
		}
		return strings.Join(short, ",")
	}
	switch {
	case r.Daily != nil:
		rule = fmt.Sprintf("FREQ=DAILY;INTERVAL=%d", r.Daily.Interval)
	case r.Weekly != nil:
		rule = fmt.Sprintf("FREQ=WEEKLY;INTERVAL=%d;BYDAY=%s", r.Weekly.Interval, days(r.Weekly.DaysOfWeek))
	case r.AbsoluteMonthly != nil:
		rule = fmt.Sprintf("FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=%d", r.AbsoluteMonthly.Interval, r.AbsoluteMonthly.DayOfMonth)
	case r.AbsoluteYearly != nil:
		rule = fmt.Sprintf("FREQ=YEARLY;BYMONTHDAY=%d", r.AbsoluteYearly.DayOfMonth)
	default:
		return ""
	}
	if r.Numbered != nil {
		rule += ";COUNT=" + strconv.Itoa(r.Numbered.NumberOfOccurrences)
	}
	if r.EndDate != nil {
		rule += ";UNTIL=" + r.EndDate.EndDate.Format("20060102")
	}
	return rule
}

// readCalendar is the first event of a calendar as an item: an appointment, or a message about a meeting if it asks something.
func readCalendar(content []byte) (ews.Object, error) {
	cal, err := decodeCalendar(content)
	if err != nil {
		return ews.Object{}, fmt.Errorf("mime: calendar: %w", err)
	}
	o := ews.Object{Kind: ews.KindCalendarItem}
	if method := cal.Props.Get(ical.PropMethod); method != nil && strings.EqualFold(method.Value, "REQUEST") {
		o.Kind = ews.KindMeetingRequest
	}
	events := cal.Events()
	if len(events) == 0 {
		return ews.Object{}, fmt.Errorf("mime: the calendar has no event")
	}
	readEvent(&o, events[0])
	readGaps(&o, events[0])
	return o, nil
}

// errCalendar is of a calendar that breaks off where nobody expects it.
var errCalendar = errors.New("a line of it breaks off")

// decodeCalendar reads a calendar. The library panics on lines that break off in the middle of a parameter, as fuzzing has found;
// for whoever sent them that is an error like any other.
func decodeCalendar(content []byte) (cal *ical.Calendar, err error) {
	defer func() {
		if recover() != nil {
			cal, err = nil, errCalendar
		}
	}()
	return ical.NewDecoder(bytes.NewReader(content)).Decode()
}

func readEvent(o *ews.Object, e ical.Event) {
	for name, path := range map[string]string{ical.PropSummary: "item:Subject", ical.PropLocation: "calendar:Location", ical.PropUID: "calendar:UID"} {
		if v, err := e.Props.Text(name); err == nil && v != "" {
			o.Set(uri(path), v)
		}
	}
	if v, err := e.Props.Text(ical.PropDescription); err == nil && v != "" {
		o.Set(uri("item:Body"), ews.BodyContent{BodyType: ews.BodyText, Text: v})
	}
	if t, err := e.DateTimeStart(time.UTC); err == nil && !t.IsZero() {
		o.Set(uri("calendar:Start"), t.UTC())
	}
	if t, err := e.DateTimeEnd(time.UTC); err == nil && !t.IsZero() {
		o.Set(uri("calendar:End"), t.UTC())
	}
	if p := e.Props.Get(ical.PropDateTimeStart); p != nil && p.ValueType() == ical.ValueDate {
		o.Set(uri("calendar:IsAllDayEvent"), true)
	}
	if p := e.Props.Get(ical.PropOrganizer); p != nil {
		o.Set(uri("calendar:Organizer"), ews.Recipient{Mailbox: personOf(p)})
	}
	var invited ews.Attendees
	for i := range e.Props[ical.PropAttendee] {
		invited.Attendees = append(invited.Attendees, ews.Attendee{Mailbox: personOf(&e.Props[ical.PropAttendee][i])})
	}
	if len(invited.Attendees) > 0 {
		o.Set(uri("calendar:RequiredAttendees"), invited)
	}
	readRule(o, e)
}

func personOf(p *ical.Prop) ews.Mailbox {
	address := p.Value
	if len(address) > 7 && strings.EqualFold(address[:7], "mailto:") {
		address = address[7:]
	}
	return ews.Mailbox{Name: orElse(p.Params.Get("CN"), address), Address: address, RoutingType: "SMTP"}
}

// readRule reads the patterns that are written here; any other is left out.
func readRule(o *ews.Object, e ical.Event) {
	p := e.Props.Get(ical.PropRecurrenceRule)
	start, ok := o.Get(uri("calendar:Start")).(time.Time)
	if p == nil || !ok {
		return
	}
	rule := map[string]string{}
	for part := range strings.SplitSeq(p.Value, ";") {
		k, v, _ := strings.Cut(part, "=")
		rule[strings.ToUpper(k)] = v
	}
	number := func(key string, otherwise int) int {
		n, err := strconv.Atoi(rule[key])
		if err != nil || n < 1 {
			return otherwise
		}
		return n
	}
	pattern := &ews.Pattern{Interval: number("INTERVAL", 1)}
	var r ews.Recurrence
	switch strings.ToUpper(rule["FREQ"]) {
	case "DAILY":
		r.Daily = pattern
	case "WEEKLY":
		r.Weekly, pattern.DaysOfWeek = pattern, weekdays(rule["BYDAY"], start)
	case "MONTHLY":
		r.AbsoluteMonthly, pattern.DayOfMonth = pattern, number("BYMONTHDAY", start.Day())
	default:
		return
	}
	rng := &ews.Range{StartDate: ews.Date{Time: start}}
	until, err := time.Parse("20060102", rule["UNTIL"][:min(8, len(rule["UNTIL"]))])
	switch {
	case rule["COUNT"] != "":
		rng.NumberOfOccurrences, r.Numbered = number("COUNT", 1), rng
	case err == nil:
		rng.EndDate, r.EndDate = ews.Date{Time: until}, rng
	default:
		r.NoEnd = rng
	}
	o.Set(uri("calendar:Recurrence"), r)
}

func weekdays(short string, start time.Time) string {
	var names []string
	for d := range strings.SplitSeq(short, ",") {
		for w := time.Sunday; w <= time.Saturday; w++ {
			if len(d) >= 2 && strings.EqualFold(w.String()[:2], d[len(d)-2:]) {
				names = append(names, w.String())
			}
		}
	}
	if names == nil {
		return start.Weekday().String()
	}
	return strings.Join(names, " ")
}
