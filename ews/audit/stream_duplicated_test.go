package audit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestStreamDuplicated(t *testing.T) {
	t.Parallel()
	var a audit.Auditor
	subscribed := with(asking(ews.OpSubscribe, second), func(e *audit.Exchange) { e.Made = "a" })
	a.Observe(&subscribed)
	stream := func(came time.Duration) *audit.Exchange {
		e := with(asking(ews.OpGetStreamingEvents, came), func(e *audit.Exchange) { e.Subscriptions = []string{"a"} })
		return &e
	}
	first, second2, third := stream(2*second), stream(3*second), stream(5*second)
	assert.Empty(t, a.Observe(first).String())
	assert.Equal(t, audit.VerdictsOf(audit.StreamDuplicated), a.Observe(second2))
	a.Ended(first, false)
	a.Ended(second2, true)
	assert.Empty(t, a.Observe(third).String(), "once the others are over")
	refusedOne := refused(*stream(6 * second), ews.ErrorServerBusy)
	a.Ended(third, true)
	a.Observe(&refusedOne)
	a.Ended(&refusedOne, false)
	assert.Empty(t, a.Observe(stream(8*second)).String(), "one that never was")
}
