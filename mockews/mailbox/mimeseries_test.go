package mailbox_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// mimeOf is the MIME content of an item.
func (c client) mimeOf(id ews.ItemID) ews.MimeContent {
	c.tb.Helper()
	o, code := c.get(id.Ref(), path("item:MimeContent"))
	require.Equal(c.tb, ews.NoError, code)
	return o.Get(path("item:MimeContent")).(ews.MimeContent)
}

// instance is what a migration must keep of an occurrence.
type instance struct {
	Subject, Location, Type, Body string
	Start, End                    time.Time
	AllDay                        bool
	Busy                          any
}

// instances are the occurrences that a calendar shows in a time.
func (c client) instances(from time.Time, days int) (all []instance) {
	c.tb.Helper()
	found := c.found(named("calendar"), ews.FindItem{Calendar: &ews.CalendarView{Start: from, End: from.AddDate(0, 0, days)}})
	for _, o := range found {
		var body ews.BodyContent
		if o.Get(path("calendar:CalendarItemType")) == ews.AnException {
			whole, code := c.get(idOf(o).Ref())
			require.Equal(c.tb, ews.NoError, code)
			body, _ = whole.Get(path("item:Body")).(ews.BodyContent)
		}
		start, _ := o.Get(path("calendar:Start")).(time.Time)
		end, _ := o.Get(path("calendar:End")).(time.Time)
		kind, _ := o.Get(path("calendar:CalendarItemType")).(ews.CalendarItemType)
		all = append(all, instance{
			o.Text("item:Subject"), o.Text("calendar:Location"), string(kind), body.Text, start.UTC(), end.UTC(), o.Bool("calendar:IsAllDayEvent"),
			o.Get(path("calendar:LegacyFreeBusyStatus")),
		})
	}
	return all
}

// occurrence is one of a series, by its number.
func (c client) occurrence(master ews.ItemID, n int) (ews.ItemID, ews.Code) {
	o, code := c.get(ews.ItemRef{ID: master.ID, Instance: n})
	return idOf(o), code
}

var june = time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)

// A series goes from one mailbox to another by its MIME content, with the occurrence that was moved and the one that was deleted.
func TestExceptionsOfCalendars(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me, them, third := as(t, s, 1), as(t, s, 2), as(t, s, 3)
	zone := ews.TimeZoneDefinition{ID: "W. Europe Standard Time"}
	id := me.create(named("calendar"), object(ews.KindCalendarItem,
		"item:Subject", "stand-up; daily", "calendar:Location", "Room 1", "calendar:StartTimeZone", zone, "calendar:EndTimeZone", zone,
		"item:Body", ews.BodyContent{BodyType: ews.BodyHTML, Text: "<p>Come, all</p>"}, "calendar:LegacyFreeBusyStatus", ews.Tentative,
		"calendar:Start", time.Date(2027, 10, 18, 7, 0, 0, 0, time.UTC), "calendar:End", time.Date(2027, 10, 18, 7, 30, 0, 0, time.UTC),
		"calendar:Recurrence", ews.Recurrence{
			Weekly:  &ews.Pattern{Interval: 1, DaysOfWeek: "Monday Thursday", FirstDayOfWeek: "Monday"},
			EndDate: &ews.Range{StartDate: ews.Date{Time: time.Date(2027, 10, 18, 0, 0, 0, 0, time.UTC)}, EndDate: ews.Date{Time: time.Date(2027, 11, 25, 0, 0, 0, 0, time.UTC)}},
		}))
	moved, code := me.occurrence(id, 2)
	require.Equal(t, ews.NoError, code)
	_, code = me.set(moved, "AlwaysOverwrite", "calendar:Start", time.Date(2027, 10, 22, 12, 0, 0, 0, time.UTC), "calendar:End", time.Date(2027, 10, 22, 13, 0, 0, 0, time.UTC),
		"calendar:Location", "Room 2")
	require.Equal(t, ews.NoError, code)
	gone, code := me.occurrence(id, 6)
	require.Equal(t, ews.NoError, code)
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, gone.Ref()))

	o, code := me.get(id.Ref())
	require.Equal(t, ews.NoError, code)
	content := me.mimeOf(idOf(o))
	text := strings.ReplaceAll(string(content.Content), "=\r\n", "")
	text = strings.ReplaceAll(text, "=3D", "=")
	assert.Equal(t, 2, strings.Count(text, "UID:"+o.Text("calendar:UID")), "the same UID: %s", text)
	for _, line := range []string{
		"RECURRENCE-ID;TZID=W. Europe Standard Time:20271021T090000", "EXDATE;TZID=W. Europe Standard Time:20271104T090000",
		"DTSTART;TZID=W. Europe Standard Time:20271022T140000", "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH;WKST=MO;UNTIL=20271125T080000Z",
		"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
	} {
		assert.Equal(t, 1, strings.Count(text, line), "%s in %s", line, text)
	}

	want := me.instances(time.Date(2027, 10, 1, 0, 0, 0, 0, time.UTC), 90)
	require.Len(t, want, 11)
	assert.Equal(t, "Room 2", want[1].Location)
	created := them.create(named("calendar"), object(ews.KindCalendarItem, "item:MimeContent", content))
	assert.Equal(t, want, them.instances(time.Date(2027, 10, 1, 0, 0, 0, 0, time.UTC), 90))
	o, code = them.get(created.Ref())
	require.Equal(t, ews.NoError, code)
	assert.Len(t, o.Get(path("calendar:ModifiedOccurrences")).(ews.Occurrences).Occurrences, 1)

	plain := third.create(named("calendar"), object(ews.KindCalendarItem, "item:Subject", "to be one"))
	_, code = third.set(plain, "AlwaysOverwrite", "item:MimeContent", content)
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, want, third.instances(time.Date(2027, 10, 1, 0, 0, 0, 0, time.UTC), 90), "by UpdateItem")
}

// A RECURRENCE-ID is of an occurrence by its day; one of another day, or of another UID, is passed over.
func TestForeignExceptionsOfCalendars(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	event := func(lines ...string) string {
		return "BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\n"
	}
	calendar := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" +
		event("UID:u1", "RECURRENCE-ID;TZID=Europe/Berlin:20270608T000000", "DTSTART:20270608T150000Z", "DTEND:20270608T160000Z", "SUMMARY:late") +
		event("UID:u1", "DTSTART;TZID=Europe/Berlin:20270601T090000", "DURATION:PT1H", "SUMMARY:weekly", "LOCATION:here", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20270608") +
		event("UID:u1", "RECURRENCE-ID:20270609T070000Z", "DTSTART:20270609T070000Z", "DTEND:20270609T080000Z", "SUMMARY:no such day") +
		event("UID:u2", "RECURRENCE-ID:20270615T070000Z", "DTSTART:20270615T100000Z", "DTEND:20270615T110000Z", "SUMMARY:of another") + "END:VCALENDAR\r\n"
	id := me.create(named("calendar"), object(ews.KindCalendarItem, "item:MimeContent", ews.MimeContent{Content: []byte(calendar)}))
	o, code := me.get(id.Ref())
	require.Equal(t, ews.NoError, code)
	zone, _ := o.Get(path("calendar:StartTimeZone")).(ews.TimeZoneDefinition)
	assert.Equal(t, "W. Europe Standard Time", zone.ID, "as clients of Windows know Europe/Berlin")
	assert.NotEmpty(t, zone.Periods)
	var seen []string
	for _, i := range me.instances(june, 30) {
		seen = append(seen, i.Start.Format("02 15:04 ")+i.Subject+"@"+i.Location)
	}
	assert.Equal(t, []string{"01 07:00 weekly@here", "08 15:00 late@", "15 07:00 weekly@here"}, seen)
}

// drawSeries is a series at random.
func drawSeries(r *rand.Rand) ews.Object {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	start := time.Date(2027, time.Month(1+r.IntN(12)), 1+r.IntN(28), 5+r.IntN(14), 15*r.IntN(4), 0, 0, time.UTC)
	end := start.Add(time.Duration(1+r.IntN(8)) * 15 * time.Minute)
	days := []string{"Monday", "Tuesday Friday", "Saturday Sunday Wednesday", "Monday Tuesday Wednesday Thursday Friday"}
	index := pick("First", "Second", "Third", "Fourth", "Last")
	nth := pick("Monday", "Friday", "Day", "Weekday", "WeekendDay")
	var rec ews.Recurrence
	switch r.IntN(6) {
	case 0:
		rec.Daily = &ews.Pattern{Interval: 1 + r.IntN(5)}
	case 1:
		rec.Weekly = &ews.Pattern{Interval: 1 + r.IntN(3), DaysOfWeek: pick(days...), FirstDayOfWeek: pick("", "Sunday", "Monday")}
	case 2:
		rec.AbsoluteMonthly = &ews.Pattern{Interval: 1 + r.IntN(3), DayOfMonth: 1 + r.IntN(31)}
	case 3:
		rec.RelativeMonthly = &ews.Pattern{Interval: 1 + r.IntN(3), DaysOfWeek: nth, DayOfWeekIndex: index}
	case 4:
		rec.AbsoluteYearly = &ews.Pattern{DayOfMonth: 1 + r.IntN(28), Month: start.Month().String()}
	case 5:
		rec.RelativeYearly = &ews.Pattern{DaysOfWeek: nth, DayOfWeekIndex: index, Month: start.Month().String()}
	}
	extent, times := &ews.Range{StartDate: ews.Date{Time: start.Truncate(24 * time.Hour)}}, 3+r.IntN(10)
	switch r.IntN(3) {
	case 0:
		extent.NumberOfOccurrences, rec.Numbered = times, extent
	case 1:
		extent.EndDate, rec.EndDate = ews.Date{Time: start.AddDate(2, 0, r.IntN(300)).Truncate(24 * time.Hour)}, extent
	case 2:
		rec.NoEnd = extent
	}
	o := object(ews.KindCalendarItem, "item:Subject", pick("a, b", `back\slash;`, "plain"), "calendar:Start", start, "calendar:End", end, "calendar:Recurrence", rec)
	if z := pick("", "W. Europe Standard Time", "Pacific Standard Time", "New Zealand Standard Time", "India Standard Time"); z != "" {
		o.Set(path("calendar:StartTimeZone"), ews.TimeZoneDefinition{ID: z})
	}
	if r.IntN(3) == 0 {
		o.Set(path("calendar:Location"), pick("Room 1", "Room; 2"))
	}
	return o
}

// change changes or deletes occurrences of a series at random.
func (c client) changeSome(r *rand.Rand, master ews.ItemID) {
	for range r.IntN(4) {
		id, code := c.occurrence(master, 1+r.IntN(6))
		if code != ews.NoError {
			continue
		}
		o, _ := c.get(id.Ref())
		start, _ := o.Get(path("calendar:Start")).(time.Time)
		switch by := time.Duration(r.IntN(180)-90) * time.Minute; r.IntN(4) {
		case 0:
			require.Equal(c.tb, ews.NoError, c.delete(ews.HardDelete, id.Ref()))
		case 1: // moved; past its neighbours it is refused
			_, _ = c.set(id, "AlwaysOverwrite", "calendar:Start", start.Add(by), "calendar:End", start.Add(by+time.Hour))
		case 2:
			_, code = c.set(id, "AlwaysOverwrite", "item:Subject", "another, one", "calendar:Location", "")
			require.Equal(c.tb, ews.NoError, code)
		case 3:
			_, code = c.set(id, "AlwaysOverwrite", "calendar:LegacyFreeBusyStatus", ews.OutOfOffice, "item:Body", ews.BodyContent{BodyType: ews.BodyText, Text: "why\nnot"})
			require.Equal(c.tb, ews.NoError, code)
		}
	}
}

// Whatever a series is like, its MIME content makes the same one in another mailbox.
func TestSeriesAsCalendars(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 4))
		s, _ := newStore(t, 2, noGrants)
		me, them := as(t, s, 1), as(t, s, 2)
		o := drawSeries(r)
		id := me.create(named("calendar"), o)
		me.changeSome(r, id)
		kept, code := me.get(id.Ref())
		require.Equal(t, ews.NoError, code)
		content := me.mimeOf(idOf(kept))
		them.create(named("calendar"), object(ews.KindCalendarItem, "item:MimeContent", content))
		from := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		require.Equal(t, me.instances(from, 500), them.instances(from, 500), "seed %d: %v\n%s", seed, o.Get(path("calendar:Recurrence")), content.Content)
	}
}
