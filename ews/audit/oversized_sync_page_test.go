package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestOversizedSyncPage(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"512", func(e *audit.Exchange) { e.Op, e.MaxChanges = ews.OpSyncFolderItems, 512 }, ""},
		{"513", func(e *audit.Exchange) { e.Op, e.MaxChanges = ews.OpSyncFolderItems, 513 }, "oversized-sync-page"},
	})
}
