package audit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSyncLeftUnfinished(t *testing.T) {
	t.Parallel()
	sync := func(state, next uint64, last bool, came time.Duration) audit.Exchange {
		e := asking(ews.OpSyncFolderItems, came)
		e.Folder, e.State, e.Next, e.Last, e.Shown = 1, state, next, last, 1
		return e
	}
	assert.Equal(t, map[audit.ID]uint64{audit.SyncLeftUnfinished: 1}, undone(sync(0, 1, false, second), sync(1, 2, false, 2*second)))
	assert.Empty(t, undone(sync(0, 1, false, second), sync(1, 2, true, 2*second)))
	assert.Empty(t, undone(refused(sync(0, 0, false, second), ews.ErrorFolderNotFound)))
	bad := refused(sync(1, 0, true, 2*second), ews.ErrorInvalidSyncStateData)
	assert.Empty(t, undone(sync(0, 1, false, second), bad), "a state that was refused is no reason to go on with it")
}
