package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestWatermarkStale(t *testing.T) {
	t.Parallel()
	events := with(asking(ews.OpGetEvents, 3*second), func(e *audit.Exchange) { e.Subscriptions, e.Mark = []string{"a"}, 1 })
	subscribed := with(asking(ews.OpSubscribe, second), func(e *audit.Exchange) { e.Made, e.NextMark = "a", 1 })
	read := with(events, func(e *audit.Exchange) { e.NextMark = 2 })
	judge(t, []row{
		{name: "the first", before: []audit.Exchange{subscribed}, last: read},
		{name: "the latest", before: []audit.Exchange{subscribed, read}, last: with(later(events, 2*second), func(e *audit.Exchange) { e.Mark = 2 })},
		{name: "one that is passed", before: []audit.Exchange{subscribed, read}, last: later(events, 2*second), want: "watermark-stale"},
		{name: "the answer was lost", before: []audit.Exchange{subscribed, with(read, func(e *audit.Exchange) { e.Undelivered = true })}, last: later(events, 2*second)},
		{name: "at the same time", before: []audit.Exchange{subscribed, read}, last: later(events, time.Millisecond)},
		{name: "of nobody knows which", before: []audit.Exchange{read}, last: with(later(events, 2*second), func(e *audit.Exchange) { e.Subscriptions = []string{"z"} })},
	})
}
