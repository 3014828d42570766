package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSyncPolled(t *testing.T) {
	t.Parallel()
	sync := func(state, next uint64, last bool, came time.Duration) audit.Exchange {
		e := asking(ews.OpSyncFolderItems, came)
		e.Folder, e.State, e.Next, e.Last, e.Shown = 1, state, next, last, 1
		return e
	}
	idle := with(sync(1, 1, true, 2*second), func(e *audit.Exchange) { e.Shown = 0 })
	rounds := func(n int, step time.Duration) []audit.Exchange {
		return append([]audit.Exchange{sync(0, 1, true, second)}, repeat(idle, n, step)...)
	}
	const quick = 50 * time.Millisecond
	judge(t, []row{
		{name: "twice at once", before: rounds(3, quick), last: later(idle, 3*quick), want: "sync-polled"},
		{name: "once", before: rounds(2, quick), last: later(idle, 2*quick)},
		{name: "with time between", before: rounds(5, 2*second), last: later(idle, 10*second)},
		{name: "something had changed", before: append(rounds(2, quick), sync(1, 2, true, 2*second+2*quick)), last: sync(2, 2, true, 2*second+3*quick)},
	})
}
