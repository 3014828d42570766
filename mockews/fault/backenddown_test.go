package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestBackEndDown(t *testing.T) {
	t.Parallel()
	down := func(name string) fault.Rule { return with(fault.Fault{BackEndDown: &fault.BackEndDown{Name: name}}) }
	assert.Equal(t, &fault.Answer{By: fault.ByFrontEnd, Page: 503}, meet(down("a-be1"), proxied()).Answer, "the chosen one")
	assert.Equal(t, &fault.Answer{By: fault.ByFirst, Fault: ews.NewFault(ews.ErrorProxyCallFailed)}, meet(down("B-BE1"), proxied()).Answer, "the one behind the hop")
	assert.Zero(t, meet(down("A-BE2"), proxied()), "another one")
	checkKind(t, []kindCase{
		{"plain", "{back_end_down: {name: B-BE1}}", ""},
		{"misspelt", "{back_end_down: {name: C-BE1}}", `2:35: there is no back end "C-BE1", did you mean "A-BE1"?`},
	})
}
