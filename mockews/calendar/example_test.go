package calendar_test

import (
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

// A meeting on the last Friday of every month stays at four in the afternoon when clocks are changed.
func ExampleSeries_Between() {
	loc, _ := calendar.Location("W. Europe Standard Time")
	start := time.Date(2026, time.January, 30, 16, 0, 0, 0, loc)
	s := calendar.Series{Start: start, End: start.Add(time.Hour), Zone: loc, Recurrence: ews.Recurrence{
		RelativeMonthly: &ews.Pattern{Interval: 1, DaysOfWeek: "Friday", DayOfWeekIndex: "Last"},
		NoEnd:           &ews.Range{},
	}}
	for _, slot := range s.Between(start, start.AddDate(0, 3, 0)) {
		fmt.Println(slot.Index, slot.Start.Format("2 January 15:04 MST"))
	}
	// Output:
	// 1 30 January 15:00 UTC
	// 2 27 February 15:00 UTC
	// 3 27 March 15:00 UTC
	// 4 24 April 14:00 UTC
}
