package calendar

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// rule is a pattern in a form to count by.
type rule struct {
	every    int // days, weeks, months or years
	unit     unit
	weekdays [7]bool
	first    time.Weekday // of a week
	nth      int          // 1 to 4, 5 is the last one; 0: by the day of the month
	day      int          // of the month
	month    time.Month   // of a year
}

type unit uint8

const (
	daily unit = iota
	weekly
	monthly
	yearly
)

// ruleOf reads the pattern of a recurrence.
func ruleOf(r ews.Recurrence) (rule, error) {
	switch {
	case r.Daily != nil:
		return rule{every: r.Daily.Interval, unit: daily}, nil
	case r.Weekly != nil:
		return weeklyRule(r.Weekly)
	case r.AbsoluteMonthly != nil:
		return rule{every: r.AbsoluteMonthly.Interval, unit: monthly, day: r.AbsoluteMonthly.DayOfMonth}, nil
	case r.RelativeMonthly != nil:
		return relative(rule{every: r.RelativeMonthly.Interval, unit: monthly}, r.RelativeMonthly)
	case r.AbsoluteYearly != nil:
		month, err := monthOf(r.AbsoluteYearly.Month)
		return rule{every: 1, unit: yearly, day: r.AbsoluteYearly.DayOfMonth, month: month}, err
	case r.RelativeYearly != nil:
		month, err := monthOf(r.RelativeYearly.Month)
		if err != nil {
			return rule{}, err
		}
		return relative(rule{every: 1, unit: yearly, month: month}, r.RelativeYearly)
	}
	return rule{}, errors.New("calendar: the recurrence has no pattern that an appointment can have")
}

func weeklyRule(p *ews.Pattern) (r rule, err error) {
	r = rule{every: p.Interval, unit: weekly}
	if r.weekdays, err = weekdays(p.DaysOfWeek); err != nil {
		return r, err
	}
	if p.FirstDayOfWeek != "" {
		r.first, err = weekday(p.FirstDayOfWeek)
	}
	return r, err
}

func relative(r rule, p *ews.Pattern) (rule, error) {
	var err error
	if r.weekdays, err = weekdays(p.DaysOfWeek); err != nil {
		return r, err
	}
	for i, name := range []string{"First", "Second", "Third", "Fourth", "Last"} {
		if name == p.DayOfWeekIndex {
			r.nth = i + 1
			return r, nil
		}
	}
	return r, fmt.Errorf("calendar: DayOfWeekIndex %q is none of First, Second, Third, Fourth and Last", p.DayOfWeekIndex)
}

func weekday(name string) (time.Weekday, error) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if d.String() == name {
			return d, nil
		}
	}
	return 0, fmt.Errorf("calendar: %q is no day of the week", name)
}

// weekdays reads "Monday Friday", Day, Weekday or WeekendDay.
func weekdays(names string) (days [7]bool, err error) {
	for name := range strings.FieldsSeq(names) {
		switch name {
		case "Day":
			days = [7]bool{true, true, true, true, true, true, true}
		case "Weekday":
			days = [7]bool{false, true, true, true, true, true, false}
		case "WeekendDay":
			days = [7]bool{true, false, false, false, false, false, true}
		default:
			d, err := weekday(name)
			if err != nil {
				return days, err
			}
			days[d] = true
		}
	}
	if days == [7]bool{} {
		return days, errors.New("calendar: the pattern names no day of the week")
	}
	return days, nil
}

func monthOf(name string) (time.Month, error) {
	for m := time.January; m <= time.December; m++ {
		if m.String() == name {
			return m, nil
		}
	}
	return 0, fmt.Errorf("calendar: %q is no month", name)
}

// The longest intervals (MS docs: Interval).
const (
	maxDays   = 999
	maxWeeks  = 99
	maxMonths = 99
)

func (r rule) check() error {
	limit := map[unit]int{daily: maxDays, weekly: maxWeeks, monthly: maxMonths, yearly: 1}[r.unit]
	if r.every < 1 || r.every > limit {
		return fmt.Errorf("calendar: an interval of %d: 1 to %d can be asked for", r.every, limit)
	}
	if r.unit >= monthly && r.nth == 0 && (r.day < 1 || r.day > 31) {
		return fmt.Errorf("calendar: no month has a day %d", r.day)
	}
	return nil
}

// days yields the days of the rule from one on, in their order.
func (r rule) days(from time.Time) iter.Seq[time.Time] {
	switch r.unit {
	case daily:
		return r.daily(from)
	case weekly:
		return r.weekly(from)
	case monthly, yearly:
	}
	return r.monthly(from)
}

func (r rule) daily(from time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		for d := from; yield(d); d = d.AddDate(0, 0, r.every) {
		}
	}
}

func (r rule) weekly(from time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		back := (int(from.Weekday()) - int(r.first) + 7) % 7
		for week := from.AddDate(0, 0, -back); ; week = week.AddDate(0, 0, 7*r.every) {
			for i := range 7 {
				d := week.AddDate(0, 0, i)
				if r.weekdays[d.Weekday()] && !d.Before(from) && !yield(d) {
					return
				}
			}
		}
	}
}

// lastYear bounds what is looked at.
const lastYear = 4500

func (r rule) monthly(from time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		month, step := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC), r.every
		if r.unit == yearly {
			month, step = time.Date(from.Year(), r.month, 1, 0, 0, 0, 0, time.UTC), 12*r.every
		}
		for ; month.Year() < lastYear; month = month.AddDate(0, step, 0) {
			if d := r.within(month); !d.Before(from) && !yield(d) {
				return
			}
		}
	}
}

// within is the day of the rule in a month. A day that a month lacks is its last one (MS-OXOCAL, section 2.2.1.44.1.3).
func (r rule) within(month time.Time) time.Time {
	last := month.AddDate(0, 1, -1).Day()
	if r.nth == 0 {
		return month.AddDate(0, 0, min(r.day, last)-1)
	}
	found, count := month, 0
	for i := range last {
		d := month.AddDate(0, 0, i)
		if r.weekdays[d.Weekday()] {
			found = d
			if count++; count == r.nth && r.nth < 5 {
				return d
			}
		}
	}
	return found
}
