package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestHang(t *testing.T) {
	t.Parallel()
	met := meet(with(fault.Fault{Hang: &fault.Hang{}}), call())
	assert.Equal(t, &fault.Delivery{How: fault.HowHang}, met.Delivery)
	assert.True(t, met.Before(), "no back end works for it")

	var none *fault.Effect
	assert.False(t, none.Before() || none.Idle() || none.From(fault.ByHome), "nothing injected")
}
