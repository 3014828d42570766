package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestLinkDown(t *testing.T) {
	t.Parallel()
	down := func(between ...string) fault.Rule {
		return with(fault.Fault{LinkDown: &fault.LinkDown{Between: between}})
	}
	want := &fault.Answer{By: fault.ByFirst, Fault: ews.NewFault(ews.ErrorNoRespondingCASInDestinationSite)}
	assert.Equal(t, want, meet(down("a", "b"), proxied()).Answer)
	assert.Equal(t, want, meet(down("B", "A"), proxied()).Answer, "in either direction")
	assert.Zero(t, meet(down("a", "c"), proxied()), "another way")
	assert.Zero(t, meet(down("a", "b"), call()), "no way at all")
	checkKind(t, []kindCase{
		{"plain", "{link_down: {between: [a, b]}}", ""},
		{"one site", "{link_down: {between: [a]}}", "2:34: between must name two sites"},
		{"unknown", "{link_down: {between: [a, x]}}", `2:34: there is no site "x"`},
	})
}
