package audit_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestOversizedGroup(t *testing.T) {
	t.Parallel()
	subscribe := func(mailbox, id string, came time.Duration) audit.Exchange {
		e := member(ews.OpSubscribe, mailbox, came)
		e.Made = id
		return e
	}
	var full []audit.Exchange
	for i := range 200 {
		full = append(full, subscribe(fmt.Sprintf("user%d@contoso.com", i), fmt.Sprint(i), second+time.Duration(i)))
	}
	next := subscribe(sadie, "next", 3*second)
	ended := with(member(ews.OpUnsubscribe, alfred, 2*second), func(e *audit.Exchange) { e.Subscriptions = []string{"7"} })
	judge(t, []row{
		{name: "the 200th", before: full[:199], last: next},
		{name: "the 201st", before: full, last: next, want: "oversized-group"},
		{name: "one was ended", before: append(full[:200:200], ended), last: next},
		{name: "another group", before: full, last: with(next, func(e *audit.Exchange) { e.Anchor, e.Anchored = sadie, sadie })},
		{name: "without affinity", before: full, last: with(next, func(e *audit.Exchange) { e.Affinity, e.CookieSent, e.Anchor, e.Anchored = false, false, sadie, sadie })},
	})
}
