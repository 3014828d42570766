package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestAffinityCookieDropped(t *testing.T) {
	t.Parallel()
	first := with(member("Subscribe", alfred, second), func(e *audit.Exchange) { e.CookieSent, e.CookieOffered = false, true })
	drop := func(e *audit.Exchange) { e.CookieSent = false }
	bare := func(e *audit.Exchange) { drop(e); e.Mailbox, e.Anchor, e.Anchored = "", "", "" }
	group := []audit.Exchange{first}
	judge(t, []row{
		{name: "first of the group", last: first},
		{name: "second, with the cookie", before: group, last: member("Subscribe", sadie, 2*second)},
		{name: "second, without", before: group, last: with(member("Subscribe", sadie, 2*second), drop), want: "affinity-cookie-dropped"},
		{name: "events, without", before: group, last: with(member("GetEvents", alfred, 2*second), drop), want: "affinity-cookie-dropped"},
		{name: "none was offered", before: []audit.Exchange{with(first, func(e *audit.Exchange) { e.CookieOffered = false })}, last: with(member("Subscribe", sadie, 2*second), drop)},
		{name: "sent before the offer", before: group, last: with(member("Subscribe", sadie, second), drop)},
		{name: "the group begins anew", before: group, last: with(member("Subscribe", alfred, 2*second), drop)},
		{name: "another group", before: group, last: with(member("Subscribe", sadie, 2*second), func(e *audit.Exchange) {
			drop(e)
			e.Anchor, e.Anchored = sadie, sadie
		})},
		{name: "another caller", before: group, last: with(member("Subscribe", sadie, 2*second), func(e *audit.Exchange) {
			drop(e)
			e.Caller = "svc2@contoso.com"
		})},
		{name: "without an anchor there is no group", before: []audit.Exchange{with(first, bare)}, last: with(member("GetEvents", "", 2*second), bare), want: "affinity-without-anchor"},
		{name: "an ordinary call of the same caller", before: group, last: exemplary(2 * second)},
	})
}
