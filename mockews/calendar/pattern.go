package calendar

import (
	"errors"
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// What can be wrong with a series; servers have a code for each.
var (
	// ErrRecurrence is ErrorCalendarInvalidRecurrence.
	ErrRecurrence = errors.New("no valid recurrence")
	// ErrEndBeforeStart is ErrorCalendarEndDateIsEarlierThanStartDate.
	ErrEndBeforeStart = errors.New("the end is before the start")
	// ErrNoOccurrence is ErrorRecurrenceHasNoOccurrence.
	ErrNoOccurrence = errors.New("the recurrence has no occurrence")
)

// The longest intervals (MS docs: Interval; MS-OXOCAL, section 2.2.1.44.1).
const (
	maxDays   = 999
	maxPeriod = 99
)

// newCycle reads the pattern of a series that begins on a day.
func newCycle(r ews.Recurrence, first day) (cycle, error) {
	if err := single(r); err != nil {
		return nil, err
	}
	switch {
	case r.Daily != nil:
		return daily{first, r.Daily.Interval}, interval(r.Daily, maxDays)
	case r.Weekly != nil:
		return readWeekly(r.Weekly, first)
	case r.AbsoluteMonthly != nil:
		pick, err := readDay(r.AbsoluteMonthly)
		return monthly{first.month(), r.AbsoluteMonthly.Interval, pick}, errors.Join(err, interval(r.AbsoluteMonthly, maxPeriod))
	case r.RelativeMonthly != nil:
		pick, err := readNth(r.RelativeMonthly)
		return monthly{first.month(), r.RelativeMonthly.Interval, pick}, errors.Join(err, interval(r.RelativeMonthly, maxPeriod))
	case r.AbsoluteYearly != nil:
		pick, err := readDay(r.AbsoluteYearly)
		return readYearly(r.AbsoluteYearly, first, pick, err)
	case r.RelativeYearly != nil:
		pick, err := readNth(r.RelativeYearly)
		return readYearly(r.RelativeYearly, first, pick, err)
	}
	return nil, fmt.Errorf("%w: a task that regenerates has no occurrences before it is done", ErrRecurrence)
}

// single checks that there is one pattern.
func single(r ews.Recurrence) error {
	count := 0
	for _, p := range []*ews.Pattern{
		r.Daily, r.Weekly, r.AbsoluteMonthly, r.RelativeMonthly, r.AbsoluteYearly, r.RelativeYearly,
		r.DailyRegeneration, r.WeeklyRegeneration, r.MonthlyRegeneration, r.YearlyRegeneration,
	} {
		if p != nil {
			count++
		}
	}
	if count != 1 {
		return fmt.Errorf("%w: it has %d patterns; give one", ErrRecurrence, count)
	}
	return nil
}

func interval(p *ews.Pattern, most int) error {
	if p.Interval < 1 || p.Interval > most {
		return fmt.Errorf("%w: interval %d; give 1 to %d", ErrRecurrence, p.Interval, most)
	}
	return nil
}

// readWeekly reads a weekly pattern; a week that does not say so begins on Sunday.
func readWeekly(p *ews.Pattern, first day) (cycle, error) {
	if err := interval(p, maxPeriod); err != nil {
		return nil, err
	}
	on, ok := parseDays(p.DaysOfWeek)
	if !ok {
		return nil, fmt.Errorf("%w: days of week %q; give some such as \"Monday Friday\"", ErrRecurrence, p.DaysOfWeek)
	}
	begins, ok := parseWeekday(p.FirstDayOfWeek)
	if !ok && p.FirstDayOfWeek != "" {
		return nil, fmt.Errorf("%w: first day of week %q; give one such as Monday", ErrRecurrence, p.FirstDayOfWeek)
	}
	return newWeekly(first, p.Interval, on, int(begins)), nil
}

// readYearly reads the month of a yearly pattern. EWS gives it no interval.
func readYearly(p *ews.Pattern, first day, pick func(first, last day) day, err error) (cycle, error) {
	month, ok := parseMonth(p.Month)
	if !ok {
		err = errors.Join(err, fmt.Errorf("%w: month %q; give one such as January", ErrRecurrence, p.Month))
	}
	years := max(p.Interval, 1)
	if years > maxPeriod {
		err = errors.Join(err, fmt.Errorf("%w: interval %d; give 1 to %d", ErrRecurrence, years, maxPeriod))
	}
	return monthly{floorDiv(first.month(), 12)*12 + int(month) - int(time.January), 12 * years, pick}, err
}

func readDay(p *ews.Pattern) (func(first, last day) day, error) {
	if p.DayOfMonth < 1 || p.DayOfMonth > 31 {
		return nil, fmt.Errorf("%w: day of month %d; give 1 to 31", ErrRecurrence, p.DayOfMonth)
	}
	return onDay(p.DayOfMonth), nil
}

func readNth(p *ews.Pattern) (func(first, last day) day, error) {
	n, ok := parseIndex(p.DayOfWeekIndex)
	if !ok {
		return nil, fmt.Errorf("%w: day of week index %q; give First to Fourth, or Last", ErrRecurrence, p.DayOfWeekIndex)
	}
	set, ok := parseDays(p.DaysOfWeek)
	if !ok {
		return nil, fmt.Errorf("%w: days of week %q; give one such as Monday or Weekday", ErrRecurrence, p.DaysOfWeek)
	}
	return onNth(n, set), nil
}

func parseIndex(word string) (int, bool) {
	switch word {
	case "First":
		return 1, true
	case "Second":
		return 2, true
	case "Third":
		return 3, true
	case "Fourth":
		return 4, true
	case "Last":
		return lastOf, true
	}
	return 0, false
}
