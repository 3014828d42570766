package mailbox

import (
	"errors"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

// The longest intervals of a pattern (MS-OXOCAL, section 2.2.1.44.1).
const (
	maxDays    = 999
	maxPeriods = 99
)

// checkSeries says what is wrong with how an appointment recurs (MS docs: ResponseCode).
func checkSeries(s calendar.Series) ews.Code {
	if end := s.Recurrence.EndDate; end != nil && end.EndDate.After(latestEnd()) {
		return "ErrorRecurrenceEndDateTooBig"
	}
	if code := checkPattern(s.Recurrence); code != ews.NoError {
		return code
	}
	switch err := s.Check(); {
	case errors.Is(err, calendar.ErrEndBeforeStart):
		return "ErrorCalendarEndDateIsEarlierThanStartDate"
	case errors.Is(err, calendar.ErrNoOccurrence):
		return "ErrorRecurrenceHasNoOccurrence"
	case err != nil:
		return "ErrorCalendarInvalidRecurrence"
	}
	return ews.NoError
}

// checkPattern says what is wrong with the values of a pattern, of appointments and of tasks, whatever range it has.
func checkPattern(r ews.Recurrence) ews.Code {
	if r.Weekly != nil && !onlyWeekdays(r.Weekly.DaysOfWeek) {
		return "ErrorCalendarInvalidDayForWeeklyRecurrence"
	}
	if !inRange(r) {
		return "ErrorCalendarOutOfRange"
	}
	return ews.NoError
}

// onlyWeekdays reports whether there is no Day, Weekday or WeekendDay among days, which are for patterns by month and year.
func onlyWeekdays(days string) bool {
	for word := range strings.FieldsSeq(days) {
		if word == "Day" || word == "Weekday" || word == "WeekendDay" {
			return false
		}
	}
	return true
}

// inRange reports whether the numbers of a recurrence are ones that there are: the schema bounds none of them.
func inRange(r ews.Recurrence) bool {
	if r.Daily != nil && !upTo(r.Daily.Interval, maxDays) || r.Numbered != nil && r.Numbered.NumberOfOccurrences < 1 {
		return false
	}
	for _, p := range []*ews.Pattern{r.Weekly, r.AbsoluteMonthly, r.RelativeMonthly} {
		if p != nil && !upTo(p.Interval, maxPeriods) {
			return false
		}
	}
	for _, p := range []*ews.Pattern{r.AbsoluteMonthly, r.AbsoluteYearly} {
		if p != nil && !upTo(p.DayOfMonth, 31) {
			return false
		}
	}
	return true
}

func upTo(n, most int) bool { return n >= 1 && n <= most }
