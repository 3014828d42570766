package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAffinityAsHeader(t *testing.T) {
	t.Parallel()
	judge(t, []row{
		{name: "cookie", last: member("GetEvents", alfred, second)},
		{
			name: "header", want: "affinity-as-header",
			last: with(member("GetEvents", alfred, second), func(e *audit.Exchange) { e.CookieSent, e.CookieAsHeader = false, true }),
		},
	})
}
