package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestLongAvailabilityWindow(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"42 days", func(e *audit.Exchange) { e.Window = 42 * 24 * time.Hour }, ""},
		{"42 days in which clocks were set back", func(e *audit.Exchange) { e.Window = 42*24*time.Hour + time.Hour }, ""},
		{"43 days", func(e *audit.Exchange) { e.Window = 43 * 24 * time.Hour }, "long-availability-window"},
	})
}
