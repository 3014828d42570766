package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAnchorUnknown(t *testing.T) {
	t.Parallel()
	nobody := func(e *audit.Exchange) { e.Anchor, e.Anchored = "nobody@contoso.com", "" }
	judgeChanges(t, []change{
		{"a mailbox", func(*audit.Exchange) {}, ""},
		{"nobody", nobody, "anchor-unknown"},
		{"nobody, and nobody impersonated", func(e *audit.Exchange) { nobody(e); e.Mailbox = "" }, "anchor-unknown"},
		{"a public folder mailbox", func(e *audit.Exchange) { nobody(e); e.PublicFolder = true }, ""},
	})
}
