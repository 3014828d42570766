package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestWrongSite(t *testing.T) {
	t.Parallel()
	r := with(fault.Fault{WrongSite: &fault.WrongSite{}})
	want := ews.NewFault(ews.ErrorNoRespondingCASInDestinationSite)
	assert.Equal(t, &fault.Answer{By: fault.ByFirst, Fault: want}, meet(r, proxied()).Answer)
	assert.Zero(t, meet(r, call()), "a call at its right place")
}
