package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

// busyEvery are n busy answers without a time to wait.
func busyEvery(step time.Duration, n int) []audit.Exchange { return busyFrom(second, step, n) }

func busyFrom(first, step time.Duration, n int) (es []audit.Exchange) {
	for i := range n {
		es = append(es, busy(first+time.Duration(i)*step, 0))
	}
	return es
}

func TestBusyRetryStorm(t *testing.T) {
	t.Parallel()
	const quick = 50 * time.Millisecond
	ends := func(e audit.Exchange, status int, code ews.Code) []audit.Exchange {
		es := busyEvery(quick, 3)
		for i := range es {
			es[i].Status, es[i].Code = status, code
		}
		return append(es, e)
	}
	fourth := exemplary(second + 3*quick)
	page := ends(fourth, 503, "")
	connections := ends(fourth, 500, ews.ErrorExceededConnectionCount)
	denied := ends(fourth, 500, ews.ErrorImpersonateUserDenied)
	judge(t, []row{
		{name: "second retry", before: busyEvery(quick, 2), last: exemplary(second + 2*quick)},
		{name: "second retry, as the run begins", before: busyFrom(quick, quick, 2), last: exemplary(3 * quick)},
		{name: "third retry", before: busyEvery(quick, 3), last: fourth, want: "busy-retry-storm"},
		{name: "503 pages", before: page[:3], last: page[3], want: "busy-retry-storm"},
		{name: "connections", before: connections[:3], last: connections[3], want: "busy-retry-storm"},
		{name: "denied is not busy", before: denied[:3], last: denied[3], want: "denied-retry-storm"},
		{name: "slow retries", before: busyEvery(2*second, 5), last: exemplary(12 * second)},
		{name: "a pause before the third", before: busyEvery(quick, 3), last: exemplary(4 * second)},
		{name: "answered between", before: append(busyEvery(quick, 3)[:2:2], exemplary(second+2*quick)), last: busy(second+3*quick, 0)},
		{name: "another mailbox", before: busyEvery(quick, 3), last: with(fourth, func(e *audit.Exchange) { e.Mailbox, e.Anchor, e.Anchored = sadie, sadie, sadie })},
	})
}
