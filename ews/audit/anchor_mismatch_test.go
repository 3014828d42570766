package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAnchorMismatch(t *testing.T) {
	t.Parallel()
	other := func(e *audit.Exchange) { e.Anchor, e.Anchored = sadie, sadie }
	judgeChanges(t, []change{
		{"the mailbox itself", func(*audit.Exchange) {}, ""},
		{"in other letters", func(e *audit.Exchange) { e.Anchored = "Alfred@CONTOSO.com" }, ""},
		{"another of its addresses", func(e *audit.Exchange) { e.Anchor = "alfred@mail.contoso.com" }, ""},
		{"another mailbox", other, "anchor-mismatch"},
		{"the service account", func(e *audit.Exchange) { e.Anchor, e.Anchored = service, service }, "anchor-mismatch"},
		{"delegate access, nobody impersonated", func(e *audit.Exchange) { other(e); e.Mailbox = "" }, ""},
		{"public folder", func(e *audit.Exchange) { other(e); e.PublicFolder = true }, ""},
		{"notification without affinity", func(e *audit.Exchange) { other(e); e.Op = "Subscribe" }, "anchor-mismatch"},
	})
	judgeChanges(t, []change{{
		"affinity is no excuse for an ordinary call", func(e *audit.Exchange) { other(e); e.Affinity = true },
		"anchor-mismatch,affinity-on-ordinary-call",
	}})
	judge(t, []row{{name: "the group's anchor", last: member("Subscribe", sadie, second)}})
}
