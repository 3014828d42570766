package calendar

import (
	"strings"
	"time"
)

// day is a day of the calendar, counted from 1 January 1970. It has no zone: patterns are about wall calendars.
type day int

// dayOf is the day that a clock in t's location shows.
func dayOf(t time.Time) day { return dateOf(t.Date()) }

// dateOf is the day of a date; days beyond the end of a month run on into the next.
func dateOf(y int, m time.Month, d int) day {
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// midnight is the day's beginning as a wall clock in UTC.
func (d day) midnight() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d day) weekday() time.Weekday { return time.Weekday(mod(int(d)+int(time.Thursday), 7)) }

// month counts months from the year 0, so that intervals are plain arithmetic.
func (d day) month() int {
	y, m, _ := d.midnight().Date()
	return y*12 + int(m) - 1
}

// monthStart is the first day of a month as [day.month] counts them; its last is the day before the next one's first.
func monthStart(month int) day {
	return dateOf(floorDiv(month, 12), time.Month(mod(month, 12)+1), 1)
}

func floorDiv(a, b int) int { return (a - mod(a, b)) / b }

func mod(a, b int) int { return (a%b + b) % b }

// weekdays is a set of them: bit 0 is Sunday.
type weekdays uint8

func (w weekdays) has(d time.Weekday) bool { return w&(1<<d) != 0 }

const (
	everyDay weekdays = 1<<7 - 1
	weekend           = 1<<time.Saturday | 1<<time.Sunday
)

// parseDays reads "Monday Friday", and the words for several: Day, Weekday, WeekendDay (MS docs: DaysOfWeek).
func parseDays(text string) (set weekdays, ok bool) {
	for word := range strings.FieldsSeq(text) {
		more := daysOf(word)
		if more == 0 {
			return 0, false
		}
		set |= more
	}
	return set, set != 0
}

func daysOf(word string) weekdays {
	switch word {
	case "Day":
		return everyDay
	case "Weekday":
		return everyDay &^ weekend
	case "WeekendDay":
		return weekend
	}
	if d, ok := parseWeekday(word); ok {
		return 1 << d
	}
	return 0
}

func parseWeekday(word string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if word == d.String() {
			return d, true
		}
	}
	return 0, false
}

func parseMonth(word string) (time.Month, bool) {
	for m := time.January; m <= time.December; m++ {
		if word == m.String() {
			return m, true
		}
	}
	return 0, false
}
