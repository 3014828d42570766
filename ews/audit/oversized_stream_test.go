package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestOversizedStream(t *testing.T) {
	t.Parallel()
	stream := member(ews.OpGetStreamingEvents, alfred, second)
	stream.Subscriptions = make([]string, 200)
	judge(t, []row{
		{name: "200", last: stream},
		{name: "201", last: with(stream, func(e *audit.Exchange) { e.Subscriptions = make([]string, 201) }), want: "oversized-stream"},
	})
}
