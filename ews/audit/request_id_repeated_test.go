package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestRequestIDRepeated(t *testing.T) {
	t.Parallel()
	first := exemplary(second)
	again := with(exemplary(2*second), func(e *audit.Exchange) { e.RequestID = first.RequestID })
	judge(t, []row{
		{name: "one of its own", before: []audit.Exchange{first}, last: exemplary(2 * second)},
		{name: "the same", before: []audit.Exchange{first}, last: again, want: "request-id-repeated"},
		{name: "the same in another arm of a comparison, which has another anchor", before: []audit.Exchange{first}, last: with(again, func(e *audit.Exchange) { e.Anchor = "alfred@mail.contoso.com" })},
		{name: "none, twice", before: []audit.Exchange{with(first, func(e *audit.Exchange) { e.RequestID = "" })}, last: with(again, func(e *audit.Exchange) { e.RequestID = "" }), want: "no-client-request-id"},
	})
}
