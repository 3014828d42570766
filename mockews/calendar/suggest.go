package calendar

import (
	"cmp"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Defaults of options that requests leave out. The threshold is documented (MS docs: SuggestionsViewOptions), and so is the
// quality, Fair (MS docs: MinimumSuggestionQuality); the others are ours.
const (
	defaultThreshold = 25
	defaultByDay     = 10
	defaultMinutes   = 60
)

// Bounds of a search: 62 days, and a start every half an hour.
const (
	maxWindow = 62
	step      = 30 * time.Minute
)

// The qualities, best first.
const (
	excellent = "Excellent"
	good      = "Good"
	fair      = "Fair"
	poor      = "Poor"
)

// Suggest finds times to meet, day by day. The options are as requests have them: their window is in the wall clock of the
// zone, and so is the answer. People are the busy times of each who is invited, in order; hours are those of whoever asks,
// whose working time it is, and nil for nine to five from Monday to Friday.
//
// Who is tentative, busy or out of office has a conflict. Times outside working hours are suggested as far as the options
// allow them. Better ones come first, and among equals the earlier.
func Suggest(o ews.SuggestionsOptions, people [][]Busy, hours *ews.WorkingHours, zone *Zone) []ews.SuggestionDay {
	s := newSearch(o, people, hours, zone)
	first, last := dayOf(o.Window.Start.UTC()), dayOf(o.Window.End.UTC().Add(-1))
	var days []ews.SuggestionDay
	for d := first; d <= min(last, first+maxWindow-1); d++ {
		days = append(days, s.day(d))
	}
	return days
}

// search is a question that is ready to be answered.
type search struct {
	window         Window
	length         time.Duration
	threshold      int
	worst          int // the quality that is good enough
	most, mostIdle int // of a day, and of those outside working hours
	people         [][]Busy
	hours          ews.WorkingHours
	zone           *Zone
}

func newSearch(o ews.SuggestionsOptions, people [][]Busy, hours *ews.WorkingHours, zone *Zone) *search {
	s := &search{
		window: Window{o.Window.Start.Time, o.Window.End.Time}, people: people, zone: zone,
		length:    time.Duration(min(orElse(o.MeetingMinutes, defaultMinutes), 24*60)) * time.Minute,
		threshold: orElse(o.GoodThreshold, defaultThreshold),
		most:      orElse(o.MaximumByDay, defaultByDay),
		worst:     qualityRank(cmp.Or(o.MinimumQuality, fair)),
		hours:     NineToFive(),
	}
	if hours != nil {
		s.hours = *hours
	}
	if o.MaximumNonWorkByDay != nil {
		s.mostIdle = max(*o.MaximumNonWorkByDay, 0)
	}
	if zone == nil {
		s.zone = ZoneOf(nil)
	}
	return s
}

func orElse(given, otherwise int) int {
	if given <= 0 {
		return otherwise
	}
	return given
}

// NineToFive is when people work who have not said otherwise.
func NineToFive() ews.WorkingHours {
	return ews.WorkingHours{Periods: []ews.WorkingPeriod{
		{Days: "Monday Tuesday Wednesday Thursday Friday", Start: 9 * 60, End: 17 * 60},
	}}
}

// day is what is suggested for one day.
func (s *search) day(d day) ews.SuggestionDay {
	var found []ews.Suggestion
	for at := d.midnight(); at.Before((d + 1).midnight()); at = at.Add(step) {
		if at.Before(s.window.Start) || !at.Before(s.window.End) {
			continue
		}
		if one := s.judge(at); qualityRank(one.Quality) <= s.worst {
			found = append(found, one)
		}
	}
	slices.SortStableFunc(found, func(a, b ews.Suggestion) int {
		return cmp.Compare(qualityRank(a.Quality), qualityRank(b.Quality))
	})
	result := ews.SuggestionDay{Date: ews.LocalTime{Time: d.midnight()}, Quality: poor, Suggestions: s.cut(found)}
	if len(result.Suggestions) > 0 {
		result.Quality = result.Suggestions[0].Quality
	}
	return result
}

// cut keeps as many as were asked for.
func (s *search) cut(found []ews.Suggestion) []ews.Suggestion {
	var kept []ews.Suggestion
	idle := 0
	for _, one := range found {
		if !one.WorkTime {
			if idle++; idle > s.mostIdle {
				continue
			}
		}
		if len(kept) < s.most {
			kept = append(kept, one)
		}
	}
	return kept
}

// judge asks everybody about a time.
func (s *search) judge(wall time.Time) ews.Suggestion {
	one := ews.Suggestion{Time: ews.LocalTime{Time: wall}, WorkTime: s.works(wall)}
	start := s.zone.UTC(wall)
	conflicts := 0
	for _, busy := range s.people {
		state := stateAt(busy, start, start.Add(s.length))
		if state == ews.Tentative || state == ews.Busy || state == ews.OutOfOffice {
			conflicts++
		}
		one.Conflicts.Individuals = append(one.Conflicts.Individuals, ews.IndividualConflict{Busy: state})
	}
	one.Quality = s.quality(conflicts)
	return one
}

// stateAt is the most that somebody is taken up with at a time.
func stateAt(busy []Busy, start, end time.Time) ews.BusyType {
	state := ews.Free
	for _, b := range busy {
		if b.Start.Before(end) && b.End.After(start) && rank(b.Type) > rank(state) {
			state = b.Type
		}
	}
	return state
}

// quality is the share of people with a conflict (MS-OXWAVLS, section 3.1.4.1.4.3).
func (s *search) quality(conflicts int) string {
	percent := conflicts * 100 / max(len(s.people), 1)
	switch {
	case conflicts == 0:
		return excellent
	case percent <= s.threshold:
		return good
	case percent < 50:
		return fair
	}
	return poor
}

// qualityRank orders the qualities, the best is 0.
func qualityRank(quality string) int {
	if i := slices.Index([]string{excellent, good, fair}, quality); i >= 0 {
		return i
	}
	return 3
}

// works reports whether a whole meeting is in working hours.
func (s *search) works(wall time.Time) bool {
	start := int(wall.Sub(dayOf(wall).midnight()) / time.Minute)
	for _, p := range s.hours.Periods {
		set, _ := parseDays(p.Days)
		if set.has(wall.Weekday()) && start >= p.Start && start+int(s.length/time.Minute) <= p.End {
			return true
		}
	}
	return false
}
