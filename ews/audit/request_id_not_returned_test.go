package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestRequestIDNotReturned(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"wanted", func(*audit.Exchange) {}, ""},
		{"not wanted", func(e *audit.Exchange) { e.IDWanted = false }, "request-id-not-returned"},
		{"there is none", func(e *audit.Exchange) { e.IDWanted, e.RequestID = false, "" }, "no-client-request-id"},
	})
}
