package notify

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// MostIDs is how many subscriptions one connection serves (MS docs: How to maintain affinity, table 1).
const MostIDs = 200

// Stream is a connection on which events go out as they happen.
type Stream struct {
	// Woken is sent to when there is something to look for.
	Woken chan struct{}

	hub    *Hub
	onward func(time.Time) time.Time // as in Asker
	subs   []*subscription
	reason ews.Code // why it was ended from elsewhere, "" while it goes on
	lost   []string // the subscriptions for which
}

// Open opens a connection for subscriptions. If one of them is not to be had there is none: the bad ones are named. A
// subscription that has a connection already gives that up.
func (h *Hub) Open(a Asker, ids []string) (stream *Stream, bad []string, code ews.Code) {
	h.mu.Lock()
	defer h.mu.Unlock()
	stream = &Stream{hub: h, onward: a.Onward, Woken: make(chan struct{}, 1)}
	code = ews.NoError
	if len(ids) > MostIDs {
		return nil, nil, ews.ErrorInvalidSubscriptionRequest
	}
	for _, id := range ids {
		s, why := h.find(a, id)
		if why == ews.NoError && s.kind != Streaming {
			why = ews.ErrorInvalidSubscription
		}
		if why != ews.NoError {
			bad, code = append(bad, id), why
			continue
		}
		stream.subs = append(stream.subs, s)
	}
	if len(bad) > 0 {
		return nil, bad, code
	}
	for _, s := range stream.subs {
		if s.stream != nil {
			s.stream.close(ews.ErrorNewEventStreamConnectionOpened, s)
		}
		s.stream, s.news = stream, true
	}
	stream.Woken <- struct{}{} // what has happened meanwhile
	return stream, nil, ews.NoError
}

// close ends a connection from elsewhere. The hub's lock is held.
func (st *Stream) close(reason ews.Code, of *subscription) {
	st.reason = reason
	st.lost = append(st.lost, of.id)
	select {
	case st.Woken <- struct{}{}:
	default:
	}
}

// Look is what has happened since the last look, as far as the news has come: what to send, or why the connection is at its end.
func (st *Stream) Look() (notifications []ews.Notification, missed, lost []string, reason ews.Code) {
	st.hub.mu.Lock()
	defer st.hub.mu.Unlock()
	if st.reason != "" {
		return nil, nil, st.lost, st.reason
	}
	for _, s := range st.subs {
		if !s.news {
			continue
		}
		s.news = false
		n, more, gap := st.hub.look(s)
		if gap {
			missed = append(missed, s.id)
		}
		if n != nil {
			notifications = append(notifications, *n)
		}
		if more {
			s.wake()
		}
	}
	return notifications, missed, nil, ""
}

// look is what a subscription has to tell on a connection: without watermarks. Gap says that events were lost.
func (h *Hub) look(s *subscription) (n *ews.Notification, more, gap bool) {
	heard, ok := h.store.Listen(s.watch, s.place, mostEvents)
	if gap = !ok || s.missed; gap {
		s.missed = false
	}
	if !ok {
		s.place = h.store.Now(s.watch.Owner)
		return nil, false, true
	}
	s.place = heard.Next
	if len(heard.Events) == 0 {
		return nil, heard.More, gap
	}
	return &ews.Notification{ID: s.id, Events: heard.Events}, heard.More, gap
}

// Quiet is what to say where nothing has happened: a status event for each subscription.
func (st *Stream) Quiet() (notifications []ews.Notification) {
	for _, s := range st.subs {
		notifications = append(notifications, ews.Notification{ID: s.id, Events: []ews.Event{{Type: ews.StatusEvent}}})
	}
	return notifications
}

// Close gives the subscriptions back: they live on without a connection for a while.
func (st *Stream) Close() {
	st.hub.mu.Lock()
	defer st.hub.mu.Unlock()
	for _, s := range st.subs {
		if s.stream == st {
			s.stream = nil
			s.expires = time.Now().Add(st.hub.idle)
		}
	}
}
