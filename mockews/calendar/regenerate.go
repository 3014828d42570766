package calendar

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Regenerate returns when a task is due next that was done at an instant: so long after it, in the calendar of done's
// location. It is false where the recurrence does not regenerate, or is over. A numbered range counts the tasks that are
// left, the one that was done included (MS docs: DailyRegeneration and its like).
func Regenerate(p ews.Recurrence, done time.Time) (next time.Time, ok bool) {
	if single(p) != nil {
		return next, false
	}
	switch {
	case p.DailyRegeneration != nil:
		next, ok = done.AddDate(0, 0, p.DailyRegeneration.Interval), interval(p.DailyRegeneration, maxDays) == nil
	case p.WeeklyRegeneration != nil:
		next, ok = done.AddDate(0, 0, 7*p.WeeklyRegeneration.Interval), interval(p.WeeklyRegeneration, maxPeriod) == nil
	case p.MonthlyRegeneration != nil:
		next, ok = addMonths(done, p.MonthlyRegeneration.Interval), interval(p.MonthlyRegeneration, maxPeriod) == nil
	case p.YearlyRegeneration != nil:
		next, ok = addMonths(done, 12*p.YearlyRegeneration.Interval), interval(p.YearlyRegeneration, maxPeriod) == nil
	}
	if !ok || over(p, next) {
		return time.Time{}, false
	}
	return next, true
}

// addMonths keeps to the last day of a month that is too short.
func addMonths(t time.Time, months int) time.Time {
	month := dayOf(t).month() + months
	day := min(monthStart(month)+day(t.Day()-1), monthStart(month+1)-1).midnight()
	return time.Date(day.Year(), day.Month(), day.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
}

// over reports whether a range has no room for one more.
func over(p ews.Recurrence, next time.Time) bool {
	switch {
	case p.EndDate != nil:
		return dayOf(next) > dayOf(p.EndDate.EndDate.Time)
	case p.Numbered != nil:
		return p.Numbered.NumberOfOccurrences <= 1
	}
	return false
}
