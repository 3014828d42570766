package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestHalf(t *testing.T) {
	t.Parallel()
	assert.Equal(t, &fault.Delivery{How: fault.HowHalf, Share: 0.5}, meet(with(fault.Fault{Half: &fault.Half{}}), call()).Delivery)
	assert.Equal(t, &fault.Delivery{How: fault.HowHalf, Share: 0.9}, meet(with(fault.Fault{Half: &fault.Half{Share: 0.9}}), call()).Delivery)
	checkKind(t, []kindCase{
		{"plain", "{half: {share: 90%}}", ""},
		{"nothing", "{half: {share: 0}}", "2:27: share must be more than 0 and at most 1, such as 0.05 or 5%"},
	})
	assert.ErrorContains(t, with(fault.Fault{Half: &fault.Half{Share: 2}}).Validate(fault.Place{}), "share is 2")
}
