package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestNoClientRequestID(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"a GUID", func(*audit.Exchange) {}, ""},
		{"none", func(e *audit.Exchange) { e.RequestID = "" }, "no-client-request-id"},
		{"none with another operation", func(e *audit.Exchange) { e.RequestID, e.Op = "", "GetFolder" }, "no-client-request-id"},
	})
}
