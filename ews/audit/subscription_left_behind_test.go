package audit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSubscriptionLeftBehind(t *testing.T) {
	t.Parallel()
	events := with(asking(ews.OpGetEvents, 3*second), func(e *audit.Exchange) { e.Subscriptions, e.Mark = []string{"a"}, 1 })
	subscribed := with(asking(ews.OpSubscribe, second), func(e *audit.Exchange) { e.Made, e.NextMark = "a", 1 })
	end := with(asking(ews.OpUnsubscribe, 4*second), func(e *audit.Exchange) { e.Subscriptions = []string{"a"} })
	lost := with(events, func(e *audit.Exchange) { e.Code = ews.ErrorSubscriptionNotFound })
	assert.Equal(t, map[audit.ID]uint64{audit.SubscriptionLeftBehind: 1}, undone(subscribed, events))
	assert.Empty(t, undone(subscribed, events, end))
	assert.Empty(t, undone(subscribed, lost), "it is gone")
	assert.Empty(t, undone(refused(subscribed, ews.ErrorAccessDenied)))
	assert.Empty(t, undone(with(subscribed, func(e *audit.Exchange) { e.Push = true })), "it ends by an answer to a notification")
	assert.Equal(t, map[audit.ID]uint64{audit.SubscriptionLeftBehind: 1}, undone(subscribed, refused(end, ews.ErrorServerBusy)))
}
