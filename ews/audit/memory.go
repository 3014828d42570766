package audit

import (
	"sync"
	"time"
)

// memory is what an auditor knows of earlier exchanges.
type memory struct {
	pace    recent[pace]          // by caller and mailbox, whose budget a server charges
	offer   recent[time.Duration] // when the affinity cookie was offered, by caller and anchor
	refused recent[refusal]       // what was refused, by what it was and by whom it was asked

	chain         sync.Mutex           // held by exchanges that go by what earlier answers said
	syncs         recent[syncing]      // by folder and client
	pages         recent[paging]       // by search and client
	attempts      recent[attempt]      // by request
	subscriptions recent[subscription] // by id
	groups        recent[int]          // how many subscriptions a group has, by caller and anchor
	owned         recent[int]          // how many subscriptions a mailbox has
	polls         recent[poll]         // by what is asked over and over

	ids         lossy // of requests
	agents      lossy // of connections
	connections streaks

	calls, streams underway // by caller and mailbox
}

// chained says that the exchange goes by what earlier answers said, so that the
// order of the like of it matters.
func (e *Exchange) chained() bool {
	return e.Folder != 0 || e.State != 0 || e.Query != 0 || e.Text != 0 || e.syncs() || e.notification()
}

// pace is how a server has told a caller to slow down.
type pace struct {
	told, until time.Duration // the back-off that is in force, from when to when
	busy        time.Duration // when the last request was turned away
	retries     int           // how many in a row had been sent at once after that, and turned away as well
}

func (m *memory) paceOf(e *Exchange) pace {
	if m.pace.empty() {
		return pace{}
	}
	p, _ := m.pace.get(e.who)
	return p
}

// offered is when the cookie of the request's group was offered.
func (m *memory) offered(e *Exchange) (at time.Duration, ok bool) {
	if m.offer.empty() {
		return 0, false
	}
	return m.offer.get(keyOf(e.Caller, e.Anchor))
}

// note remembers what an exchange means to those after it.
func (m *memory) note(e *Exchange) {
	if e.CookieOffered && e.Anchor != "" {
		m.offer.update(keyOf(e.Caller, e.Anchor), func(time.Duration) time.Duration { return e.Answered })
	}
	m.noteRefusals(e)
	if e.chained() {
		m.noteSync(e)
		m.notePage(e)
		m.noteAttempt(e)
		m.noteNotices(e)
		m.notePolls(e)
	}
	switch {
	case e.busy() || e.BackOff > 0:
		m.pace.update(e.who, func(p pace) pace { return p.after(e) })
	case m.pace.empty():
	case m.paceOf(e).until <= e.Came:
		m.pace.forget(e.who)
	}
}

// after is the pace once a request has been turned away.
func (p pace) after(e *Exchange) pace {
	next := pace{told: p.told, until: p.until, busy: e.Answered}
	if p.atOnce(e) {
		next.retries = p.retries + 1
	}
	if e.BackOff > 0 {
		if p.until <= e.Came {
			next.told = e.Answered
		}
		next.until = max(p.until, e.Answered+e.BackOff)
	}
	return next
}

// atOnce says that a request came at once after one that was turned away.
func (p pace) atOnce(e *Exchange) bool {
	return p.busy > 0 && e.Came >= p.busy && e.Came-p.busy < pause
}
