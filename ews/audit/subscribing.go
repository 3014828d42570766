package audit

import (
	"cmp"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// subscription is what is known of one.
type subscription struct {
	group   uint64 // its caller and anchor, if it was made with affinity
	mailbox uint64
	mark    uint64        // where its next events begin, of one that is pulled
	at      time.Duration // when that was said, or when it was lost
	lost    bool          // the client was told that it is not there
	ended   bool          // the client has ended it
	open    int           // streams that it is part of
	closed  bool          // the server closed its last stream, and it was in none since
}

// alive says that a server keeps the subscription.
func (s *subscription) alive() bool { return !s.lost && !s.ended }

func idKey(id string) uint64 { return digestText(id) }

// subscribed calls visit with what is known of the subscriptions that an
// exchange names, until it returns true; and says whether it did.
func (m *memory) subscribed(e *Exchange, visit func(subscription) bool) bool {
	if len(e.Subscriptions) == 0 || m.subscriptions.empty() {
		return false
	}
	for _, id := range e.Subscriptions {
		if s, ok := m.subscriptions.get(idKey(id)); ok && visit(s) {
			return true
		}
	}
	return false
}

// spans says that the subscriptions of an exchange are a group's, or are of
// several mailboxes.
func (m *memory) spans(e *Exchange) bool {
	first := uint64(0)
	return m.subscribed(e, func(s subscription) bool {
		if first == 0 {
			first = s.mailbox
		}
		return s.group != 0 || s.mailbox != first
	})
}

// owner is whose mailbox an exchange is about.
func (e *Exchange) owner() uint64 { return keyOf(cmp.Or(e.Mailbox, e.Caller), "") }

func (e *Exchange) groupKey() uint64 { return keyOf(e.Caller, e.Anchor) }

// grouped says that the exchange is one of a group of subscriptions.
func (e *Exchange) grouped() bool { return e.Affinity && e.Anchor != "" && e.notification() }

// lost says that the answer tells a client that its subscription is not there.
func (e *Exchange) lost() bool {
	if e.Op != ews.OpGetEvents && e.Op != ews.OpGetStreamingEvents {
		return false
	}
	switch e.Code {
	case ews.ErrorSubscriptionNotFound, ews.ErrorExpiredSubscription, ews.ErrorInvalidSubscription, ews.ErrorReadEventsFailed:
		return true
	}
	return false
}

func (m *memory) noteNotices(e *Exchange) {
	switch e.Op {
	case ews.OpSubscribe:
		m.noteSubscribed(e)
	case ews.OpUnsubscribe:
		if e.Code == ews.NoError {
			m.change(e.Subscriptions, func(s subscription) subscription {
				m.leaveGroup(&s)
				s.ended = true
				return s
			})
		}
	case ews.OpGetEvents, ews.OpGetStreamingEvents:
		m.noteEvents(e)
	}
}

func (m *memory) noteSubscribed(e *Exchange) {
	if e.Code != ews.NoError || e.Made == "" || e.Push {
		return
	}
	s := subscription{mailbox: e.owner(), mark: e.NextMark, at: e.Answered}
	m.owned.update(s.mailbox, func(n int) int { return n + 1 })
	if e.grouped() {
		s.group = e.groupKey()
		m.groups.update(s.group, func(n int) int { return n + 1 })
	}
	m.subscriptions.put(idKey(e.Made), s)
}

// leaveGroup takes a subscription that is about to go out of its group, and of
// its mailbox's.
func (m *memory) leaveGroup(s *subscription) {
	fewer := func(n int) int { return max(0, n-1) }
	if s.alive() && s.mailbox != 0 {
		m.owned.update(s.mailbox, fewer)
	}
	if s.alive() && s.group != 0 {
		m.groups.update(s.group, fewer)
	}
}

func (m *memory) noteEvents(e *Exchange) {
	switch {
	case e.lost():
		gone := e.Gone
		if len(gone) == 0 {
			gone = e.Subscriptions
		}
		m.change(gone, func(s subscription) subscription {
			m.leaveGroup(&s)
			s.lost, s.at = true, e.Answered
			return s
		})
	case e.Code != ews.NoError:
	case e.streaming():
		e.opened = true
		m.change(e.Subscriptions, func(s subscription) subscription {
			s.open, s.closed = s.open+1, false
			return s
		})
	case e.NextMark != 0 && !e.Undelivered:
		m.change(e.Subscriptions, func(s subscription) subscription {
			s.mark, s.at = e.NextMark, e.Answered
			return s
		})
	}
}

// closeStream takes the subscriptions out of a stream that is over.
func (m *memory) closeStream(e *Exchange, byServer bool) {
	if !e.opened {
		return
	}
	e.opened = false
	m.change(e.Subscriptions, func(s subscription) subscription {
		s.open, s.closed = max(0, s.open-1), byServer
		return s
	})
}

func (m *memory) change(ids []string, change func(subscription) subscription) {
	for _, id := range ids {
		m.subscriptions.update(idKey(id), change)
	}
}
