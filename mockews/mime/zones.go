package mime

import (
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"github.com/ewsbench/ewsbench/ews"
)

// Zones are the time zones that calendars are written and read in, by their ids.
type Zones interface {
	ID(id string) string // as Windows has it
	Location(id string) (*time.Location, bool)
	Definition(id string, full bool) (ews.TimeZoneDefinition, bool)
}

// zone is one of them.
type zone struct {
	id  string
	loc *time.Location
}

const utcZone = "UTC"

// The forms of times (RFC 5545, sections 3.3.4 and 3.3.5).
const (
	formDate = "20060102"
	formTime = "20060102T150405"
	formUTC  = "20060102T150405Z"
)

// zoneCalled is the zone of an id.
func (c Codec) zoneCalled(id string) (zone, bool) {
	if c.Zones == nil || id == "" {
		return zone{utcZone, time.UTC}, strings.EqualFold(id, utcZone)
	}
	loc, ok := c.Zones.Location(id)
	if !ok || loc == time.UTC {
		return zone{utcZone, time.UTC}, ok
	}
	return zone{c.Zones.ID(id), loc}, true
}

// zoneOf is the zone of an appointment, UTC if it has none that is known.
func (c Codec) zoneOf(o ews.Object) zone {
	for _, name := range []string{"calendar:StartTimeZone", "calendar:EndTimeZone"} {
		d, _ := o.Get(uri(name)).(ews.TimeZoneDefinition)
		if z, ok := c.zoneCalled(d.ID); ok {
			return z
		}
	}
	return zone{utcZone, time.UTC}
}

// time is a time of the zone as a property has it: what a clock there shows, or UTC where that would not be read as the same instant,
// since clocks are put back.
func (z zone) time(name string, t time.Time) (property, value string) {
	wall := t.In(z.loc).Format(formTime)
	if back, err := time.ParseInLocation(formTime, wall, z.loc); err != nil || !back.Equal(t.Truncate(time.Second)) {
		return name, t.UTC().Format(formUTC)
	}
	return name + ";TZID=" + quoted(z.id), wall
}

func quoted(id string) string {
	if strings.ContainsAny(id, ":;,") {
		return `"` + strings.ReplaceAll(id, `"`, "") + `"`
	}
	return id
}

// writeZone says what the clocks of a zone do, as they do now (MS-OXCICAL, section 2.1.3.1.1.19), without which DavMail cannot go on.
func (c Codec) writeZone(b *lines, z zone) {
	b.add("BEGIN", "VTIMEZONE")
	b.add("TZID", z.id)
	d := ews.TimeZoneDefinition{}
	if c.Zones != nil {
		d, _ = c.Zones.Definition(z.id, true)
	}
	turns := turnsOf(d)
	switch {
	case len(turns) == 2:
		writeTurn(b, d, turns[0], turns[1])
		writeTurn(b, d, turns[1], turns[0])
	default:
		offset := offsetText(time.Date(2026, 1, 1, 0, 0, 0, 0, z.loc))
		b.add("BEGIN", "STANDARD")
		b.add("DTSTART", "16010101T000000")
		b.add("TZOFFSETFROM", offset)
		b.add("TZOFFSETTO", offset)
		b.add("END", "STANDARD")
	}
	b.add("END", "VTIMEZONE")
}

// turnsOf are the changes of clocks in a year, of the present.
func turnsOf(d ews.TimeZoneDefinition) []ews.Transition {
	if len(d.Groups) == 0 {
		return nil
	}
	return d.Groups[len(d.Groups)-1].Recurring
}

func writeTurn(b *lines, d ews.TimeZoneDefinition, to, from ews.Transition) {
	after, before := periodOf(d, to), periodOf(d, from)
	kind := "STANDARD"
	if after.Bias < before.Bias {
		kind = "DAYLIGHT"
	}
	clock := time.Time{}
	if to.TimeOffset != nil {
		clock = clock.Add(time.Duration(*to.TimeOffset))
	}
	b.add("BEGIN", kind)
	b.add("DTSTART", "16010101T"+clock.Format("150405"))
	b.add("TZOFFSETFROM", biasText(before.Bias))
	b.add("TZOFFSETTO", biasText(after.Bias))
	b.add("RRULE", fmt.Sprintf("FREQ=YEARLY;INTERVAL=1;BYDAY=%d%s;BYMONTH=%d", to.Occurrence, shortDay(to.DayOfWeek), to.Month))
	b.add("END", kind)
}

func periodOf(d ews.TimeZoneDefinition, t ews.Transition) ews.Period {
	for _, p := range d.Periods {
		if p.ID == t.To.ID {
			return p
		}
	}
	return ews.Period{}
}

func offsetText(t time.Time) string {
	_, seconds := t.Zone()
	return biasText(ews.XMLDuration(-time.Duration(seconds) * time.Second))
}

// biasText is an offset to UTC (RFC 5545, section 3.3.14); a bias is what it lacks.
func biasText(bias ews.XMLDuration) string {
	sign, minutes := '+', -int(time.Duration(bias).Minutes())
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("%c%02d%02d", sign, minutes/60, minutes%60)
}

// clock reads the times of a calendar.
type clock struct {
	Codec
	own zone // of times that name none
}

// clockOf is the clock of a calendar: where it has a single zone that is known, times that name none are of that.
func (c Codec) clockOf(cal *ical.Calendar) clock {
	own := clock{c, zone{utcZone, time.UTC}}
	var zones []*ical.Component
	for _, child := range cal.Children {
		if child.Name == ical.CompTimezone {
			zones = append(zones, child)
		}
	}
	if len(zones) != 1 {
		return own
	}
	if id := zones[0].Props.Get(ical.PropTimezoneID); id != nil {
		if z, ok := c.zoneCalled(id.Value); ok {
			own.own = z
		}
	}
	return own
}

// zoneOf is the zone that a time is of: the one that it names, if that is known.
func (c clock) zoneOf(p *ical.Prop) zone {
	if z, ok := c.zoneCalled(p.Params.Get(ical.PropTimezoneID)); ok {
		return z
	}
	return c.own
}

// read is an instant; of a day it is the beginning.
func (c clock) read(p *ical.Prop) (time.Time, bool) {
	if p == nil {
		return time.Time{}, false
	}
	for _, form := range []string{formTime, formDate} {
		if t, err := time.ParseInLocation(form, p.Value, c.zoneOf(p).loc); err == nil {
			return t.UTC(), true
		}
	}
	t, err := time.Parse(formUTC, p.Value)
	return t, err == nil
}
