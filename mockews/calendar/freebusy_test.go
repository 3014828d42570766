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

// busy is a time on 2 March 2026, a Monday, in minutes from eight.
func busy(from, to int, kind ews.BusyType) calendar.Busy {
	eight := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	return calendar.Busy{
		Start: eight.Add(time.Duration(from) * time.Minute), End: eight.Add(time.Duration(to) * time.Minute), Type: kind,
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	all := busy(0, 240, ews.NoData)
	window := calendar.Window{Start: all.Start, End: all.End}
	for name, c := range map[string]struct {
		interval time.Duration
		busy     []calendar.Busy
		want     string
	}{
		"the example of the documentation": {
			time.Hour, []calendar.Busy{busy(0, 60, ews.OutOfOffice), busy(60, 150, ews.Busy)}, "3220",
		},
		"nothing":               {time.Hour, nil, "0000"},
		"the default":           {0, nil, "00000000"},
		"what is left over":     {90 * time.Minute, nil, "00"},
		"longer than the day":   {5 * time.Hour, nil, ""},
		"free":                  {time.Hour, []calendar.Busy{busy(0, 60, ews.Free)}, "0000"},
		"no data":               {time.Hour, []calendar.Busy{all, busy(0, 60, ews.OutOfOffice)}, "4444"},
		"the highest":           {time.Hour, []calendar.Busy{busy(0, 60, ews.Busy), busy(0, 120, ews.Tentative)}, "2100"},
		"elsewhere":             {time.Hour, []calendar.Busy{busy(0, 120, ews.WorkingElsewhere), busy(60, 120, ews.Busy)}, "4200"},
		"a minute":              {time.Hour, []calendar.Busy{busy(119, 120, ews.Busy)}, "0200"},
		"over both ends":        {time.Hour, []calendar.Busy{busy(-600, 1, ews.Busy), busy(239, 900, ews.Busy)}, "2002"},
		"outside":               {time.Hour, []calendar.Busy{busy(-60, 0, ews.Busy), busy(240, 300, ews.Busy)}, "0000"},
		"no time, and backward": {time.Hour, []calendar.Busy{busy(60, 60, ews.Busy), busy(90, 60, ews.Busy)}, "0000"},
	} {
		assert.Equal(t, c.want, calendar.Merge(window, c.interval, c.busy), name)
	}
	assert.Empty(t, calendar.Merge(calendar.Window{Start: window.End, End: window.Start}, time.Hour, nil))
	assert.Len(t, calendar.Merge(calendar.Window{End: window.End}, 1, nil), 62*24*60)
}

func options(start, end string, more func(o *ews.SuggestionsOptions)) ews.SuggestionsOptions {
	begin, _ := time.Parse(time.DateOnly, start)
	until, _ := time.Parse(time.DateOnly, end)
	o := ews.SuggestionsOptions{MeetingMinutes: 60, Window: ews.TimeWindow{Start: ews.WindowTime{Time: begin}, End: ews.WindowTime{Time: until}}}
	if more != nil {
		more(&o)
	}
	return o
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	// In Berlin, an hour ahead: the first is busy from nine to noon, the second from ten to eleven.
	people := [][]calendar.Busy{{busy(0, 180, ews.Busy)}, {busy(60, 120, ews.Tentative)}, nil, nil, {busy(0, 600, ews.WorkingElsewhere)}}
	zone := calendar.ZoneOf(place(t, "W. Europe Standard Time"))
	days := calendar.Suggest(options("2026-03-01", "2026-03-03", nil), people, nil, zone)
	require.Len(t, days, 2)
	assert.Empty(t, days[0].Suggestions, "a Sunday")
	assert.Equal(t, "Poor", days[0].Quality)
	monday := days[1]
	assert.Equal(t, "2026-03-02", monday.Date.Format(time.DateOnly))
	assert.Equal(t, "Excellent", monday.Quality)
	require.Len(t, monday.Suggestions, 10)
	assert.Equal(t, "12:00", monday.Suggestions[0].Time.Format("15:04"))
	assert.Equal(t, "16:00", monday.Suggestions[8].Time.Format("15:04"))
	assert.Equal(t, "Excellent", monday.Suggestions[8].Quality)
	assert.Equal(t, "09:00", monday.Suggestions[9].Time.Format("15:04"))
	assert.Equal(t, "Good", monday.Suggestions[9].Quality, "one in five")
	assert.Equal(t, []ews.IndividualConflict{{Busy: ews.Busy}, {Busy: ews.Free}, {Busy: ews.Free}, {Busy: ews.Free}, {Busy: ews.WorkingElsewhere}},
		monday.Suggestions[9].Conflicts.Individuals)
}

func TestSuggest_Quality(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		threshold, people, taken int
		want                     string
	}{
		"none":               {0, 4, 0, "Excellent"},
		"nobody asked":       {0, 0, 0, "Excellent"},
		"at the threshold":   {0, 4, 1, "Good"},
		"below half":         {10, 5, 2, "Fair"},
		"half":               {0, 4, 2, "Poor"},
		"a higher threshold": {50, 4, 2, "Good"},
	} {
		people := make([][]calendar.Busy, c.people)
		for i := range c.taken {
			people[i] = []calendar.Busy{busy(-600, 1400, ews.OutOfOffice)}
		}
		o := options("2026-03-02", "2026-03-03", func(o *ews.SuggestionsOptions) { o.GoodThreshold, o.MinimumQuality = c.threshold, "Poor" })
		days := calendar.Suggest(o, people, nil, nil)
		require.Len(t, days, 1)
		assert.Equal(t, c.want, days[0].Quality, name)
	}
}

func TestSuggest_KeepsToWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	idle := 2
	o := options("2026-03-02", "2026-03-03", func(o *ews.SuggestionsOptions) { o.MaximumByDay, o.MaximumNonWorkByDay = 48, &idle })
	hours := &ews.WorkingHours{Periods: []ews.WorkingPeriod{{Days: "Monday", Start: 600, End: 720}}}
	days := calendar.Suggest(o, nil, hours, nil)
	var got []string
	for _, s := range days[0].Suggestions {
		got = append(got, s.Time.Format("15:04")+map[bool]string{true: " work"}[s.WorkTime])
	}
	assert.Equal(t, "00:00, 00:30, 10:00 work, 10:30 work, 11:00 work", strings.Join(got, ", "))

	o.MinimumQuality = "Excellent"
	assert.Empty(t, calendar.Suggest(o, [][]calendar.Busy{{busy(-600, 1400, ews.Busy)}}, hours, nil)[0].Suggestions)
	assert.Len(t, calendar.Suggest(options("2026-01-01", "2029-01-01", nil), nil, nil, nil), 62)
	assert.Empty(t, calendar.Suggest(options("2026-03-02", "2026-03-01", nil), nil, nil, nil))
}
