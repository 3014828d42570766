package calendar

import (
	"fmt"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// ruleYear is the year whose transitions stand for those of every year.
const ruleYear = 2026

// Zones are the time zones of Windows as a server defines them (MS docs: GetServerTimeZones operation).
func Zones(full bool) []ews.TimeZoneDefinition {
	all := make([]ews.TimeZoneDefinition, 0, len(rows()))
	for _, r := range rows() {
		all = append(all, r.definition(full))
	}
	return all
}

// Definition is the time zone of that name; false if Windows has none.
func Definition(id string, full bool) (ews.TimeZoneDefinition, bool) {
	for _, r := range rows() {
		if strings.EqualFold(r.id, id) {
			return r.definition(full), true
		}
	}
	return ews.TimeZoneDefinition{}, false
}

func (r row) definition(full bool) ews.TimeZoneDefinition {
	loc, err := time.LoadLocation(r.place)
	if err != nil {
		loc = time.UTC
	}
	d := ews.TimeZoneDefinition{ID: r.id, Name: r.name(loc)}
	if full {
		fill(&d, loc)
	}
	return d
}

// name is what users see, "(UTC+01:00) Amsterdam, Berlin".
func (r row) name(loc *time.Location) string {
	standard, _ := offsets(loc)
	if standard == 0 {
		return "(UTC) " + r.cities
	}
	sign, minutes := '+', int(standard.Minutes())
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("(UTC%c%02d:%02d) %s", sign, minutes/60, minutes%60, r.cities)
}

// change is when the offset of a zone changes in a year.
type change struct {
	at       time.Time // the last instant before it, in UTC, plus one second
	from, to time.Duration
}

func offsetAt(loc *time.Location, t time.Time) time.Duration {
	_, seconds := t.In(loc).Zone()
	return time.Duration(seconds) * time.Second
}

// changes are those of the year, found hour by hour.
func changes(loc *time.Location) (all []change) {
	t := time.Date(ruleYear, 1, 1, 0, 0, 0, 0, time.UTC)
	for end := t.AddDate(1, 0, 0); t.Before(end); t = t.Add(30 * time.Minute) {
		next := t.Add(30 * time.Minute)
		if from, to := offsetAt(loc, t), offsetAt(loc, next); from != to {
			all = append(all, change{at: next, from: from, to: to})
		}
	}
	if len(all) != 2 {
		return nil // a year with a pause in it, as in Morocco, has no rule of this form
	}
	return all
}

// offsets are those of standard and of daylight time; the same if there is no daylight time.
func offsets(loc *time.Location) (standard, daylight time.Duration) {
	c := changes(loc)
	if c == nil {
		o := offsetAt(loc, time.Date(ruleYear, 1, 1, 0, 0, 0, 0, time.UTC))
		return o, o
	}
	return min(c[0].from, c[0].to), max(c[0].from, c[0].to)
}

// Names of the periods.
const (
	standardName = "Standard"
	daylightName = "Daylight"
)

func periodID(zone, name string) string {
	return "trule:Microsoft/Registry/" + zone + "/" + fmt.Sprint(ruleYear) + "-" + name
}

// fill writes the periods and the transitions of a zone.
func fill(d *ews.TimeZoneDefinition, loc *time.Location) {
	standard, daylight := offsets(loc)
	d.Periods = []ews.Period{{Bias: ews.XMLDuration(-standard), Name: standardName, ID: periodID(d.ID, standardName)}}
	group := ews.TransitionsGroup{ID: "0"}
	to := func(name string) ews.TransitionTarget {
		return ews.TransitionTarget{Kind: "Period", ID: periodID(d.ID, name)}
	}
	if standard == daylight {
		group.At = []ews.Transition{{To: to(standardName)}}
	} else {
		d.Periods = append(d.Periods, ews.Period{Bias: ews.XMLDuration(-daylight), Name: daylightName, ID: periodID(d.ID, daylightName)})
		for _, c := range changes(loc) {
			name := standardName
			if c.to == daylight {
				name = daylightName
			}
			group.Recurring = append(group.Recurring, c.transition(to(name)))
		}
	}
	d.Groups = []ews.TransitionsGroup{group}
	d.Transitions = &ews.Transitions{At: []ews.Transition{{To: ews.TransitionTarget{Kind: "Group", ID: "0"}}}}
}

// transition says when in each year the change is: by the wall clock before it, on the nth day of the week of its month.
func (c change) transition(to ews.TransitionTarget) ews.Transition {
	wall := c.at.Add(c.from)
	offset := ews.XMLDuration(wall.Sub(civil(wall)))
	nth := (wall.Day()-1)/7 + 1
	if wall.AddDate(0, 0, 7).Month() != wall.Month() {
		nth = -1
	}
	return ews.Transition{To: to, TimeOffset: &offset, Month: int(wall.Month()), DayOfWeek: wall.Weekday().String(), Occurrence: nth}
}

// Serializable is a zone as the availability service writes it.
func Serializable(loc *time.Location) ews.SerializableTimeZone {
	standard, daylight := offsets(loc)
	z := ews.SerializableTimeZone{
		Bias:     -int(standard.Minutes()),
		Standard: ews.ZoneTime{Time: "00:00:00", DayOfWeek: "Sunday", Month: 0},
		Daylight: ews.ZoneTime{Time: "00:00:00", DayOfWeek: "Sunday", Month: 0, Bias: -int((daylight - standard).Minutes())},
	}
	for _, c := range changes(loc) {
		t := &z.Standard
		if c.to == daylight {
			t = &z.Daylight
		}
		wall := c.at.Add(c.from)
		t.Time, t.Month, t.DayOfWeek = wall.Format(time.TimeOnly), int(wall.Month()), wall.Weekday().String()
		if t.DayOrder = (wall.Day()-1)/7 + 1; wall.AddDate(0, 0, 7).Month() != wall.Month() {
			t.DayOrder = 5
		}
	}
	return z
}
