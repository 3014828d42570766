package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestOversizedAvailability(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"100", func(e *audit.Exchange) { e.Identities = 100 }, ""},
		{"101", func(e *audit.Exchange) { e.Identities = 101 }, "oversized-availability"},
	})
}
