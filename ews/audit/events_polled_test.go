package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestEventsPolled(t *testing.T) {
	t.Parallel()
	events := with(asking(ews.OpGetEvents, 3*second), func(e *audit.Exchange) { e.Subscriptions, e.Mark = []string{"a"}, 1 })
	const quick = 50 * time.Millisecond
	more := with(events, func(e *audit.Exchange) { e.More = true })
	judge(t, []row{
		{name: "two at once", before: repeat(events, 3, quick), last: later(events, 3*quick), want: "events-polled"},
		{name: "one", before: repeat(events, 2, quick), last: later(events, 2*quick)},
		{name: "more was waiting", before: repeat(more, 5, quick), last: later(events, 5*quick)},
		{name: "with time between", before: repeat(events, 5, 2*second), last: later(events, 10*second)},
	})
}
