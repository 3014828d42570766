package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestNone(t *testing.T) {
	t.Parallel()
	assert.Equal(t, fault.Effect{Rules: []string{"x"}}, meet(with(fault.Fault{None: &fault.None{}}), call()))
	checkKind(t, []kindCase{
		{"plain", "{none: {}}", ""},
		{"parameter", "{none: {code: x}}", `2:20: unknown key "code"`},
	})
}
