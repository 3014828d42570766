package calendar

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Hours are when people work, in minutes from midnight, on the days from Monday to Friday.
type Hours struct{ Start, End int }

// WorkHours are those of everybody whose mailbox says nothing else.
func WorkHours() Hours { return Hours{Start: 8 * 60, End: 17 * 60} }

// step is how far suggestions lie apart.
const step = 30 * time.Minute

// Qualities of a suggestion, the best first (MS docs: SuggestionQuality).
var qualities = []string{"Excellent", "Good", "Fair", "Poor"}

// quality is that of a time at which so many of the attendees are busy: Good up to a share of them, in percent.
func quality(conflicts, of, good int) int {
	switch {
	case conflicts == 0:
		return 0
	case conflicts*100 <= of*max(good, 1):
		return 1
	case conflicts*2 <= of:
		return 2
	}
	return 3
}

// Suggest is when people could meet, day by day, by the wall clock of the zone.
func Suggest(o ews.SuggestionsOptions, zone Zone, from, to time.Time, attendees [][]Busy) (days []ews.SuggestionDay) {
	length := time.Duration(max(o.MeetingMinutes, 30)) * time.Minute
	for d := civil(zone.Local(from)); d.Before(zone.Local(to)); d = d.AddDate(0, 0, 1) {
		day := ews.SuggestionDay{Date: ews.LocalTime{Time: d}, Quality: qualities[3]}
		best, all, off := 3, 0, 0
		for wall := d; wall.Before(d.AddDate(0, 0, 1)); wall = wall.Add(step) {
			s, q := suggestion(o, zone, wall, length, attendees)
			limit, count := orDefault(o.MaximumByDay, 10), &all
			if !s.WorkTime {
				limit, count = nonWork(o), &off
			}
			if q > worst(o.MinimumQuality) || *count >= limit {
				continue
			}
			*count++
			best = min(best, q)
			day.Suggestions = append(day.Suggestions, s)
		}
		day.Quality = qualities[best]
		days = append(days, day)
	}
	return days
}

func orDefault(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

func nonWork(o ews.SuggestionsOptions) int {
	if o.MaximumNonWorkByDay == nil {
		return 0
	}
	return *o.MaximumNonWorkByDay
}

// worst is the least quality that is asked for.
func worst(name string) int {
	for i, q := range qualities {
		if q == name {
			return i
		}
	}
	return 2
}

func suggestion(o ews.SuggestionsOptions, zone Zone, wall time.Time, length time.Duration, attendees [][]Busy) (ews.Suggestion, int) {
	s := ews.Suggestion{Time: ews.LocalTime{Time: wall}, WorkTime: working(wall, length)}
	start := zone.UTC(wall)
	conflicts := 0
	for _, busy := range attendees {
		state := ews.Free
		for _, b := range busy {
			if b.Start.Before(start.Add(length)) && b.End.After(start) && digit(b.Type) > digit(state) {
				state = b.Type
			}
		}
		if digit(state) >= '2' {
			conflicts++
		}
		s.Conflicts.Individuals = append(s.Conflicts.Individuals, ews.IndividualConflict{Busy: state})
	}
	q := quality(conflicts, len(attendees), o.GoodThreshold)
	s.Quality = qualities[q]
	return s, q
}

func working(wall time.Time, length time.Duration) bool {
	h := WorkHours()
	minute := wall.Hour()*60 + wall.Minute()
	weekend := wall.Weekday() == time.Saturday || wall.Weekday() == time.Sunday
	return !weekend && minute >= h.Start && minute+int(length.Minutes()) <= h.End
}
