package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSubscriptionLimitIgnored(t *testing.T) {
	t.Parallel()
	more := asking(ews.OpSubscribe, second)
	full := []audit.Exchange{with(more, func(e *audit.Exchange) { e.Code = ews.ErrorExceededSubscriptionCount })}
	end := with(asking(ews.OpUnsubscribe, 2*second), func(e *audit.Exchange) { e.Subscriptions = []string{"a"} })
	judge(t, []row{
		{name: "for the first time", last: full[0]},
		{name: "once more", before: full, last: later(more, 2*second), want: "subscription-limit-ignored"},
		{name: "after one was ended", before: append(full[:1:1], end), last: later(more, 2*second)},
		{name: "another mailbox", before: full, last: with(later(more, 2*second), func(e *audit.Exchange) { e.Mailbox, e.Anchor, e.Anchored = sadie, sadie, sadie })},
	})
}
