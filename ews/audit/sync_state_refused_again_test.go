package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSyncStateRefusedAgain(t *testing.T) {
	t.Parallel()
	sync := func(state, next uint64, last bool, came time.Duration) audit.Exchange {
		e := asking(ews.OpSyncFolderItems, came)
		e.Folder, e.State, e.Next, e.Last, e.Shown = 1, state, next, last, 1
		return e
	}
	bad := refused(sync(7, 0, true, second), ews.ErrorInvalidSyncStateData)
	told := []audit.Exchange{sync(0, 7, true, 0), bad}
	judge(t, []row{
		{name: "for the first time", last: bad},
		{name: "the same", before: told, last: later(bad, second), want: "sync-state-refused-again"},
		{name: "afresh", before: told, last: sync(0, 1, false, 2*second)},
		{name: "afresh, and on", before: append(told[:2:2], sync(0, 7, false, 2*second)), last: sync(7, 8, true, 3*second)},
	})
}
