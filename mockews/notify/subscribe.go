package notify

import (
	"net/url"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Limits of requests (MS docs: StatusFrequency, URL).
const (
	defaultFrequency = 30 * time.Minute
	maxURL           = 2083
	mostEvents       = 50
)

// Subscribe makes a subscription on the back end that has the request.
func (h *Hub) Subscribe(a Asker, b ews.Subscribe) ews.SubscribeMessage {
	kind, sub := kindOf(b)
	if code := valid(kind, sub); code != ews.NoError {
		return failed(code)
	}
	watch, m := h.store.Watch(a.Call, *sub)
	if m.Class != "" && m.Class != ews.Success {
		return ews.SubscribeMessage{Message: m}
	}
	s := &subscription{kind: kind, creator: a.Caller, backEnd: a.BackEnd, watch: watch, place: h.store.Now(watch.Owner)}
	if sub.Watermark != "" {
		place, ok := h.place(watch.Owner, sub.Watermark)
		if _, known := h.store.Listen(watch, place, 0); !ok || !known {
			return failed(ews.ErrorInvalidWatermark)
		}
		s.place = place
	}
	s.timeout = h.idle
	if kind == Pull {
		s.timeout = time.Duration(sub.Timeout) * time.Minute
	}
	s.expires = time.Now().Add(s.timeout)
	return h.admit(a, s, sub)
}

// admit counts the subscription and begins to listen.
func (h *Hub) admit(a Asker, s *subscription, sub *ews.Subscription) ews.SubscribeMessage {
	if !h.room() || !s.counted(a) && (!h.clear() || !s.counted(a)) {
		return failed(ews.ErrorExceededSubscriptionCount)
	}
	h.add(s)
	out := ews.SubscribeMessage{ID: s.id}
	if s.kind != Streaming {
		out.Watermark = h.mark(s.watch.Owner, s.place)
	}
	if s.kind == Push {
		s.stream = &Stream{hub: h, Woken: make(chan struct{}, 1)}
		go h.push(s, *sub)
	}
	return out
}

// mostSubscriptions is how many there may be at once where no policy says less, so that a client that never ends its own does not
// take all memory.
const mostSubscriptions = 1 << 18

// room sweeps if it is time to, and reports whether there may be one more.
func (h *Hub) room() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep(time.Now())
	return len(h.all) < mostSubscriptions
}

// clear sweeps now, since places are wanted that what has expired still takes. It is true if that has made room.
func (h *Hub) clear() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := len(h.all)
	h.sweepAll(time.Now())
	return len(h.all) < before
}

// counted takes a place in the budget of who asks, false if there is none.
func (s *subscription) counted(a Asker) (ok bool) {
	if a.Admit == nil {
		return true
	}
	s.ended, ok = a.Admit()
	return ok
}

func failed(code ews.Code) ews.SubscribeMessage {
	return ews.SubscribeMessage{Message: ews.NewMessage(code)}
}

// kindOf is the one kind of subscription that a request asks for.
func kindOf(b ews.Subscribe) (Kind, *ews.Subscription) {
	switch {
	case b.Pull != nil:
		return Pull, b.Pull
	case b.Push != nil:
		return Push, b.Push
	}
	return Streaming, b.Streaming
}

// valid checks what a request asks for, apart from its folders.
func valid(kind Kind, s *ews.Subscription) ews.Code {
	switch {
	case s.All == (len(s.Folders) > 0), len(s.Events) == 0:
		return ews.ErrorInvalidSubscriptionRequest
	case kind == Push && !pushable(s.URL):
		return ews.ErrorInvalidPushSubscriptionURL
	}
	return ews.NoError
}

// pushable reports whether there can be a listener at a URL. The mock speaks to none outside of the machine it runs on.
func pushable(text string) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) >= maxURL || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return loopback(u.Hostname())
}

// Unsubscribe ends a pull or a streaming subscription.
func (h *Hub) Unsubscribe(a Asker, b ews.Unsubscribe) ews.Code {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, code := h.find(a, b.ID)
	switch {
	case code != ews.NoError:
		return code
	case s.kind == Push:
		return ews.ErrorInvalidPullSubscriptionID
	}
	if s.stream != nil {
		s.stream.close(ews.ErrorSubscriptionUnsubscribed, s)
	}
	h.drop(s)
	return ews.NoError
}

// GetEvents is what has happened since a watermark. Each call lets a pull subscription live on.
func (h *Hub) GetEvents(a Asker, b ews.GetEvents) ews.GetEventsMessage {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, code := h.find(a, b.ID)
	if code == ews.NoError && s.kind != Pull {
		code = ews.ErrorInvalidPullSubscriptionID
	}
	if code != ews.NoError {
		return ews.GetEventsMessage{Message: ews.NewMessage(code)}
	}
	s.expires = time.Now().Add(s.timeout)
	place, ok := h.place(s.watch.Owner, b.Watermark)
	n, next, known := h.notification(s, place, b.Watermark)
	if !ok || !known {
		return ews.GetEventsMessage{Message: ews.NewMessage(ews.ErrorInvalidWatermark)}
	}
	s.place = next
	return ews.GetEventsMessage{Notification: &n}
}

// notification is what a subscription has to tell since a place, with watermarks: a status event if it is nothing. It is false
// for a place that is not known.
func (h *Hub) notification(s *subscription, place uint64, previous string) (n ews.Notification, next uint64, ok bool) {
	heard, ok := h.store.Listen(s.watch, place, mostEvents)
	n = ews.Notification{ID: s.id, Previous: previous, More: &heard.More, Events: heard.Events}
	for i := range n.Events {
		n.Events[i].Watermark = h.mark(s.watch.Owner, heard.Places[i])
	}
	if len(n.Events) == 0 {
		n.Events = []ews.Event{{Type: ews.StatusEvent, Watermark: h.mark(s.watch.Owner, heard.Next)}}
	}
	return n, heard.Next, ok
}
