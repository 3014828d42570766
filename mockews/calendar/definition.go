package calendar

import (
	"strconv"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// The names of periods, which clients tell them by.
const (
	standardName = "Standard"
	daylightName = "Daylight"
)

// The kinds of what a transition leads to.
const (
	toPeriod = "Period"
	toGroup  = "Group"
)

// define writes a zone in the form of servers (MS docs: GetServerTimeZones operation): for each era
// its periods, which are named by its first year, and a group of how they follow each other.
func define(id, name string, ages []era) ews.TimeZoneDefinition {
	d := ews.TimeZoneDefinition{ID: id, Name: name, Transitions: &ews.Transitions{}}
	for i, age := range ages {
		group := strconv.Itoa(i)
		prefix := "trule:Microsoft/Registry/" + id + "/" + strconv.Itoa(ruleYear(ages, i)) + "-"
		d.Periods = append(d.Periods, periods(age.rules, prefix)...)
		d.Groups = append(d.Groups, ews.TransitionsGroup{ID: group, Transitions: transitions(age.rules, prefix)})
		to := ews.Transition{To: ews.TransitionTarget{Kind: toGroup, ID: group}}
		if i == 0 {
			d.Transitions.At = append(d.Transitions.At, to)
			continue
		}
		at := time.Date(age.from, time.January, 1, 0, 0, 0, 0, time.UTC)
		to.DateTime = &at
		d.Transitions.Dates = append(d.Transitions.Dates, to)
	}
	return d
}

// ruleYear is the year that the rules of an era are filed under: the first one of those that have one, the one before that
// for those that came earlier, and 1 where nothing has changed.
func ruleYear(ages []era, i int) int {
	if i == 0 && len(ages) > 1 {
		return ages[1].from - 1
	}
	return ages[i].from
}

func periods(r rules, prefix string) []ews.Period {
	all := []ews.Period{{Bias: ews.XMLDuration(-r.standard), Name: standardName, ID: prefix + standardName}}
	if r.changes {
		all = append(all, ews.Period{Bias: ews.XMLDuration(-r.daylight), Name: daylightName, ID: prefix + daylightName})
	}
	return all
}

// transitions are a single one for zones without summer, or two in the order of the year.
func transitions(r rules, prefix string) ews.Transitions {
	if !r.changes {
		to := ews.TransitionTarget{Kind: toPeriod, ID: prefix + standardName}
		return ews.Transitions{At: []ews.Transition{{To: to}}}
	}
	summer := recurring(r.summer, prefix+daylightName)
	winter := recurring(r.winter, prefix+standardName)
	if r.winter.month < r.summer.month {
		summer, winter = winter, summer
	}
	return ews.Transitions{Recurring: []ews.Transition{summer, winter}}
}

func recurring(c change, period string) ews.Transition {
	offset := ews.XMLDuration(c.clock)
	return ews.Transition{
		To:         ews.TransitionTarget{Kind: toPeriod, ID: period},
		TimeOffset: &offset,
		Month:      int(c.month),
		DayOfWeek:  c.weekday.String(),
		Occurrence: c.nth,
	}
}
