package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestReset(t *testing.T) {
	t.Parallel()
	early := meet(with(fault.Fault{Reset: &fault.Reset{}}), call())
	assert.Equal(t, &fault.Delivery{How: fault.HowReset}, early.Delivery)
	assert.True(t, early.Before())
	late := meet(with(fault.Fault{Reset: &fault.Reset{Worked: true}}), call())
	assert.False(t, late.Before(), "the operation is carried out")
	checkKind(t, []kindCase{
		{"early", "{reset: {}}", ""},
		{"late", "{reset: {worked: true}}", ""},
	})
}
