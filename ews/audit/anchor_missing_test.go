package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAnchorMissing(t *testing.T) {
	t.Parallel()
	none := func(e *audit.Exchange) { e.Anchor, e.Anchored = "", "" }
	judgeChanges(t, []change{
		{"anchored", func(*audit.Exchange) {}, ""},
		{"forgotten", none, "anchor-missing"},
		{"refused by the server all the same", func(e *audit.Exchange) { none(e); e.Status, e.Code = 500, "ErrorImpersonateUserDenied" }, "anchor-missing"},
		{"nobody is impersonated", func(e *audit.Exchange) { none(e); e.Mailbox = "" }, ""},
		{"no EWS request", func(e *audit.Exchange) { none(e); e.Op = "" }, ""},
	})
}
