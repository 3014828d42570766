package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestUnsafeRetry(t *testing.T) {
	t.Parallel()
	create := with(asking(ews.OpCreateItem, second), func(e *audit.Exchange) { e.Text, e.Items = 1, 3 })
	ended := func(change func(*audit.Exchange)) []audit.Exchange { return []audit.Exchange{with(create, change)} }
	hung := ended(func(e *audit.Exchange) { e.Status, e.Code = 0, "" })
	judge(t, []row{
		{name: "after the client hung up", before: hung, last: later(create, second), want: "unsafe-retry"},
		{name: "after a page from a gateway", before: ended(func(e *audit.Exchange) { e.Status, e.Code = 504, "" }), last: later(create, second), want: "unsafe-retry"},
		{name: "after a page from the application", before: ended(func(e *audit.Exchange) { e.Status, e.Code = 500, "" }), last: later(create, second), want: "unsafe-retry"},
		{name: "after half an answer", before: ended(func(e *audit.Exchange) { e.Undelivered = true }), last: later(create, second), want: "unsafe-retry"},
		{name: "after a timeout of the server", before: ended(func(e *audit.Exchange) { e.Code = "ErrorTimeoutExpired" }), last: later(create, second), want: "unsafe-retry"},
		{name: "after it was turned away", before: ended(func(e *audit.Exchange) { e.Status, e.Code = 500, ews.ErrorServerBusy }), last: later(create, 3*second)},
		{name: "after it was not let in", before: ended(func(e *audit.Exchange) { e.Status, e.Code = 503, "" }), last: later(create, 3*second)},
		{name: "after it was done", before: ended(func(*audit.Exchange) {}), last: later(create, second)},
		{name: "another one", before: hung, last: with(later(create, second), func(e *audit.Exchange) { e.Text = 2 })},
		{name: "at the same time", before: hung, last: later(create, time.Millisecond)},
		{name: "something that changes nothing", before: []audit.Exchange{with(exemplary(second), func(e *audit.Exchange) { e.Status, e.Code = 0, "" })}, last: exemplary(2 * second)},
		{name: "done meanwhile", before: append(hung[:1:1], later(create, second)), last: later(create, 2*second)},
	})
}
