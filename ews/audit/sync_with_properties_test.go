package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSyncWithProperties(t *testing.T) {
	t.Parallel()
	for _, op := range []ews.Op{ews.OpSyncFolderItems, ews.OpSyncFolderHierarchy} {
		judgeChanges(t, []change{
			{"ids", func(e *audit.Exchange) { e.Op = op }, ""},
			{"unknown", func(e *audit.Exchange) { e.Op, e.Shape = op, "" }, ""},
			{"default", func(e *audit.Exchange) { e.Op, e.Shape = op, ews.ShapeDefault }, "sync-with-properties"},
			{"all", func(e *audit.Exchange) { e.Op, e.Shape = op, ews.ShapeAllProperties }, "sync-with-properties"},
		})
	}
	judgeChanges(t, []change{{"no synchronisation", func(e *audit.Exchange) { e.Shape = ews.ShapeAllProperties }, ""}})
}
