package calendar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

func TestZones_HaveTheOffsetsThatTheyAreKnownFor(t *testing.T) {
	t.Parallel()
	for id, c := range map[string]struct {
		name            string
		january, summer string // offsets in January and July 2026
	}{
		"Pacific Standard Time":         {"(UTC-08:00) Pacific Time (US & Canada)", "-0800", "-0700"},
		"Eastern Standard Time":         {"(UTC-05:00) Eastern Time (US & Canada)", "-0500", "-0400"},
		"UTC":                           {"(UTC) Coordinated Universal Time", "+0000", "+0000"},
		"GMT Standard Time":             {"(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "+0000", "+0100"},
		"W. Europe Standard Time":       {"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "+0100", "+0200"},
		"India Standard Time":           {"(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "+0530", "+0530"},
		"Nepal Standard Time":           {"(UTC+05:45) Kathmandu", "+0545", "+0545"},
		"Tokyo Standard Time":           {"(UTC+09:00) Osaka, Sapporo, Tokyo", "+0900", "+0900"},
		"AUS Eastern Standard Time":     {"(UTC+10:00) Canberra, Melbourne, Sydney", "+1100", "+1000"},
		"Lord Howe Standard Time":       {"(UTC+10:30) Lord Howe Island", "+1100", "+1030"},
		"Newfoundland Standard Time":    {"(UTC-03:30) Newfoundland", "-0330", "-0230"},
		"Morocco Standard Time":         {"(UTC+01:00) Casablanca", "+0100", "+0100"},
		"Chatham Islands Standard Time": {"(UTC+12:45) Chatham Islands", "+1345", "+1245"},
		"Dateline Standard Time":        {"(UTC-12:00) International Date Line West", "-1200", "-1200"},
	} {
		d, ok := calendar.Definition(id, false)
		require.True(t, ok, id)
		assert.Equal(t, ews.TimeZoneDefinition{ID: id, Name: c.name}, d)
		loc := place(t, id)
		assert.Equal(t, c.january, time.Date(2026, 1, 10, 0, 0, 0, 0, loc).Format("-0700"), id)
		assert.Equal(t, c.summer, time.Date(2026, 7, 10, 0, 0, 0, 0, loc).Format("-0700"), id)
	}
}

// anew is the definition under an id that nobody knows, so that it is read for what it says.
func anew(d ews.TimeZoneDefinition) ews.TimeZoneDefinition {
	d.ID = "Our own"
	return d
}

func TestZones_SayWhatTheirClocksDo(t *testing.T) {
	t.Parallel()
	zones := calendar.Zones()
	assert.GreaterOrEqual(t, len(zones), 135)
	for _, d := range zones {
		known, err := calendar.FromDefinition(d)
		require.NoError(t, err)
		assert.Equal(t, place(t, d.ID), known.Location(), "what is known by its id is not read")
		read, err := calendar.FromDefinition(anew(d))
		require.NoError(t, err, d.ID)
		year, err := calendar.FromSerializable(calendar.Serializable(known.Location(), 2026))
		require.NoError(t, err, d.ID)
		for at := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); at.Year() == 2026; at = at.Add(12 * time.Hour) {
			want := known.Local(at)
			require.Equal(t, want, read.Local(at), "%s at %v", d.ID, at)
			require.Equal(t, want, year.Local(at), "%s at %v", d.ID, at)
			require.Equal(t, want, read.Local(read.UTC(want)))
		}
	}
}

// TestZones_SuitClients holds what clients rely on: exchangelib reads the periods by the years in their ids and the groups by
// numbers, and the EWS Managed API takes exactly one or two transitions in a group.
func TestZones_SuitClients(t *testing.T) {
	t.Parallel()
	for _, d := range calendar.Zones() {
		require.True(t, strings.HasPrefix(d.Name, "(UTC"), d.Name)
		require.NotEmpty(t, d.Periods)
		require.Len(t, d.Transitions.At, 1)
		require.Len(t, d.Groups, 1+len(d.Transitions.Dates))
		names := map[string]string{}
		for _, p := range d.Periods {
			require.Regexp(t, `^trule:Microsoft/Registry/[^/]+/\d+-(Standard|Daylight)$`, p.ID)
			names[p.ID] = p.Name
		}
		for _, g := range d.Groups {
			require.Regexp(t, `^\d$`, g.ID)
			requireGroup(t, g, names)
		}
	}
}

func requireGroup(t *testing.T, g ews.TransitionsGroup, names map[string]string) {
	t.Helper()
	if len(g.At) == 1 {
		require.Empty(t, g.Recurring)
		require.Equal(t, "Standard", names[g.At[0].To.ID])
		return
	}
	require.Len(t, g.Recurring, 2)
	require.ElementsMatch(t, []string{"Standard", "Daylight"}, []string{names[g.Recurring[0].To.ID], names[g.Recurring[1].To.ID]})
	for _, r := range g.Recurring {
		require.Equal(t, "Period", r.To.Kind)
		require.Contains(t, []int{1, 2, 3, 4, -1}, r.Occurrence)
		require.NotNil(t, r.TimeOffset)
	}
}

func minutes(n int) *ews.XMLDuration {
	d := ews.XMLDuration(time.Duration(n) * time.Minute)
	return &d
}

func TestDefinition_IsWhatServersSend(t *testing.T) {
	t.Parallel()
	d, ok := calendar.Definition("pacific standard time", true)
	require.True(t, ok, "ids are read in either case")
	id := func(rule string) string { return "trule:Microsoft/Registry/Pacific Standard Time/" + rule }
	to := func(rule string) ews.TransitionTarget { return ews.TransitionTarget{Kind: "Period", ID: id(rule)} }
	assert.Equal(t, []ews.Period{
		{Bias: *minutes(480), Name: "Standard", ID: id("2006-Standard")},
		{Bias: *minutes(420), Name: "Daylight", ID: id("2006-Daylight")},
		{Bias: *minutes(480), Name: "Standard", ID: id("2007-Standard")},
		{Bias: *minutes(420), Name: "Daylight", ID: id("2007-Daylight")},
	}, d.Periods)
	require.Len(t, d.Groups, 2)
	assert.Equal(t, []ews.Transition{
		{To: to("2006-Daylight"), TimeOffset: minutes(120), Month: 4, DayOfWeek: "Sunday", Occurrence: 1},
		{To: to("2006-Standard"), TimeOffset: minutes(120), Month: 10, DayOfWeek: "Sunday", Occurrence: -1},
	}, d.Groups[0].Recurring)
	assert.Equal(t, []ews.Transition{
		{To: to("2007-Daylight"), TimeOffset: minutes(120), Month: 3, DayOfWeek: "Sunday", Occurrence: 2},
		{To: to("2007-Standard"), TimeOffset: minutes(120), Month: 11, DayOfWeek: "Sunday", Occurrence: 1},
	}, d.Groups[1].Recurring)
	since := time.Date(2007, 1, 1, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, &ews.Transitions{
		At:    []ews.Transition{{To: ews.TransitionTarget{Kind: "Group", ID: "0"}}},
		Dates: []ews.Transition{{To: ews.TransitionTarget{Kind: "Group", ID: "1"}, DateTime: &since}},
	}, d.Transitions)

	india, _ := calendar.Definition("India Standard Time", true)
	assert.Len(t, india.Periods, 1)
	assert.Equal(t, "trule:Microsoft/Registry/India Standard Time/1-Standard", india.Periods[0].ID)
	_, ok = calendar.Definition("Atlantis Standard Time", true)
	assert.False(t, ok)
}

func TestFromDefinition_FollowsTheYears(t *testing.T) {
	t.Parallel()
	for id, from := range map[string]int{"Eastern Standard Time": 2006, "AUS Eastern Standard Time": 2007, "Russian Standard Time": 2015} {
		d, _ := calendar.Definition(id, true)
		z, err := calendar.FromDefinition(anew(d))
		require.NoError(t, err)
		known := calendar.ZoneOf(place(t, id))
		for at := time.Date(from, 1, 2, 0, 0, 0, 0, time.UTC); at.Year() < 2060; at = at.Add(31 * time.Hour) {
			require.Equal(t, known.Local(at), z.Local(at), "%s at %v", id, at)
		}
	}
}

// dated copies a transition to years.
func dated(t ews.Transition, years ...int) (all []ews.Transition) {
	for _, year := range years {
		at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		t.DateTime = &at
		all = append(all, t)
	}
	return all
}

func TestFromDefinition_TheSecondOfAYearCounts(t *testing.T) {
	t.Parallel()
	to := func(id string) ews.Transition {
		return ews.Transition{To: ews.TransitionTarget{Kind: "Period", ID: id}}
	}
	z, err := calendar.FromDefinition(ews.TimeZoneDefinition{
		Periods: []ews.Period{{ID: "a"}, {ID: "b", Bias: *minutes(-60)}, {ID: "c", Bias: *minutes(-120)}},
		Transitions: &ews.Transitions{
			At: []ews.Transition{to("a")}, Dates: append(dated(to("b"), 2020), dated(to("c"), 2020)...),
		},
	})
	require.NoError(t, err)
	assert.Equal(t, 0, z.Local(time.Date(2019, 6, 1, 0, 0, 0, 0, time.UTC)).Hour())
	assert.Equal(t, 2, z.Local(time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC)).Hour())
}

func TestZone_UTC(t *testing.T) {
	t.Parallel()
	z := calendar.ZoneOf(place(t, "Eastern Standard Time"))
	for wall, want := range map[string]string{
		"2026-11-01 01:30": "2026-11-01 06:30", // comes twice
		"2026-03-08 02:30": "2026-03-08 07:30", // is left out
		"2026-07-01 12:00": "2026-07-01 16:00",
	} {
		assert.Equal(t, at(t, want, time.UTC), z.UTC(at(t, wall, time.UTC)))
		assert.Equal(t, at(t, want, time.UTC), z.UTC(at(t, wall, place(t, "Asia/Tokyo"))), "whatever zone it is written in")
	}
}

func TestLocation(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "Europe/Berlin", place(t, "Europe/Berlin").String())
	assert.Equal(t, time.UTC, place(t, "tzone://Microsoft/Utc"))
	for _, id := range []string{"", "Local", "Atlantis Standard Time", "../../etc/passwd"} {
		_, ok := calendar.Location(id)
		assert.False(t, ok, id)
	}
}

func TestFromDefinition_ReadsWhatClientsDefine(t *testing.T) {
	t.Parallel()
	group := func(at ...ews.Transition) []ews.TransitionsGroup {
		return []ews.TransitionsGroup{{ID: "0", Transitions: ews.Transitions{OnDates: at}}}
	}
	to := func(id string) ews.TransitionTarget { return ews.TransitionTarget{Kind: "Period", ID: id} }
	d := ews.TimeZoneDefinition{
		ID:      "tzone://Microsoft/Custom",
		Periods: []ews.Period{{Bias: *minutes(-60), ID: "w"}, {Bias: *minutes(-150), ID: "s"}},
		Groups: group(
			ews.Transition{To: to("s"), Month: 4, Day: 10, TimeOffset: minutes(120)},
			ews.Transition{To: to("w"), Month: 9, Day: 20},
		),
	}
	z, err := calendar.FromDefinition(d)
	require.NoError(t, err)
	assert.Equal(t, "2026-04-10 01:59", z.Local(at(t, "2026-04-10 00:59", time.UTC)).Format("2006-01-02 15:04"))
	assert.Equal(t, "2028-04-10 03:30", z.Local(at(t, "2028-04-10 01:00", time.UTC)).Format("2006-01-02 15:04"))
	assert.Equal(t, "2026-12-01 13:00", z.Local(at(t, "2026-12-01 12:00", time.UTC)).Format("2006-01-02 15:04"))
	assert.Equal(t, at(t, "2026-07-01 09:00", time.UTC), z.UTC(at(t, "2026-07-01 11:30", time.UTC)))

	fixed, err := calendar.FromDefinition(ews.TimeZoneDefinition{Name: "x", Periods: d.Periods[:1]})
	require.NoError(t, err)
	assert.Equal(t, "2026-07-01 13:00", fixed.Local(at(t, "2026-07-01 12:00", time.UTC)).Format("2006-01-02 15:04"))
}

func TestFromDefinition_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	to := func(kind, id string) ews.Transition {
		return ews.Transition{To: ews.TransitionTarget{Kind: kind, ID: id}, Month: 3, DayOfWeek: "Sunday", Occurrence: 5}
	}
	base := func() ews.TimeZoneDefinition {
		return ews.TimeZoneDefinition{
			ID: "x", Periods: []ews.Period{{ID: "a"}, {ID: "b", Bias: *minutes(60)}},
			Groups:      []ews.TransitionsGroup{{ID: "0", Transitions: ews.Transitions{Recurring: []ews.Transition{to("Period", "a"), to("Period", "b")}}}},
			Transitions: &ews.Transitions{At: []ews.Transition{to("Group", "0")}},
		}
	}
	_, err := calendar.FromDefinition(base())
	require.NoError(t, err)
	for name, spoil := range map[string]func(d *ews.TimeZoneDefinition){
		"nothing known":  func(d *ews.TimeZoneDefinition) { d.Periods = nil },
		"no such group":  func(d *ews.TimeZoneDefinition) { d.Transitions.At[0].To.ID = "7" },
		"no such period": func(d *ews.TimeZoneDefinition) { d.Groups[0].Recurring[1].To.ID = "c" },
		"month 13":       func(d *ews.TimeZoneDefinition) { d.Groups[0].Recurring[1].Month = 13 },
		"weekday":        func(d *ews.TimeZoneDefinition) { d.Groups[0].Recurring[1].DayOfWeek = "Day" },
		"the sixth":      func(d *ews.TimeZoneDefinition) { d.Groups[0].Recurring[1].Occurrence = 6 },
		"day 31 of June": func(d *ews.TimeZoneDefinition) {
			d.Groups[0].Recurring[1] = ews.Transition{To: d.Groups[0].Recurring[1].To, Month: 6, Day: 31}
		},
		"a bias of days": func(d *ews.TimeZoneDefinition) { d.Periods[1].Bias = *minutes(3000) },
		"three changes": func(d *ews.TimeZoneDefinition) {
			d.Groups[0].Recurring = append(d.Groups[0].Recurring, to("Period", "a"))
		},
		"out of order": func(d *ews.TimeZoneDefinition) { d.Transitions.Dates = dated(to("Group", "0"), 2010, 2005) },
		"too late":     func(d *ews.TimeZoneDefinition) { d.Transitions.Dates = dated(to("Group", "0"), 9000) },
		"too many":     func(d *ews.TimeZoneDefinition) { d.Transitions.Dates = make([]ews.Transition, 100) },
	} {
		d := base()
		spoil(&d)
		_, err := calendar.FromDefinition(d)
		assert.ErrorIs(t, err, calendar.ErrZone, name)
	}
}

func TestSerializable(t *testing.T) {
	t.Parallel()
	assert.Equal(t, ews.SerializableTimeZone{
		Bias:     480,
		Standard: ews.ZoneTime{Time: "02:00:00", DayOrder: 1, Month: 11, DayOfWeek: "Sunday"},
		Daylight: ews.ZoneTime{Bias: -60, Time: "02:00:00", DayOrder: 2, Month: 3, DayOfWeek: "Sunday"},
	}, calendar.Serializable(place(t, "Pacific Standard Time"), 2026))
	never := ews.ZoneTime{Time: "00:00:00", DayOfWeek: "Sunday"}
	assert.Equal(t, ews.SerializableTimeZone{Bias: -330, Standard: never, Daylight: never},
		calendar.Serializable(place(t, "India Standard Time"), 2026))
	assert.Equal(t, 5, calendar.Serializable(place(t, "Europe/Berlin"), 2026).Standard.DayOrder)
}

func TestFromSerializable(t *testing.T) {
	t.Parallel()
	dummy := ews.SerializableTimeZone{ // what exchangelib sends for zones without summer
		Bias:     -540,
		Standard: ews.ZoneTime{Time: "00:00:00", DayOrder: 1, Month: 1, DayOfWeek: "Monday"},
		Daylight: ews.ZoneTime{Time: "00:00:00", DayOrder: 5, Month: 12, DayOfWeek: "Sunday"},
	}
	z, err := calendar.FromSerializable(dummy)
	require.NoError(t, err)
	assert.Equal(t, 9, z.Local(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)).Hour())

	dated := calendar.Serializable(place(t, "Europe/Berlin"), 2026)
	dated.Standard.Year, dated.Standard.DayOrder = "2026", 25
	z, err = calendar.FromSerializable(dated)
	require.NoError(t, err)
	assert.Equal(t, 2, z.Local(time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC)).Hour())
	assert.Equal(t, 1, z.Local(time.Date(2026, 10, 26, 0, 0, 0, 0, time.UTC)).Hour())

	for _, spoil := range []func(z *ews.SerializableTimeZone){
		func(z *ews.SerializableTimeZone) { z.Bias = 1 << 40 },
		func(z *ews.SerializableTimeZone) { z.Daylight.Month = 13 },
		func(z *ews.SerializableTimeZone) { z.Daylight.DayOfWeek = "Someday" },
		func(z *ews.SerializableTimeZone) { z.Standard.Time = "25:00:00" },
		func(z *ews.SerializableTimeZone) { z.Standard.DayOrder = 0 },
	} {
		bad := calendar.Serializable(place(t, "Europe/Berlin"), 2026)
		spoil(&bad)
		_, err := calendar.FromSerializable(bad)
		assert.ErrorIs(t, err, calendar.ErrZone)
	}
}
