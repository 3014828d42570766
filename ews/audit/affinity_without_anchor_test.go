package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAffinityWithoutAnchor(t *testing.T) {
	t.Parallel()
	bare := func(e *audit.Exchange) { e.Anchor, e.Anchored = "", "" }
	alone := func(e *audit.Exchange) { bare(e); e.Mailbox = "" }
	judge(t, []row{
		{name: "anchored", last: member("GetEvents", alfred, second)},
		{name: "not impersonating", last: with(member("GetEvents", alfred, second), alone), want: "affinity-without-anchor"},
		{name: "impersonating", last: with(member("GetEvents", alfred, second), bare), want: "anchor-missing,affinity-without-anchor"},
		{name: "no affinity either", last: with(with(exemplary(second), alone), func(e *audit.Exchange) { e.Op = "GetEvents" })},
	})
}
