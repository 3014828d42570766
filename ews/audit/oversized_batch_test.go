package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestOversizedBatch(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"ten", func(e *audit.Exchange) { e.Items = 10 }, ""},
		{"eleven", func(e *audit.Exchange) { e.Items = 11 }, "oversized-batch"},
	})
}
