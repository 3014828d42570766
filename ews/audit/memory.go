package audit

import "time"

// memory is what an auditor knows of earlier exchanges.
type memory struct {
	pace  recent[pace]          // by caller and mailbox, whose budget a server charges
	offer recent[time.Duration] // when the affinity cookie was offered, by caller and anchor
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
	p, _ := m.pace.get(keyOf(e.Caller, e.Mailbox))
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
	switch {
	case e.busy() || e.BackOff > 0:
		m.pace.update(keyOf(e.Caller, e.Mailbox), func(p pace) pace { return p.after(e) })
	case m.pace.empty():
	case m.paceOf(e).until <= e.Came:
		m.pace.forget(keyOf(e.Caller, e.Mailbox))
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
