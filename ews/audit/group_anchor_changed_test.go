package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestGroupAnchorChanged(t *testing.T) {
	t.Parallel()
	subscribe := func(mailbox, id string, came time.Duration) audit.Exchange {
		e := member(ews.OpSubscribe, mailbox, came)
		e.Made = id
		return e
	}
	group := []audit.Exchange{subscribe(alfred, "a", second), subscribe(sadie, "b", 2*second)}
	events := with(member(ews.OpGetEvents, sadie, 3*second), func(e *audit.Exchange) { e.Subscriptions = []string{"b"} })
	judge(t, []row{
		{name: "the group's anchor", before: group, last: events},
		{name: "another one", before: group, last: with(events, func(e *audit.Exchange) { e.Anchor, e.Anchored = sadie, sadie }), want: "group-anchor-changed"},
		{name: "of nobody knows which group", last: with(events, func(e *audit.Exchange) { e.Anchor, e.Anchored = sadie, sadie })},
	})
}
