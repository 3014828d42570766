package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAffinityOnOrdinaryCall(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"neither", func(*audit.Exchange) {}, ""},
		{"header", func(e *audit.Exchange) { e.Affinity = true }, "affinity-on-ordinary-call"},
		{"cookie", func(e *audit.Exchange) { e.CookieSent = true }, "affinity-on-ordinary-call"},
		{"offered by the server unasked", func(e *audit.Exchange) { e.CookieOffered = true }, ""},
	})
	for _, op := range []ews.Op{"Subscribe", "Unsubscribe", "GetEvents", "GetStreamingEvents"} {
		judge(t, []row{{name: string(op), last: member(op, sadie, second)}})
	}
}
