package calendar

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Regenerate is when the next of a task is due that recurs so long after the last one was done; false for a recurrence that
// does not regenerate.
func Regenerate(r ews.Recurrence, done time.Time) (next time.Time, ok bool) {
	switch {
	case r.DailyRegeneration != nil:
		return done.AddDate(0, 0, r.DailyRegeneration.Interval), true
	case r.WeeklyRegeneration != nil:
		return done.AddDate(0, 0, 7*r.WeeklyRegeneration.Interval), true
	case r.MonthlyRegeneration != nil:
		return done.AddDate(0, r.MonthlyRegeneration.Interval, 0), true
	case r.YearlyRegeneration != nil:
		return done.AddDate(r.YearlyRegeneration.Interval, 0, 0), true
	}
	return time.Time{}, false
}
