package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSyncFromScratch(t *testing.T) {
	t.Parallel()
	sync := func(state, next uint64, last bool, came time.Duration) audit.Exchange {
		e := asking(ews.OpSyncFolderItems, came)
		e.Folder, e.State, e.Next, e.Last, e.Shown = 1, state, next, last, 1
		return e
	}
	again := func(n int) (es []audit.Exchange) {
		for i := range n {
			es = append(es, sync(0, 1, true, time.Duration(1+i)*10*second))
		}
		return es
	}
	judge(t, []row{
		{name: "once more, as after a start", before: again(1), last: sync(0, 1, true, 90*second)},
		{name: "time and again", before: again(2), last: sync(0, 1, true, 90*second), want: "sync-from-scratch"},
		{name: "time and again a folder that fails", before: []audit.Exchange{refused(again(1)[0], ews.ErrorServerBusy), refused(again(2)[1], ews.ErrorServerBusy)}, last: sync(0, 1, true, 90*second)},
		{name: "because the state was refused", before: append(again(2), refused(sync(1, 0, true, 50*second), ews.ErrorInvalidSyncStateData)), last: sync(0, 1, true, 90*second)},
	})
}
