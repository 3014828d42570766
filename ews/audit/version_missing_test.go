package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestVersionMissing(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"named", func(*audit.Exchange) {}, ""},
		{"not named", func(e *audit.Exchange) { e.Version = "" }, "version-missing"},
	})
}
