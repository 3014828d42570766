package mime

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"github.com/ewsbench/ewsbench/ews"
)

// readCalendar is an event of a calendar as an item: an appointment, or a message about a meeting if it asks something. Further events
// of that name with a RECURRENCE-ID are its exceptions (MS-OXCICAL, section 2.1.3.1.1.20.20).
func (c Codec) readCalendar(content []byte) (Item, error) {
	cal, err := decodeCalendar(content)
	if err != nil {
		return Item{}, fmt.Errorf("mime: calendar: %w", err)
	}
	it := Item{Object: ews.Object{Kind: ews.KindCalendarItem}}
	if method := cal.Props.Get(ical.PropMethod); method != nil && strings.EqualFold(method.Value, "REQUEST") {
		it.Kind = ews.KindMeetingRequest
	}
	events := cal.Events()
	if len(events) == 0 {
		return Item{}, fmt.Errorf("mime: the calendar has no event")
	}
	clock := c.clockOf(cal)
	master := masterOf(events)
	clock.readEvent(&it.Object, master)
	clock.readZone(&it.Object, master)
	clock.readSeries(&it.Object, master)
	for _, e := range events {
		if exception, ok := clock.readException(it.Object, e); ok && it.Get(uri("calendar:Recurrence")) != nil {
			it.Exceptions = append(it.Exceptions, exception)
		}
	}
	return it, nil
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

// masterOf is the event of which others are exceptions: the first that is none, or the first.
func masterOf(events []ical.Event) ical.Event {
	for _, e := range events {
		if e.Props.Get(ical.PropRecurrenceID) == nil {
			return e
		}
	}
	return events[0]
}

func (c clock) readEvent(o *ews.Object, e ical.Event) {
	for name, path := range map[string]string{ical.PropSummary: "item:Subject", ical.PropLocation: "calendar:Location", ical.PropUID: "calendar:UID"} {
		if v, err := e.Props.Text(name); err == nil && v != "" {
			o.Set(uri(path), v)
		}
	}
	readDescription(o, e)
	if t, ok := c.read(e.Props.Get(ical.PropDateTimeStart)); ok {
		o.Set(uri("calendar:Start"), t)
		o.Set(uri("calendar:End"), c.end(t, e))
	}
	if p := e.Props.Get(ical.PropDateTimeStart); p != nil && p.ValueType() == ical.ValueDate {
		o.Set(uri("calendar:IsAllDayEvent"), true)
	}
	if p := e.Props.Get("X-MICROSOFT-CDO-BUSYSTATUS"); p != nil {
		readBusy(o, p.Value)
	}
	readPeople(o, e)
}

// end is when an event ends that begins at start (RFC 5545, section 3.6.1).
func (c clock) end(start time.Time, e ical.Event) time.Time {
	if t, ok := c.read(e.Props.Get(ical.PropDateTimeEnd)); ok {
		return t
	}
	p := e.Props.Get(ical.PropDateTimeStart)
	if d := e.Props.Get(ical.PropDuration); d != nil {
		if length, err := d.Duration(); err == nil {
			return start.Add(length)
		}
	}
	if p.ValueType() == ical.ValueDate {
		return start.In(c.zoneOf(p).loc).AddDate(0, 0, 1).UTC()
	}
	return start
}

// readZone is the zone of an event, if it names one.
func (c clock) readZone(o *ews.Object, e ical.Event) {
	p := e.Props.Get(ical.PropDateTimeStart)
	if p == nil || strings.HasSuffix(p.Value, "Z") {
		return
	}
	if z := c.zoneOf(p); z.loc != time.UTC {
		for _, name := range []string{"calendar:StartTimeZone", "calendar:EndTimeZone"} {
			o.Set(uri(name), ews.TimeZoneDefinition{ID: z.id})
		}
	}
}

func readDescription(o *ews.Object, e ical.Event) {
	if p := e.Props.Get("X-ALT-DESC"); p != nil && strings.EqualFold(p.Params.Get(ical.ParamFormatType), "text/html") {
		if v, err := p.Text(); err == nil && v != "" {
			o.Set(uri("item:Body"), ews.BodyContent{BodyType: ews.BodyHTML, Text: v})
			return
		}
	}
	if v, err := e.Props.Text(ical.PropDescription); err == nil && v != "" {
		o.Set(uri("item:Body"), ews.BodyContent{BodyType: ews.BodyText, Text: v})
	}
}

func readBusy(o *ews.Object, text string) {
	for _, busy := range []ews.BusyType{ews.Free, ews.Tentative, ews.Busy, ews.OutOfOffice, ews.WorkingElsewhere} {
		if strings.EqualFold(string(busy), text) {
			o.Set(uri("calendar:LegacyFreeBusyStatus"), busy)
		}
	}
}

func readPeople(o *ews.Object, e ical.Event) {
	if p := e.Props.Get(ical.PropOrganizer); p != nil {
		o.Set(uri("calendar:Organizer"), ews.Recipient{Mailbox: personOf(p)})
	}
	invited := map[string]ews.Attendees{}
	for i := range e.Props[ical.PropAttendee] {
		p, list := &e.Props[ical.PropAttendee][i], "calendar:RequiredAttendees"
		if strings.EqualFold(p.Params.Get(ical.ParamRole), "OPT-PARTICIPANT") {
			list = "calendar:OptionalAttendees"
		}
		invited[list] = ews.Attendees{Attendees: append(invited[list].Attendees, ews.Attendee{Mailbox: personOf(p)})}
	}
	for list, who := range invited {
		o.Set(uri(list), who)
	}
}

func personOf(p *ical.Prop) ews.Mailbox {
	address := p.Value
	if len(address) > 7 && strings.EqualFold(address[:7], "mailto:") {
		address = address[7:]
	}
	return ews.Mailbox{Name: orElse(p.Params.Get("CN"), address), Address: address, RoutingType: "SMTP"}
}

// readSeries is when an event recurs, and the occurrences that the series does not have. A property may list several.
func (c clock) readSeries(o *ews.Object, e ical.Event) {
	p, begins := e.Props.Get(ical.PropRecurrenceRule), e.Props.Get(ical.PropDateTimeStart)
	start, ok := o.Get(uri("calendar:Start")).(time.Time)
	if p == nil || !ok {
		return
	}
	loc := time.UTC
	if !strings.HasSuffix(begins.Value, "Z") {
		loc = c.zoneOf(begins).loc
	}
	if r, ok := parseRule(p.Value).recurrence(start.In(loc)); ok {
		o.Set(uri("calendar:Recurrence"), r)
	}
	var gaps ews.DeletedOccurrences
	for _, p := range e.Props[ical.PropExceptionDates] {
		for text := range strings.SplitSeq(p.Value, ",") {
			one := p
			one.Value = text
			if t, ok := c.read(&one); ok {
				gaps.Deleted = append(gaps.Deleted, ews.DeletedOccurrence{Start: t})
			}
		}
	}
	if len(gaps.Deleted) > 0 {
		o.Set(uri("calendar:DeletedOccurrences"), gaps)
	}
}

// readException is what an occurrence has that its series has not, with which one it is; false for an event that is none.
func (c clock) readException(master ews.Object, e ical.Event) (ews.Object, bool) {
	original, ok := c.read(e.Props.Get(ical.PropRecurrenceID))
	o := ews.Object{Kind: ews.KindCalendarItem}
	c.readEvent(&o, e)
	if !ok || o.Text("calendar:UID") != master.Text("calendar:UID") {
		return o, false
	}
	for path, otherwise := range map[string]any{ // each event is complete: what it does not say, it has not
		"item:Subject": "", "calendar:Location": "", "item:Body": ews.BodyContent{BodyType: ews.BodyText}, "calendar:IsAllDayEvent": false,
	} {
		if o.Get(uri(path)) == nil && master.Get(uri(path)) != nil {
			o.Set(uri(path), otherwise)
		}
	}
	own := ews.Object{Kind: o.Kind}
	for path, v := range o.All() {
		if timed := path.URI == "calendar:Start" || path.URI == "calendar:End"; timed || !reflect.DeepEqual(master.Get(path), v) {
			own.Set(path, v)
		}
	}
	own.Remove(uri("calendar:Organizer"))
	own.Set(uri("calendar:OriginalStart"), original)
	return own, true
}
