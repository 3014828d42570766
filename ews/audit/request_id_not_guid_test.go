package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestRequestIDNotGUID(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"a GUID", func(*audit.Exchange) {}, ""},
		{"in braces", func(e *audit.Exchange) { e.RequestID = "{0B1C2D3E-4F50-4162-8374-8596A7B8C9D0}" }, ""},
		{"a number", func(e *audit.Exchange) { e.RequestID = "17" }, "request-id-not-guid"},
		{"other letters", func(e *audit.Exchange) { e.RequestID = "0b1c2d3e-4f50-4162-8374-8596a7b8c9dg" }, "request-id-not-guid"},
		{"other dashes", func(e *audit.Exchange) { e.RequestID = "0b1c2d3e-4f5-04162-8374-8596a7b8c9d0" }, "request-id-not-guid"},
		{"none", func(e *audit.Exchange) { e.RequestID = "" }, "no-client-request-id"},
	})
}
