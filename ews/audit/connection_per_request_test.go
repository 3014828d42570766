package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestConnectionPerRequest(t *testing.T) {
	t.Parallel()
	fresh := func(n int) (es []audit.Exchange) {
		for i := range n {
			es = append(es, with(exemplary(time.Duration(1+i)*second), func(e *audit.Exchange) { e.Connection = uint64(100 + i) }))
		}
		return es
	}
	next := fresh(40)[39]
	judge(t, []row{
		{name: "27 before", before: fresh(26), last: next},
		{name: "28 before", before: fresh(27), last: next, want: "connection-per-request"},
		{name: "one was used twice", before: append(fresh(27), later(fresh(27)[26], second/2)), last: next},
		{name: "of another caller", before: fresh(27), last: with(next, func(e *audit.Exchange) { e.Caller = "svc2@contoso.com" })},
		{name: "nobody knows which", before: fresh(27), last: with(next, func(e *audit.Exchange) { e.Connection = 0 })},
	})
}
