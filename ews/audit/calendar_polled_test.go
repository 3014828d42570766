package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestCalendarPolled(t *testing.T) {
	t.Parallel()
	view := with(asking(ews.OpFindItem, second), func(e *audit.Exchange) { e.Calendar, e.Text = true, 1 })
	judge(t, []row{
		{name: "now and then", before: repeat(view, 5, 15*second), last: later(view, 75*second)},
		{name: "over and over", before: repeat(view, 3, 2*second), last: later(view, 6*second), want: "calendar-polled"},
		{name: "another view", before: repeat(view, 3, 2*second), last: with(later(view, 6*second), func(e *audit.Exchange) { e.Text = 2 })},
		{name: "no calendar", before: repeat(with(view, func(e *audit.Exchange) { e.Calendar = false }), 3, 2*second), last: with(later(view, 6*second), func(e *audit.Exchange) { e.Calendar = false })},
	})
}
