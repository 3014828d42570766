package fault_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestSOAP(t *testing.T) {
	t.Parallel()
	plain := meet(with(fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorMailboxMoveInProgress}}), call())
	assert.Equal(t, &fault.Answer{By: fault.ByHome, Fault: ews.NewFault(ews.ErrorMailboxMoveInProgress)}, plain.Answer)
	assert.True(t, plain.Idle())

	busy := meet(with(fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy, Text: "later", BackOff: time.Second, Status: 503}}), call())
	assert.Equal(t, &ews.Fault{HTTP: 503, Code: ews.ErrorServerBusy, Text: "later", BackOff: time.Second}, busy.Answer.Fault)

	checkKind(t, []kindCase{
		{"any code", "{soap: {code: ErrorQuotaExceeded}}", ""},
		{"no code", "{soap: {}}", `2:19: missing key "code"`},
		{"not a code", "{soap: {code: busy}}", `2:26: code is "busy": write a response code such as ErrorServerBusy`},
		{"a legend", "{soap: {code: ErrorImpersonationRequired}}", "2:26: code is ErrorImpersonationRequired, which no schema of EWS has"},
		{"status", "{soap: {code: ErrorServerBusy, status: 429}}", "2:51: status is 429: write 500 or 503"},
		{"back-off", "{soap: {code: ErrorServerBusy, back_off: -1s}}", "2:53: back_off is -1s: it must not be negative"},
	})
}
