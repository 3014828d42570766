package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestDeadSubscriptionReused(t *testing.T) {
	t.Parallel()
	events := with(asking(ews.OpGetEvents, 3*second), func(e *audit.Exchange) { e.Subscriptions, e.Mark = []string{"a"}, 1 })
	subscribed := with(asking(ews.OpSubscribe, second), func(e *audit.Exchange) { e.Made, e.NextMark = "a", 1 })
	lost := []audit.Exchange{subscribed, with(later(events, -second), func(e *audit.Exchange) { e.Code = ews.ErrorSubscriptionNotFound })}
	stream := with(asking(ews.OpGetStreamingEvents, 3*second), func(e *audit.Exchange) { e.Subscriptions = []string{"a", "b"} })
	half := []audit.Exchange{with(later(stream, -second), func(e *audit.Exchange) {
		e.Code, e.Gone = ews.ErrorSubscriptionNotFound, []string{"a"}
	})}
	judge(t, []row{
		{name: "for the first time", before: lost[:1], last: lost[1]},
		{name: "once more", before: lost, last: events, want: "dead-subscription-reused"},
		{name: "asked before it was told", before: lost, last: later(events, time.Millisecond-second)},
		{name: "by a stream", before: lost, last: stream, want: "dead-subscription-reused"},
		{name: "one of a stream", before: half, last: stream, want: "dead-subscription-reused"},
		{name: "the others of the stream", before: half, last: with(stream, func(e *audit.Exchange) { e.Subscriptions = []string{"b"} })},
		{name: "another one", before: lost, last: with(events, func(e *audit.Exchange) { e.Subscriptions = []string{"c"} })},
		{name: "ending it all the same", before: lost, last: with(asking(ews.OpUnsubscribe, 3*second), func(e *audit.Exchange) { e.Subscriptions = []string{"a"} })},
	})
}
