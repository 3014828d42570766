package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestOldWatermarkKept(t *testing.T) {
	t.Parallel()
	events := with(asking(ews.OpGetEvents, 3*second), func(e *audit.Exchange) { e.Subscriptions, e.Mark = []string{"a"}, 1 })
	subscribed := with(asking(ews.OpSubscribe, second), func(e *audit.Exchange) { e.Made, e.NextMark = "a", 1 })
	lost := []audit.Exchange{subscribed, with(later(events, -second), func(e *audit.Exchange) { e.Code = ews.ErrorSubscriptionNotFound })}
	bad := []audit.Exchange{subscribed, with(later(events, -second), func(e *audit.Exchange) { e.Code = ews.ErrorInvalidWatermark })}
	again := with(later(subscribed, 3*second), func(e *audit.Exchange) { e.Made, e.Mark = "b", 1 })
	judge(t, []row{
		{name: "without one", before: lost, last: with(again, func(e *audit.Exchange) { e.Mark = 0 })},
		{name: "with the old one", before: lost, last: again, want: "old-watermark-kept"},
		{name: "with one that is no good", before: bad, last: again, want: "old-watermark-kept"},
		{name: "nothing was lost", before: lost[:1], last: again},
		{name: "made again meanwhile", before: append(lost[:2:2], with(again, func(e *audit.Exchange) { e.Mark = 0 })), last: later(again, second)},
	})
}
