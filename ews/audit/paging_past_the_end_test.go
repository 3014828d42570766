package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestPagingPastTheEnd(t *testing.T) {
	t.Parallel()
	page := func(offset, shown int, last bool, came time.Duration) audit.Exchange {
		e := asking(ews.OpFindItem, came)
		e.Query, e.Page, e.Offset, e.Shown, e.Last = 1, 100, offset, shown, last
		return e
	}
	read := []audit.Exchange{page(0, 100, false, second), page(100, 40, true, 2*second)}
	judge(t, []row{
		{name: "from the beginning", before: read, last: page(0, 100, false, 3*second)},
		{name: "behind the end", before: read, last: page(140, 0, true, 3*second), want: "paging-past-the-end"},
		{name: "the last page again", before: read, last: page(100, 40, true, 3*second)},
		{name: "read again meanwhile", before: append(read[:2:2], page(0, 100, false, 3*second)), last: page(100, 40, true, 4*second)},
		{name: "all was in one page", before: []audit.Exchange{page(0, 9, true, second)}, last: page(9, 0, true, 2*second)},
	})
}
