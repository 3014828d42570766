package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestImpersonationMissing(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"refused, and nobody named", func(e *audit.Exchange) {
			e.Mailbox, e.Status, e.Code = "", 500, ews.ErrorInvalidExchangeImpersonationHeaderData
		}, "impersonation-missing"},
		{"refused for somebody, as a lost token is", func(e *audit.Exchange) { e.Status, e.Code = 500, ews.ErrorInvalidExchangeImpersonationHeaderData }, ""},
		{"nobody named, and answered", func(e *audit.Exchange) { e.Mailbox = "" }, ""},
	})
}
