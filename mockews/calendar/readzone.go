package calendar

import (
	"errors"
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// ErrZone is a time zone that cannot be read: ErrorTimeZone.
var ErrZone = errors.New("no valid time zone")

// maxOffset is how far a zone may be from UTC.
const maxOffset = 24 * time.Hour

// maxEras is how many groups a zone may have: each takes two of the numbers of a byte.
const maxEras = 100

// FromDefinition reads the zone of a request. One whose id is known is that zone, whatever else the request says of it; for
// another its periods and transitions say what its clocks do (MS docs: TimeZoneDefinition).
func FromDefinition(d ews.TimeZoneDefinition) (*Zone, error) {
	if loc, ok := Location(d.ID); ok {
		return ZoneOf(loc), nil
	}
	return readDefinition(d)
}

// readDefinition reads a zone from its periods and transitions alone.
func readDefinition(d ews.TimeZoneDefinition) (*Zone, error) {
	if len(d.Periods) == 0 {
		return nil, fmt.Errorf("%w: %q is not known and brings no periods; give an id that GetServerTimeZones lists", ErrZone, d.ID)
	}
	ages, err := readEras(d)
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrZone, d.ID, err)
	}
	loc, err := location(d.ID, ages)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrZone, err)
	}
	return ZoneOf(loc), nil
}

// readEras follows the transitions between groups. Without any, the first group, or the first period, is for ever.
func readEras(d ews.TimeZoneDefinition) ([]era, error) {
	if d.Transitions == nil || len(d.Transitions.At)+len(d.Transitions.Dates) == 0 {
		return only(d)
	}
	if len(d.Transitions.At)+len(d.Transitions.Dates) > maxEras {
		return nil, fmt.Errorf("more than %d transitions; leave out the past", maxEras)
	}
	var ages []era
	for _, t := range append(append([]ews.Transition(nil), d.Transitions.At...), d.Transitions.Dates...) {
		r, err := target(d, t.To)
		if err != nil {
			return nil, err
		}
		if ages, err = follow(ages, era{fromYear(t), r}); err != nil {
			return nil, err
		}
	}
	return ages, nil
}

// fromYear is the year that a transition begins; a day later, for those who write the new year in another zone's time.
func fromYear(t ews.Transition) int {
	if t.DateTime == nil {
		return 1
	}
	return t.DateTime.AddDate(0, 0, 1).Year()
}

// follow adds an era. Of two in one year it is the second that counts.
func follow(ages []era, next era) ([]era, error) {
	if len(ages) == 0 {
		return []era{{1, next.rules}}, nil
	}
	last := &ages[len(ages)-1]
	if next.from < last.from || next.from >= lastYear {
		return nil, fmt.Errorf("a transition in %d is out of order; give them by date", next.from)
	}
	if next.from == last.from {
		last.rules = next.rules
		return ages, nil
	}
	return append(ages, next), nil
}

func only(d ews.TimeZoneDefinition) ([]era, error) {
	to := ews.TransitionTarget{Kind: toPeriod, ID: d.Periods[0].ID}
	if len(d.Groups) > 0 {
		to = ews.TransitionTarget{Kind: toGroup, ID: d.Groups[0].ID}
	}
	r, err := target(d, to)
	return []era{{1, r}}, err
}

// target is what a transition leads to.
func target(d ews.TimeZoneDefinition, to ews.TransitionTarget) (rules, error) {
	if to.Kind == toPeriod {
		p, err := period(d, to)
		return rules{standard: -time.Duration(p.Bias)}, err
	}
	for _, g := range d.Groups {
		if g.ID == to.ID {
			return readGroup(d, g)
		}
	}
	return rules{}, fmt.Errorf("a transition leads to the group %q, which there is not", to.ID)
}

func period(d ews.TimeZoneDefinition, to ews.TransitionTarget) (ews.Period, error) {
	for _, p := range d.Periods {
		if p.ID != to.ID {
			continue
		}
		if bias := time.Duration(p.Bias); bias > maxOffset || bias < -maxOffset {
			return p, fmt.Errorf("the period %q is %v from UTC; give at most a day", p.ID, bias)
		}
		return p, nil
	}
	return ews.Period{}, fmt.Errorf("a transition leads to the period %q, which there is not", to.ID)
}

// readGroup reads how the periods of a year follow each other: one, or a summer and a winter.
func readGroup(d ews.TimeZoneDefinition, g ews.TransitionsGroup) (rules, error) {
	yearly := append(append([]ews.Transition(nil), g.Recurring...), g.OnDates...)
	single := append(append([]ews.Transition(nil), g.At...), g.Dates...)
	switch {
	case len(yearly) == 2:
		return readYear(d, yearly)
	case len(yearly) == 1 && len(single) == 0:
		single = yearly
	case len(yearly) != 0 || len(single) != 1:
		return rules{}, fmt.Errorf("the group %q has %d transitions; give one, or two for every year", g.ID, len(yearly)+len(single))
	}
	p, err := period(d, single[0].To)
	return rules{standard: -time.Duration(p.Bias)}, err
}

// readYear reads two transitions. The period of the name Daylight is summer; without it, the one that is further ahead.
func readYear(d ews.TimeZoneDefinition, yearly []ews.Transition) (rules, error) {
	a, errA := period(d, yearly[0].To)
	b, errB := period(d, yearly[1].To)
	first, errC := readChange(yearly[0])
	second, errD := readChange(yearly[1])
	if err := errors.Join(errA, errB, errC, errD); err != nil {
		return rules{}, err
	}
	if a.Name == daylightName || b.Name != daylightName && a.Bias < b.Bias {
		a, b, first, second = b, a, second, first
	}
	return rules{
		standard: -time.Duration(a.Bias), daylight: -time.Duration(b.Bias), changes: true, winter: first, summer: second,
	}, nil
}

// readChange reads when a transition is (MS docs: RecurringDayTransition, RecurringDateTransition).
func readChange(t ews.Transition) (change, error) {
	c := change{month: time.Month(t.Month), day: t.Day}
	if t.TimeOffset != nil {
		c.clock = time.Duration(*t.TimeOffset)
	}
	if c.month < time.January || c.month > time.December || c.clock < 0 || c.clock > maxOffset {
		return c, fmt.Errorf("a transition in month %d at %v; give a month from 1 and a time of the day", t.Month, c.clock)
	}
	if t.DayOfWeek == "" {
		if c.day < 1 || c.day > dateOf(2001, c.month+1, 0).midnight().Day() {
			return c, fmt.Errorf("a transition on day %d of month %d; give one that every year has", t.Day, t.Month)
		}
		return c, nil
	}
	return c, c.on(t.DayOfWeek, t.Occurrence)
}

// on sets a weekday and which one of the month it is: 1 to 4, and 5 or -1 for the last.
func (c *change) on(weekday string, nth int) (err error) {
	var ok bool
	if c.weekday, ok = parseWeekday(weekday); !ok {
		return fmt.Errorf("a transition on the weekday %q; give one such as Sunday", weekday)
	}
	if nth == 5 {
		nth = lastOf
	}
	if nth != lastOf && (nth < 1 || nth > 4) {
		return fmt.Errorf("a transition on %s number %d of the month; give 1 to 4, or 5 for the last", weekday, nth)
	}
	c.nth = nth
	return nil
}
