package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestPagingByPageSize(t *testing.T) {
	t.Parallel()
	page := func(offset, shown int, last bool, came time.Duration) audit.Exchange {
		e := asking(ews.OpFindItem, came)
		e.Query, e.Page, e.Offset, e.Shown, e.Last = 1, 100, offset, shown, last
		return e
	}
	short := []audit.Exchange{page(0, 60, false, second)}
	judge(t, []row{
		{name: "what came", before: short, last: page(60, 40, true, 2*second)},
		{name: "the size that was asked for", before: short, last: page(100, 40, true, 2*second), want: "paging-by-page-size"},
		{name: "once more the same", before: short, last: page(0, 60, false, 2*second)},
		{name: "at the same time", before: short, last: page(100, 40, true, second+time.Millisecond)},
		{name: "another search", before: short, last: with(page(100, 40, true, 2*second), func(e *audit.Exchange) { e.Query = 2 })},
		{name: "another program", before: short, last: with(page(100, 40, true, 2*second), func(e *audit.Exchange) { e.UserAgent, e.Connection = "importer/1.0", 2 })},
		{name: "a page that failed says nothing", before: []audit.Exchange{refused(short[0], ews.ErrorServerBusy)}, last: page(100, 40, true, 4*second)},
		{name: "a page that was lost says nothing", before: []audit.Exchange{with(short[0], func(e *audit.Exchange) { e.Undelivered = true })}, last: page(100, 40, true, 4*second)},
		{name: "no pages", before: short, last: with(page(100, 40, true, 2*second), func(e *audit.Exchange) { e.Query = 0 })},
	})
}
