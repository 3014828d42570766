package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSyncStateStale(t *testing.T) {
	t.Parallel()
	sync := func(state, next uint64, last bool, came time.Duration) audit.Exchange {
		e := asking(ews.OpSyncFolderItems, came)
		e.Folder, e.State, e.Next, e.Last, e.Shown = 1, state, next, last, 1
		return e
	}
	two := []audit.Exchange{sync(0, 1, false, second), sync(1, 2, false, 2*second)}
	judge(t, []row{
		{name: "the latest", before: two, last: sync(2, 3, true, 3*second)},
		{name: "the one before", before: two, last: sync(1, 2, false, 3*second), want: "sync-state-stale"},
		{name: "one before that", before: append(two[:2:2], sync(2, 3, true, 3*second)), last: sync(1, 2, false, 4*second), want: "sync-state-stale"},
		{name: "the one before, sent before the answer", before: two, last: sync(1, 2, false, 2*second+time.Millisecond)},
		{name: "one that nobody knows", before: two, last: sync(9, 10, false, 3*second)},
		{name: "nothing had changed", before: []audit.Exchange{sync(0, 1, true, second), sync(1, 1, true, 5*second)}, last: sync(1, 1, true, 9*second)},
		{name: "the answer failed", before: append(two[:1:1], refused(sync(1, 0, false, 2*second), ews.ErrorInternalServerTransientError)), last: sync(1, 2, false, 3*second)},
		{name: "the answer was lost", before: append(two[:1:1], with(two[1], func(e *audit.Exchange) { e.Undelivered = true })), last: sync(1, 2, false, 3*second)},
		{name: "begun afresh", before: append(two[:2:2], sync(0, 1, false, 3*second)), last: sync(1, 2, false, 4*second)},
		{name: "another folder", before: two, last: with(sync(1, 2, false, 3*second), func(e *audit.Exchange) { e.Folder = 2 })},
		{name: "another program", before: two, last: with(sync(1, 2, false, 3*second), func(e *audit.Exchange) { e.UserAgent, e.Connection = "importer/1.0", 2 })},
	})
}
