package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestCredentialsInClear(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"on the same machine, or encrypted", func(*audit.Exchange) {}, ""},
		{"over a network", func(e *audit.Exchange) { e.InClear = true }, "credentials-in-clear"},
	})
}
