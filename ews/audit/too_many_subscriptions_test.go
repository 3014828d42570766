package audit_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestTooManySubscriptions(t *testing.T) {
	t.Parallel()
	made := func(n int) audit.Exchange {
		return with(asking(ews.OpSubscribe, second+time.Duration(n)), func(e *audit.Exchange) { e.Made = fmt.Sprint(n) })
	}
	var full []audit.Exchange
	for n := range 20 {
		full = append(full, made(n))
	}
	about := func(op ews.Op, code ews.Code) audit.Exchange {
		return with(asking(op, 2*second), func(e *audit.Exchange) { e.Subscriptions, e.Code = []string{"7"}, code })
	}
	judge(t, []row{
		{name: "the twentieth", before: full[:19], last: made(99)},
		{name: "one more", before: full, last: made(99), want: "too-many-subscriptions"},
		{name: "one was ended", before: append(full[:20:20], about(ews.OpUnsubscribe, ews.NoError)), last: made(99)},
		{name: "one was lost", before: append(full[:20:20], about(ews.OpGetEvents, ews.ErrorSubscriptionNotFound)), last: made(99)},
		{name: "one was ended twice", before: append(full[:20:20], about(ews.OpUnsubscribe, ews.NoError), later(about(ews.OpUnsubscribe, ews.NoError), second), made(50)), last: made(99), want: "too-many-subscriptions"},
		{name: "another mailbox", before: full, last: with(made(99), func(e *audit.Exchange) { e.Mailbox, e.Anchor, e.Anchored = sadie, sadie, sadie })},
	})
}
