package calendar_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

// place is the clock of a zone that there must be.
func place(t testing.TB, id string) *time.Location {
	t.Helper()
	loc, ok := calendar.Location(id)
	require.True(t, ok, id)
	return loc
}

// at reads a wall clock, "2026-03-02 09:00".
func at(t testing.TB, text string, loc *time.Location) time.Time {
	t.Helper()
	clock, err := time.ParseInLocation("2006-01-02 15:04", text, loc)
	require.NoError(t, err)
	return clock
}

func date(t testing.TB, text string) ews.Date {
	t.Helper()
	var d ews.Date
	require.NoError(t, d.UnmarshalText([]byte(text)))
	return d
}

// hour is a series of one hour from a wall clock in New York.
func hour(t testing.TB, start string, r ews.Recurrence) calendar.Series {
	t.Helper()
	loc := place(t, "Eastern Standard Time")
	begin := at(t, start, loc)
	if r.NoEnd == nil && r.EndDate == nil && r.Numbered == nil {
		r.NoEnd = &ews.Range{StartDate: ews.Date{Time: begin}}
	}
	return calendar.Series{Start: begin.UTC(), End: begin.Add(time.Hour).UTC(), Zone: loc, Recurrence: r}
}

func TestSeries_Patterns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		start string
		r     ews.Recurrence
		want  []string // wall clocks
	}{
		"daily over a change of clocks": {
			"2026-03-06 09:00",
			ews.Recurrence{Daily: &ews.Pattern{Interval: 1}},
			[]string{"2026-03-06 09:00", "2026-03-07 09:00", "2026-03-08 09:00", "2026-03-09 09:00"},
		},
		"every third day": {
			"2026-02-26 09:00",
			ews.Recurrence{Daily: &ews.Pattern{Interval: 3}},
			[]string{"2026-02-26 09:00", "2026-03-01 09:00", "2026-03-04 09:00"},
		},
		"weekdays, from a Saturday": {
			"2026-03-07 09:00",
			ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Weekday"}},
			[]string{"2026-03-09 09:00", "2026-03-10 09:00", "2026-03-11 09:00", "2026-03-12 09:00", "2026-03-13 09:00", "2026-03-16 09:00"},
		},
		// RFC 5545, section 3.8.5.3: the same rule gives other days where weeks begin otherwise.
		"every second week that begins on Monday": {
			"1997-08-05 09:00",
			ews.Recurrence{Weekly: &ews.Pattern{Interval: 2, DaysOfWeek: "Tuesday Sunday", FirstDayOfWeek: "Monday"}},
			[]string{"1997-08-05 09:00", "1997-08-10 09:00", "1997-08-19 09:00", "1997-08-24 09:00"},
		},
		"every second week that begins on Sunday": {
			"1997-08-05 09:00",
			ews.Recurrence{Weekly: &ews.Pattern{Interval: 2, DaysOfWeek: "Tuesday Sunday", FirstDayOfWeek: "Sunday"}},
			[]string{"1997-08-05 09:00", "1997-08-17 09:00", "1997-08-19 09:00", "1997-08-31 09:00"},
		},
		"a week that begins in its middle": {
			"2026-01-07 09:00",
			ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Monday Wednesday Friday"}},
			[]string{"2026-01-07 09:00", "2026-01-09 09:00", "2026-01-12 09:00"},
		},
		"day 31 of every month": {
			"2026-01-31 09:00",
			ews.Recurrence{AbsoluteMonthly: &ews.Pattern{Interval: 1, DayOfMonth: 31}},
			[]string{"2026-01-31 09:00", "2026-02-28 09:00", "2026-03-31 09:00", "2026-04-30 09:00"},
		},
		"every second month, whose first day is over": {
			"2026-01-20 09:00",
			ews.Recurrence{AbsoluteMonthly: &ews.Pattern{Interval: 2, DayOfMonth: 15}},
			[]string{"2026-03-15 09:00", "2026-05-15 09:00"},
		},
		"last weekday": {
			"2026-01-30 09:00",
			ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 1, DaysOfWeek: "Weekday", DayOfWeekIndex: "Last"}},
			[]string{"2026-01-30 09:00", "2026-02-27 09:00", "2026-03-31 09:00", "2026-04-30 09:00", "2026-05-29 09:00"},
		},
		"last Monday, the fourth or the fifth": {
			"2026-02-23 09:00",
			ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 1, DaysOfWeek: "Monday", DayOfWeekIndex: "Last"}},
			[]string{"2026-02-23 09:00", "2026-03-30 09:00", "2026-04-27 09:00"},
		},
		"second day of a weekend": {
			"2026-02-01 09:00",
			ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 1, DaysOfWeek: "WeekendDay", DayOfWeekIndex: "Second"}},
			[]string{"2026-02-07 09:00", "2026-03-07 09:00", "2026-04-05 09:00"},
		},
		"third day": {
			"2026-02-01 09:00",
			ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 1, DaysOfWeek: "Day", DayOfWeekIndex: "Third"}},
			[]string{"2026-02-03 09:00", "2026-03-03 09:00"},
		},
		"fourth Tuesday of every quarter": {
			"2026-01-27 09:00",
			ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 3, DaysOfWeek: "Tuesday", DayOfWeekIndex: "Fourth"}},
			[]string{"2026-01-27 09:00", "2026-04-28 09:00"},
		},
		"29 February": {
			"2024-02-29 09:00",
			ews.Recurrence{AbsoluteYearly: &ews.Pattern{DayOfMonth: 29, Month: "February"}},
			[]string{"2024-02-29 09:00", "2025-02-28 09:00", "2026-02-28 09:00", "2027-02-28 09:00", "2028-02-29 09:00"},
		},
		"a year whose day is over": {
			"2026-06-01 09:00",
			ews.Recurrence{AbsoluteYearly: &ews.Pattern{DayOfMonth: 1, Month: "May"}},
			[]string{"2027-05-01 09:00", "2028-05-01 09:00"},
		},
		"Thanksgiving": {
			"2026-11-01 09:00",
			ews.Recurrence{RelativeYearly: &ews.Pattern{DaysOfWeek: "Thursday", DayOfWeekIndex: "Fourth", Month: "November"}},
			[]string{"2026-11-26 09:00", "2027-11-25 09:00"},
		},
		"an hour that one day leaves out": {
			"2026-03-07 02:30",
			ews.Recurrence{Daily: &ews.Pattern{Interval: 1}},
			[]string{"2026-03-07 02:30", "2026-03-08 03:30", "2026-03-09 02:30"},
		},
		"an hour that one day has twice": {
			"2026-10-31 01:30",
			ews.Recurrence{Daily: &ews.Pattern{Interval: 1}},
			[]string{"2026-10-31 01:30", "2026-11-01 01:30", "2026-11-02 01:30"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := hour(t, c.start, c.r)
			require.NoError(t, s.Check())
			var got []string
			for i := range c.want {
				slot, ok := s.Nth(i + 1)
				require.True(t, ok)
				assert.Equal(t, time.Hour, slot.End.Sub(slot.Start))
				got = append(got, slot.Start.In(s.Zone).Format("2006-01-02 15:04"))
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestSeries_Ranges(t *testing.T) {
	t.Parallel()
	daily := &ews.Pattern{Interval: 1}
	s := hour(t, "2026-03-06 22:00", ews.Recurrence{Daily: daily, EndDate: &ews.Range{EndDate: date(t, "2026-03-09")}})
	last, ok := s.Last()
	require.True(t, ok)
	assert.Equal(t, 4, last.Index, "the end is a day of the wall calendar, and is in the range")
	assert.Equal(t, at(t, "2026-03-09 22:00", s.Zone).UTC(), last.Start)
	_, ok = s.Nth(5)
	assert.False(t, ok)

	s.Recurrence = ews.Recurrence{Daily: daily, Numbered: &ews.Range{NumberOfOccurrences: 10}}
	last, ok = s.Last()
	require.True(t, ok)
	assert.Equal(t, at(t, "2026-03-15 22:00", s.Zone).UTC(), last.Start)
	n, ok := s.Count()
	assert.True(t, ok)
	assert.Equal(t, 10, n)

	s.Recurrence = ews.Recurrence{Daily: daily, NoEnd: &ews.Range{StartDate: date(t, "2026-03-10Z")}}
	_, ok = s.Last()
	assert.False(t, ok)
	first, ok := s.First()
	require.True(t, ok)
	assert.Equal(t, at(t, "2026-03-10 22:00", s.Zone).UTC(), first.Start, "the range begins later")
}

func TestSeries_DecadesOn(t *testing.T) {
	t.Parallel()
	s := hour(t, "1990-01-01 09:00", ews.Recurrence{Daily: &ews.Pattern{Interval: 1}})
	from := at(t, "2026-07-01 00:00", s.Zone)
	slots := s.Between(from, from.AddDate(0, 0, 7))
	require.Len(t, slots, 7)
	assert.Equal(t, at(t, "2026-07-01 09:00", s.Zone).UTC(), slots[0].Start)
	assert.Len(t, s.Between(time.Time{}, from.AddDate(1000, 0, 0)), 10000)
}

func TestSeries_KeepsWhenItEnds(t *testing.T) {
	t.Parallel()
	s := hour(t, "2026-03-05 22:00", ews.Recurrence{Daily: &ews.Pattern{Interval: 1}})
	s.End = at(t, "2026-03-06 06:00", s.Zone)
	slot, ok := s.Nth(3)
	require.True(t, ok)
	assert.Equal(t, at(t, "2026-03-08 06:00", s.Zone).UTC(), slot.End)
	assert.Equal(t, 7*time.Hour, slot.End.Sub(slot.Start), "the night that clocks are put forward in")
}

func TestSeries_Check(t *testing.T) {
	t.Parallel()
	ok := &ews.Range{NumberOfOccurrences: 3}
	for name, c := range map[string]struct {
		r    ews.Recurrence
		want error
	}{
		"no pattern":     {ews.Recurrence{Numbered: ok}, calendar.ErrRecurrence},
		"no range":       {ews.Recurrence{Daily: &ews.Pattern{Interval: 1}}, calendar.ErrRecurrence},
		"two ranges":     {ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, Numbered: ok, NoEnd: ok}, calendar.ErrRecurrence},
		"two patterns":   {ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, Weekly: &ews.Pattern{}, Numbered: ok}, calendar.ErrRecurrence},
		"interval 0":     {ews.Recurrence{Daily: &ews.Pattern{}, Numbered: ok}, calendar.ErrRecurrence},
		"interval 1000":  {ews.Recurrence{Daily: &ews.Pattern{Interval: 1000}, Numbered: ok}, calendar.ErrRecurrence},
		"unknown day":    {ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Moonday"}, Numbered: ok}, calendar.ErrRecurrence},
		"no day":         {ews.Recurrence{Weekly: &ews.Pattern{Interval: 1}, Numbered: ok}, calendar.ErrRecurrence},
		"first day":      {ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Monday", FirstDayOfWeek: "x"}, Numbered: ok}, calendar.ErrRecurrence},
		"day 32":         {ews.Recurrence{AbsoluteMonthly: &ews.Pattern{Interval: 1, DayOfMonth: 32}, Numbered: ok}, calendar.ErrRecurrence},
		"the fifth":      {ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 1, DaysOfWeek: "Day", DayOfWeekIndex: "Fifth"}, Numbered: ok}, calendar.ErrRecurrence},
		"unknown month":  {ews.Recurrence{AbsoluteYearly: &ews.Pattern{DayOfMonth: 1, Month: "Nonember"}, Numbered: ok}, calendar.ErrRecurrence},
		"no occurrences": {ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, Numbered: &ews.Range{}}, calendar.ErrRecurrence},
		"ends before":    {ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, EndDate: &ews.Range{EndDate: date(t, "2026-01-01")}}, calendar.ErrEndBeforeStart},
		"regenerates":    {ews.Recurrence{DailyRegeneration: &ews.Pattern{Interval: 1}, Numbered: ok}, calendar.ErrRecurrence},
		"ends before the first": {ews.Recurrence{
			AbsoluteMonthly: &ews.Pattern{Interval: 1, DayOfMonth: 1}, EndDate: &ews.Range{EndDate: date(t, "2026-03-20")},
		}, calendar.ErrNoOccurrence},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := hour(t, "2026-03-06 09:00", c.r)
			s.Recurrence = c.r
			require.ErrorIs(t, s.Check(), c.want)
			_, ok := s.First()
			assert.False(t, ok)
			assert.Empty(t, s.Between(s.Start, s.End))
		})
	}
	s := hour(t, "2026-03-06 09:00", ews.Recurrence{Daily: &ews.Pattern{Interval: 1}})
	s.End = s.Start.Add(-time.Minute)
	assert.ErrorIs(t, s.Check(), calendar.ErrEndBeforeStart)
}

// someSeries makes a valid series of any pattern, of at most 300 occurrences.
func someSeries(t testing.TB, r *rand.Rand) calendar.Series {
	days := []string{"Monday", "Tuesday Friday", "Saturday Sunday Wednesday", "Day", "Weekday", "WeekendDay"}
	week := []string{"", "Sunday", "Monday", "Wednesday", "Saturday"}
	p := &ews.Pattern{
		Interval: 1 + r.IntN(4), DaysOfWeek: days[r.IntN(len(days))], FirstDayOfWeek: week[r.IntN(len(week))],
		DayOfWeekIndex: []string{"First", "Second", "Third", "Fourth", "Last"}[r.IntN(5)],
		DayOfMonth:     1 + r.IntN(31), Month: time.Month(1 + r.IntN(12)).String(),
	}
	rec := ews.Recurrence{Numbered: &ews.Range{NumberOfOccurrences: 1 + r.IntN(300)}}
	*[]**ews.Pattern{
		&rec.Daily, &rec.Weekly, &rec.AbsoluteMonthly, &rec.RelativeMonthly, &rec.AbsoluteYearly, &rec.RelativeYearly,
	}[r.IntN(6)] = p
	zones := []string{"Eastern Standard Time", "Tokyo Standard Time", "AUS Eastern Standard Time", "UTC", "Line Islands Standard Time"}
	start := time.Date(2020+r.IntN(8), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), 30*r.IntN(2), 0, 0, time.UTC)
	return calendar.Series{
		Start: start, End: start.Add(time.Duration(r.IntN(60)) * time.Hour), Zone: place(t, zones[r.IntN(len(zones))]), Recurrence: rec,
	}
}

// belongs says, day by day and without arithmetic on periods, whether a pattern has a day.
func belongs(r ews.Recurrence, anchor, d time.Time) bool {
	in := func(words string, d time.Time) bool {
		we := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		switch words {
		case "Day":
			return true
		case "Weekday":
			return !we
		case "WeekendDay":
			return we
		}
		return containsWord(words, d.Weekday().String())
	}
	months := (d.Year()-anchor.Year())*12 + int(d.Month()) - int(anchor.Month())
	last := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	absolute := func(p *ews.Pattern) bool { return d.Day() == min(p.DayOfMonth, last) }
	relative := func(p *ews.Pattern) bool {
		var all []int
		for i := 1; i <= last; i++ {
			if in(p.DaysOfWeek, time.Date(d.Year(), d.Month(), i, 0, 0, 0, 0, time.UTC)) {
				all = append(all, i)
			}
		}
		n := map[string]int{"First": 0, "Second": 1, "Third": 2, "Fourth": 3, "Last": len(all) - 1}[p.DayOfWeekIndex]
		return all[n] == d.Day()
	}
	switch {
	case r.Daily != nil:
		return int(d.Sub(anchor).Hours()/24)%r.Daily.Interval == 0
	case r.Weekly != nil:
		week := anchor
		for week.Weekday().String() != orSunday(r.Weekly.FirstDayOfWeek) {
			week = week.AddDate(0, 0, -1)
		}
		return in(r.Weekly.DaysOfWeek, d) && int(d.Sub(week).Hours()/24)/7%r.Weekly.Interval == 0
	case r.AbsoluteMonthly != nil:
		return months%r.AbsoluteMonthly.Interval == 0 && absolute(r.AbsoluteMonthly)
	case r.RelativeMonthly != nil:
		return months%r.RelativeMonthly.Interval == 0 && relative(r.RelativeMonthly)
	case r.AbsoluteYearly != nil:
		return (d.Year()-anchor.Year())%r.AbsoluteYearly.Interval == 0 && d.Month().String() == r.AbsoluteYearly.Month && absolute(r.AbsoluteYearly)
	}
	return (d.Year()-anchor.Year())%r.RelativeYearly.Interval == 0 && d.Month().String() == r.RelativeYearly.Month && relative(r.RelativeYearly)
}

func TestSeries_AgreesWithWalkingThroughTheDays(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		s := someSeries(t, r)
		require.NoError(t, s.Check())
		all := walk(s, 150)
		for i, want := range all {
			got, ok := s.Nth(i + 1)
			require.True(t, ok)
			require.Equal(t, want, got.Start, "%+v", s.Recurrence)
		}
		last, ok := s.Last()
		require.True(t, ok)
		require.Equal(t, s.Recurrence.Numbered.NumberOfOccurrences, last.Index)
		from := s.Start.Add(time.Duration(r.IntN(2000*24)) * time.Hour)
		to := from.Add(time.Duration(r.IntN(200*24)) * time.Hour)
		require.Equal(t, filter(s, from, to), s.Between(from, to), "%+v from %v to %v", s, from, to)
	}
}

// walk lists starts by trying every day.
func walk(s calendar.Series, most int) (all []time.Time) {
	most = min(most, s.Recurrence.Numbered.NumberOfOccurrences)
	begin := s.Start.In(s.Zone)
	anchor := time.Date(begin.Year(), begin.Month(), begin.Day(), 0, 0, 0, 0, time.UTC)
	for d := anchor; len(all) < most && d.Year() < 2060; d = d.AddDate(0, 0, 1) {
		if belongs(s.Recurrence, anchor, d) {
			wall := time.Date(d.Year(), d.Month(), d.Day(), begin.Hour(), begin.Minute(), 0, 0, time.UTC)
			all = append(all, calendar.ZoneOf(s.Zone).UTC(wall))
		}
	}
	return all
}

// filter expands all of a series, and keeps what overlaps.
func filter(s calendar.Series, from, to time.Time) (kept []calendar.Slot) {
	for i := 1; ; i++ {
		slot, ok := s.Nth(i)
		if !ok {
			return kept
		}
		if from.Before(to) && slot.Overlaps(from, to) {
			kept = append(kept, slot)
		}
	}
}
