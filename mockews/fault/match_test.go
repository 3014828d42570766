package fault_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

// Each key of a match lets the call in and keeps it out, by itself.
func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   fault.Match
		out  fault.Match
	}{
		{"operation", fault.Match{Op: ews.OpGetItem}, fault.Match{Op: ews.OpFindItem}},
		{"caller", fault.Match{Caller: "SVC-bench@contoso.com"}, fault.Match{Caller: "svc-none@contoso.com"}},
		{"mailbox", fault.Match{Mailbox: user}, fault.Match{Mailbox: "user000043@contoso.com"}},
		{"anchor", fault.Match{Anchor: fault.AnchorCorrect}, fault.Match{Anchor: fault.AnchorMissing}},
		{"first back end", fault.Match{BackEnd: "a-be1"}, fault.Match{BackEnd: "A-BE2"}},
		{"back end behind the hop", fault.Match{BackEnd: "B-BE1"}, fault.Match{BackEnd: "B-BE2"}},
		{"after", fault.Match{After: 10 * time.Second}, fault.Match{After: 11 * time.Second}},
		{"until", fault.Match{Until: 11 * time.Second}, fault.Match{Until: 10 * time.Second}},
		{"nth", fault.Match{Nth: 1}, fault.Match{Nth: 2}},
		{"first", fault.Match{First: 1}, fault.Match{Op: ews.OpFindItem, First: 1}},
		{"every", fault.Match{Every: 1}, fault.Match{Every: 2}},
	} {
		late := proxied()
		late.Arrived = start().Add(10 * time.Second)
		r := with(fault.Fault{None: &fault.None{}})
		r.Match = c.in
		assert.NotEmpty(t, meet(r, late).Rules, c.name)
		r.Match = c.out
		assert.Zero(t, meet(r, late), c.name)
	}
}

func TestBadRules(t *testing.T) {
	t.Parallel()
	const none = "    fault: {none: {}}\n"
	for _, c := range []kindCase{
		{"operation", "  - match: {operation: GetItems}\n" + none, `2:24: there is no operation "GetItems", did you mean "GetItem"?`},
		{"anchor", "  - match: {anchor: right}\n" + none, `2:21: anchor is "right": write correct, wrong, missing or unknown`},
		{"caller", "  - match: {caller: nobody@contoso.com}\n" + none, `2:21: caller is "nobody@contoso.com", which is nobody's primary address`},
		{"mailbox", "  - match: {mailbox: user000042@mail.contoso.com}\n" + none, `2:22: mailbox is "user000042@mail.contoso.com", which is nobody's primary address`},
		{"back end", "  - match: {back_end: A-BE3}\n" + none, `2:23: there is no back end "A-BE3", did you mean "A-BE1"?`},
		{"after", "  - match: {after: -1s}\n" + none, `2:20: after is -1s: it must not be negative`},
		{"until", "  - match: {after: 2s, until: 1s}\n" + none, `2:31: until is 1s: the window must end later than it begins`},
		{"nth and every", "  - match: {nth: 2, every: 3}\n" + none, `2:12: write one of nth, first and every`},
		{"unknown key", "  - match: {operatoin: GetItem}\n" + none, `2:13: unknown key "operatoin", did you mean "operation"?`},
		{"probability", "  - probability: 0\n" + none, `2:18: probability must be more than 0 and at most 1, such as 0.05 or 5%`},
		{"a large probability", "  - probability: 120%\n" + none, `2:18: probability must be more than 0 and at most 1, such as 0.05 or 5%`},
		{"ttl", "  - ttl: -1s\n" + none, `2:10: ttl is -1s: it must not be negative`},
		{"no fault", "  - name: x\n", `2:5: fault names 0 kinds: write exactly one`},
		{"two faults", "  - fault: {hang: {}, reset: {}}\n", `2:12: fault names 2 kinds (reset, hang): write exactly one`},
		{"unknown fault", "  - fault: {rest: {}}\n", `2:13: unknown key "rest", did you mean "reset"?`},
		{"twice the same name", "  - fault: {none: {}}\n  - name: none\n    fault: {hang: {}}\n", `3:11: there are two rules "none": give each a name, since the name is part of what its draws depend on`},
	} {
		_, err := parse(c.yaml)
		require.Error(t, err, c.name)
		assert.Equal(t, "t.yaml:"+c.want, err.Error(), c.name)
	}
}
