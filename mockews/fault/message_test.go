package fault_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestMessage(t *testing.T) {
	t.Parallel()
	plain := meet(with(fault.Fault{Message: &fault.Message{Code: ews.ErrorServerBusy, BackOff: time.Second}}), call())
	want := ews.NewMessage(ews.ErrorServerBusy)
	want.BackOff = time.Second
	assert.Equal(t, &fault.Answer{By: fault.ByHome, Message: &want}, plain.Answer)
	assert.True(t, plain.Idle(), "nothing is left to do")

	part := meet(with(fault.Fault{Message: &fault.Message{Code: ews.ErrorInternalServerError, Text: "no", Inner: ews.ErrorServerBusy, Part: 2}}), call())
	assert.Equal(t, 2, part.Answer.Part)
	assert.Equal(t, "no", part.Answer.Message.Text)
	assert.Contains(t, part.Answer.Message.Values, ews.Value{Name: "InnerErrorResponseCode", Text: "ErrorServerBusy"})
	assert.False(t, part.Idle(), "the other parts are worked on")

	checkKind(t, []kindCase{
		{"plain", "{message: {code: ErrorItemNotFound, part: 3}}", ""},
		{"code", "{message: {code: Error Not}}", `2:29: code is "Error Not": write a response code such as ErrorServerBusy`},
		{"inner", "{message: {code: ErrorItemNotFound, inner: x}}", `2:55: inner is "x": write a response code such as ErrorServerBusy`},
		{"part", "{message: {code: ErrorItemNotFound, part: -1}}", "2:54: part is -1: parts count from 1, and 0 stands for all"},
		{"back-off", "{message: {code: ErrorItemNotFound, back_off: -1s}}", "2:58: back_off is -1s: it must not be negative"},
	})
}
