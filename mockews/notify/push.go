package notify

import (
	"net"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// firstRetry is how long a server waits before it sends a notification again that could not be delivered; each further wait is
// twice as long, and the subscription ends when it would be longer than the status frequency (MS docs: Notification
// subscriptions, mailbox events, and EWS in Exchange).
const firstRetry = 30 * time.Second

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// push sends notifications to a listener, until it wants no more, or is not to be reached.
func (h *Hub) push(s *subscription, sub ews.Subscription) {
	frequency := defaultFrequency
	if sub.Frequency != nil {
		frequency = time.Duration(*sub.Frequency) * time.Minute
	}
	status := time.NewTimer(frequency)
	defer status.Stop()
	for h.send(s, sub.URL, frequency) { // the first one says that there is a subscription
		status.Reset(frequency)
		select {
		case <-s.stop:
			return
		case <-s.stream.Woken:
		case <-status.C:
		}
	}
	h.mu.Lock()
	h.drop(s)
	h.mu.Unlock()
}

// send delivers what there is to tell, however often it takes. It is false for a listener that is not to be reached or wants no
// more.
func (h *Hub) send(s *subscription, url string, frequency time.Duration) bool {
	h.mu.Lock()
	n, next, ok := h.notification(s, s.place, h.mark(s.watch.Owner, s.place))
	h.mu.Unlock()
	m := ews.GetEventsMessage{Notification: &n}
	if !ok {
		m = ews.GetEventsMessage{Message: ews.NewMessage(ews.ErrorReadEventsFailed)}
		m.Values = []ews.Value{{Name: "SubscriptionId", Text: s.id}}
	}
	for wait := firstRetry; ; wait *= 2 {
		status, err := h.post(url, ews.SendNotification{Messages: []ews.GetEventsMessage{m}})
		if err == nil {
			h.mu.Lock()
			defer h.mu.Unlock()
			s.place = next
			if n.More != nil && *n.More {
				s.wake()
			}
			return ok && status != "Unsubscribe"
		}
		if wait > frequency || !s.pause(wait) {
			return false
		}
	}
}

// pause waits; it is false if the subscription ends meanwhile.
func (s *subscription) pause(wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.stop:
		return false
	}
}
