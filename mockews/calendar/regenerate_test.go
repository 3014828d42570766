package calendar_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

func TestRegenerate(t *testing.T) {
	t.Parallel()
	loc := place(t, "Eastern Standard Time")
	done := at(t, "2026-01-31 10:15", loc)
	endless := &ews.Range{}
	for name, c := range map[string]struct {
		r    ews.Recurrence
		want string // "" for none
	}{
		"days":              {ews.Recurrence{DailyRegeneration: &ews.Pattern{Interval: 10}, NoEnd: endless}, "2026-02-10 10:15"},
		"weeks":             {ews.Recurrence{WeeklyRegeneration: &ews.Pattern{Interval: 8}, NoEnd: endless}, "2026-03-28 10:15"},
		"a short month":     {ews.Recurrence{MonthlyRegeneration: &ews.Pattern{Interval: 1}, NoEnd: endless}, "2026-02-28 10:15"},
		"years":             {ews.Recurrence{YearlyRegeneration: &ews.Pattern{Interval: 2}, NoEnd: endless}, "2028-01-31 10:15"},
		"interval 0":        {ews.Recurrence{DailyRegeneration: &ews.Pattern{}, NoEnd: endless}, ""},
		"does not":          {ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, NoEnd: endless}, ""},
		"no pattern":        {ews.Recurrence{}, ""},
		"on the last day":   {ews.Recurrence{DailyRegeneration: &ews.Pattern{Interval: 1}, EndDate: &ews.Range{EndDate: date(t, "2026-02-01")}}, "2026-02-01 10:15"},
		"after it":          {ews.Recurrence{DailyRegeneration: &ews.Pattern{Interval: 2}, EndDate: &ews.Range{EndDate: date(t, "2026-02-01")}}, ""},
		"one more":          {ews.Recurrence{DailyRegeneration: &ews.Pattern{Interval: 1}, Numbered: &ews.Range{NumberOfOccurrences: 2}}, "2026-02-01 10:15"},
		"this was the last": {ews.Recurrence{DailyRegeneration: &ews.Pattern{Interval: 1}, Numbered: &ews.Range{NumberOfOccurrences: 1}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			next, ok := calendar.Regenerate(c.r, done)
			if assert.Equal(t, c.want != "", ok) && ok {
				assert.Equal(t, at(t, c.want, loc), next)
			}
		})
	}
}
