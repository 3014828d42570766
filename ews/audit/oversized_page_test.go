package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestOversizedPage(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"unspecified", func(e *audit.Exchange) { e.Page = 0 }, ""},
		{"a thousand", func(e *audit.Exchange) { e.Page = 1000 }, ""},
		{"one more", func(e *audit.Exchange) { e.Page = 1001 }, "oversized-page"},
	})
}
