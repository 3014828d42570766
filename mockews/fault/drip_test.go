package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestDrip(t *testing.T) {
	t.Parallel()
	assert.Equal(t, &fault.Delivery{How: fault.HowDrip, Bytes: 128, Pause: 100 * ms}, meet(with(fault.Fault{Drip: &fault.Drip{}}), call()).Delivery)
	slow := fault.Fault{Drip: &fault.Drip{Bytes: 1, Pause: ms}}
	assert.Equal(t, &fault.Delivery{How: fault.HowDrip, Bytes: 1, Pause: ms}, meet(with(slow), call()).Delivery)
	checkKind(t, []kindCase{
		{"plain", "{drip: {bytes: 10, pause: 1s}}", ""},
		{"pause", "{drip: {pause: -1s}}", "2:27: pause is -1s: it must not be negative"},
		{"bytes", "{drip: {bytes: -1}}", "2:27: bytes is -1: it must not be negative"},
	})
}
