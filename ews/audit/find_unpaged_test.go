package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestFindUnpaged(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"a page", func(e *audit.Exchange) { e.Op, e.Page = ews.OpFindItem, 100 }, ""},
		{"everything", func(e *audit.Exchange) { e.Op, e.Unpaged = ews.OpFindItem, true }, "find-unpaged"},
	})
}
