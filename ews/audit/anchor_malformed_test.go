package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAnchorMalformed(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"an address", func(*audit.Exchange) {}, ""},
		{"with the directory's prefix", func(e *audit.Exchange) { e.Anchor = "AAD-SMTP:alfred@contoso.com" }, ""},
		{"none, and nobody to act for", func(e *audit.Exchange) { e.Anchor, e.Anchored, e.Mailbox = "", "", "" }, ""},
		{"a display name", func(e *audit.Exchange) { e.Anchor, e.Anchored = "Alfred <alfred@contoso.com>", "" }, "anchor-malformed"},
		{"a name without a domain", func(e *audit.Exchange) { e.Anchor, e.Anchored = "alfred", "" }, "anchor-malformed"},
		{"a domain without a name", func(e *audit.Exchange) { e.Anchor, e.Anchored = "@contoso.com", "" }, "anchor-malformed"},
		{"a name with an @ and nothing", func(e *audit.Exchange) { e.Anchor, e.Anchored = "alfred@", "" }, "anchor-malformed"},
		{"two addresses", func(e *audit.Exchange) { e.Anchor, e.Anchored = "alfred@contoso.com,sadie@contoso.com", "" }, "anchor-malformed"},
		{"an address that is nobody's", func(e *audit.Exchange) { e.Anchor, e.Anchored = "nobody@contoso.com", "" }, "anchor-unknown"},
	})
}
