package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestBatchRepeated(t *testing.T) {
	t.Parallel()
	create := with(asking(ews.OpCreateItem, second), func(e *audit.Exchange) { e.Text, e.Items = 1, 3 })
	partly := []audit.Exchange{with(create, func(e *audit.Exchange) { e.Done, e.Failed, e.Code = 1, 2, ews.ErrorMailboxMoveInProgress })}
	judge(t, []row{
		{name: "the whole", before: partly, last: later(create, 2*second), want: "batch-repeated"},
		{name: "the rest", before: partly, last: with(later(create, 2*second), func(e *audit.Exchange) { e.Text, e.Items = 2, 2 })},
		{name: "nothing was done", before: []audit.Exchange{with(partly[0], func(e *audit.Exchange) { e.Done, e.Failed = 0, 3 })}, last: later(create, 2*second)},
	})
}
