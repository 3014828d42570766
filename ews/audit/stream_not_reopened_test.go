package audit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestStreamNotReopened(t *testing.T) {
	t.Parallel()
	count := func(byServer, reopened bool, last func(*audit.Auditor)) map[audit.ID]uint64 {
		var a audit.Auditor
		subscribed := with(asking(ews.OpSubscribe, second), func(e *audit.Exchange) { e.Made = "a" })
		a.Observe(&subscribed)
		stream := with(asking(ews.OpGetStreamingEvents, 2*second), func(e *audit.Exchange) { e.Subscriptions = []string{"a"} })
		a.Observe(&stream)
		a.Ended(&stream, byServer)
		if reopened {
			again := later(stream, 2*second)
			a.Observe(&again)
			a.Ended(&again, false)
		}
		last(&a)
		a.Finish()
		counts := a.Counts()
		a.Finish()
		assert.Equal(t, counts, a.Counts(), "counted once")
		return counts
	}
	nothing := func(*audit.Auditor) {}
	end := func(a *audit.Auditor) {
		e := with(asking(ews.OpUnsubscribe, 9*second), func(e *audit.Exchange) { e.Subscriptions = []string{"a"} })
		a.Observe(&e)
	}
	assert.Equal(t, map[audit.ID]uint64{audit.StreamNotReopened: 1}, count(true, false, nothing))
	assert.Equal(t, map[audit.ID]uint64{audit.SubscriptionLeftBehind: 1}, count(true, true, nothing))
	assert.Equal(t, map[audit.ID]uint64{audit.SubscriptionLeftBehind: 1}, count(false, false, nothing), "the client has gone")
	assert.Empty(t, count(true, false, end))
	assert.Empty(t, count(true, true, end))
}
