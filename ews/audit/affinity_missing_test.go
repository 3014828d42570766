package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAffinityMissing(t *testing.T) {
	t.Parallel()
	subscribe := func(mailbox, id string, came time.Duration) audit.Exchange {
		e := member(ews.OpSubscribe, mailbox, came)
		e.Made = id
		return e
	}
	group := []audit.Exchange{subscribe(alfred, "a", second), subscribe(sadie, "b", 2*second)}
	alone := func(mailbox, id string, came time.Duration) audit.Exchange {
		return with(subscribe(mailbox, id, came), func(e *audit.Exchange) {
			e.Affinity, e.CookieSent, e.Anchor, e.Anchored = false, false, mailbox, mailbox
		})
	}
	two := []audit.Exchange{alone(alfred, "a", second), alone(sadie, "b", 2*second)}
	same := []audit.Exchange{alone(alfred, "a", second), alone(alfred, "b", 2*second)}
	bare := func(op ews.Op, ids ...string) audit.Exchange {
		return with(member(op, alfred, 3*second), func(e *audit.Exchange) { e.Affinity, e.CookieSent, e.Subscriptions = false, false, ids })
	}
	judge(t, []row{
		{name: "with affinity", before: group, last: with(bare(ews.OpGetStreamingEvents, "a", "b"), func(e *audit.Exchange) { e.Affinity, e.CookieSent = true, true })},
		{name: "a stream of a group", before: group, last: bare(ews.OpGetStreamingEvents, "a", "b"), want: "affinity-missing"},
		{name: "events of a group", before: group, last: bare(ews.OpGetEvents, "a"), want: "affinity-missing"},
		{name: "the end of one of a group", before: group, last: bare(ews.OpUnsubscribe, "a"), want: "affinity-missing"},
		{name: "two mailboxes that are no group", before: two, last: bare(ews.OpGetStreamingEvents, "a", "b"), want: "affinity-missing"},
		{name: "two subscriptions of one mailbox", before: same, last: bare(ews.OpGetStreamingEvents, "a", "b")},
		{name: "a subscription of its own", before: two, last: bare(ews.OpGetStreamingEvents, "a")},
		{name: "of nobody knows whom", last: bare(ews.OpGetStreamingEvents, "x", "y")},
	})
}
