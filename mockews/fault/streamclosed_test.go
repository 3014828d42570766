package fault_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestStreamClosed(t *testing.T) {
	t.Parallel()
	rule := with(fault.Fault{StreamClosed: &fault.StreamClosed{After: time.Second}})
	stream := call()
	stream.Op = ews.OpGetStreamingEvents
	assert.Equal(t, &fault.Delivery{How: fault.HowClose, Pause: time.Second}, meet(rule, stream).Delivery)
	assert.Nil(t, meet(rule, call()).Delivery, "no stream")
	checkKind(t, []kindCase{
		{"plain", "{stream_closed: {}}", ""},
		{"after a while", "{stream_closed: {after: 5s}}", ""},
		{"in the past", "{stream_closed: {after: -5s}}", "2:36: after is -5s: it must not be negative"},
	})
}
