package notify

import (
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// Kind is how a subscription hears of events.
type Kind uint8

// The kinds.
const (
	Pull Kind = iota
	Push
	Streaming
)

// Organisation is where mailboxes and servers are.
type Organisation interface {
	// Server is the name of a back end in ids.
	Server(backEnd int) string
	// Database is the GUID of the database that holds a mailbox, as 16 bytes.
	Database(access.Principal) [16]byte
	// Arrival is when an event that happens now comes to a back end, and is dealt with there.
	Arrival(p access.Principal, backEnd int, now time.Time) time.Time
	// Bits are 64 evenly distributed bits, a pure function of the seed, of what is drawn and of a key.
	Bits(what string, key uint64) uint64
}

// Hub keeps the subscriptions of all back ends. It is safe for concurrent use.
type Hub struct {
	store *mailbox.Store
	org   Organisation
	post  Poster
	idle  time.Duration

	mu      sync.Mutex
	serial  uint64
	all     map[string]*subscription
	byOwner map[access.Principal]map[*subscription]bool
	swept   int                              // how many there were after the last sweep
	mail    map[access.Principal]*time.Timer // until mail arrives by itself with those to whom somebody listens
}

// Poster sends a notification to the listener of a push subscription and returns what that answered: OK or Unsubscribe.
type Poster func(url string, n ews.SendNotification) (status string, err error)

// New makes a hub without subscriptions. Idle is how long a streaming one lives without a connection.
func New(store *mailbox.Store, org Organisation, post Poster, idle time.Duration) *Hub {
	return &Hub{
		store: store, org: org, post: post, idle: idle, all: map[string]*subscription{}, byOwner: map[access.Principal]map[*subscription]bool{},
		mail: map[access.Principal]*time.Timer{},
	}
}

// subscription is one of them.
type subscription struct {
	id      string
	kind    Kind
	creator access.Principal // who has said who it is: an impersonated user owns no subscription
	backEnd int
	watch   mailbox.Watch
	timeout time.Duration
	expires time.Time
	place   uint64 // in the journal of the mailbox
	missed  bool   // events were lost
	news    bool   // its connection is to look what has happened
	ended   func() // gives its place in the budget back
	stream  *Stream
	stop    chan struct{} // closed when it ends
}

// Asker is who asks, where, and what a subscription of it counts against.
type Asker struct {
	mailbox.Call
	BackEnd int
	// Onward is when what leaves that back end at an instant has come to the one that the client is connected to; nil if it is
	// the same.
	Onward func(time.Time) time.Time
	// Admit counts a subscription; a refusal is for one too many.
	Admit func() (ended func(), ok bool)
}

// add keeps a new subscription.
func (h *Hub) add(s *subscription) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.serial++
	s.id = encodeID(h.org.Server(s.backEnd), h.serial, h.org.Bits)
	s.stop = make(chan struct{})
	h.all[s.id] = s
	if h.byOwner[s.watch.Owner] == nil {
		h.byOwner[s.watch.Owner] = map[*subscription]bool{}
	}
	h.byOwner[s.watch.Owner][s] = true
	if h.mail[s.watch.Owner] == nil {
		h.expect(s.watch.Owner)
	}
}

// drop ends a subscription. The lock is held.
func (h *Hub) drop(s *subscription) {
	if h.all[s.id] != s {
		return
	}
	delete(h.all, s.id)
	delete(h.byOwner[s.watch.Owner], s)
	if len(h.byOwner[s.watch.Owner]) == 0 {
		delete(h.byOwner, s.watch.Owner)
		h.neglect(s.watch.Owner)
	}
	close(s.stop)
	if s.ended != nil {
		s.ended()
	}
}

// fewSubscriptions are swept at no cost that anybody notices.
const fewSubscriptions = 64

// sweep drops what has expired, once there are twice as many as the last time: so each subscription pays for looking at two, and no
// more are kept than twice those that live, or were alive at the last sweep. The lock is held.
func (h *Hub) sweep(now time.Time) {
	if len(h.all) < max(fewSubscriptions, 2*h.swept) {
		return
	}
	h.sweepAll(now)
}

// sweepAll drops what has expired. The lock is held.
func (h *Hub) sweepAll(now time.Time) {
	for _, s := range h.all {
		if s.stream == nil && s.kind != Push && now.After(s.expires) {
			h.drop(s)
		}
	}
	h.swept = len(h.all)
}

// find is the subscription of that id, for somebody who asks a back end. The lock is held.
func (h *Hub) find(a Asker, id string) (*subscription, ews.Code) {
	s := h.all[id]
	switch {
	case s == nil || s.backEnd != a.BackEnd:
		return nil, ews.ErrorSubscriptionNotFound
	case s.stream == nil && s.kind != Push && time.Now().After(s.expires):
		h.drop(s)
		return nil, ews.ErrorSubscriptionNotFound
	case s.creator != a.Caller:
		return nil, ews.ErrorSubscriptionAccessDenied
	}
	return s, ews.NoError
}

// Wake tells those who listen to a mailbox that something has happened in it, once the news has come to their servers, and from
// there to their connections.
func (h *Hub) Wake(owner access.Principal) {
	now := time.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.byOwner[owner] {
		at := s.onward(h.org.Arrival(owner, s.backEnd, now))
		if !at.After(now) {
			s.wake()
			continue
		}
		time.AfterFunc(at.Sub(now), func() {
			h.mu.Lock()
			defer h.mu.Unlock()
			s.wake()
		})
	}
}

// onward is when what leaves the server of the subscription at an instant has come to the server that its connection goes to.
func (s *subscription) onward(at time.Time) time.Time {
	if s.stream == nil || s.stream.onward == nil {
		return at
	}
	return s.stream.onward(at)
}

// wake tells the connection of a subscription, if it has one.
func (s *subscription) wake() {
	if s.stream == nil {
		return
	}
	s.news = true
	select {
	case s.stream.Woken <- struct{}{}:
	default: // it is to look anyhow
	}
}

// Lose forgets the subscriptions of a back end, as one does that goes down.
func (h *Hub) Lose(backEnd int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.all {
		if s.backEnd == backEnd {
			if s.stream != nil {
				s.stream.close(ews.ErrorSubscriptionNotFound, s)
			}
			h.drop(s)
		}
	}
}

// Miss notes that a mailbox has failed over: those who listen to it have missed events.
func (h *Hub) Miss(owner func(access.Principal) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.all {
		if owner(s.watch.Owner) {
			s.missed = true
			s.wake()
		}
	}
}

// Reset ends all subscriptions.
func (h *Hub) Reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.all {
		if s.stream != nil {
			s.stream.close(ews.ErrorSubscriptionNotFound, s)
		}
		h.drop(s)
	}
}

// Len is how many subscriptions there are.
func (h *Hub) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.all)
}
