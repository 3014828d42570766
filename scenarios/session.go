package scenarios

import "github.com/ewsbench/ewsbench/ews"

// What a session remembers at most. A mailbox with everything in it takes
// some 30 KiB, with the ids of a real server.
const (
	maxRemembered = 2048    // mailboxes
	maxFolders    = 128     // folders of a mailbox
	maxPending    = 1 << 14 // items of a mailbox that a worker has still to ask for
)

// Session is what was learned from one target in one run. It is safe for
// concurrent use.
//
// Item and folder ids are facts about a mailbox: they are shared by the arms,
// and both calls of a pair are bound to the same ones. Sync states are an
// arm's own progress. Where a step changes items, what was found is dealt out
// among the arms: each changes its own.
//
// Its memory is bounded. Up to 2048 mailboxes are remembered for the whole
// run; of more, those of the last 2048 visits are, so that a mailbox that
// comes round again starts afresh. What is forgotten depends on the plan
// alone, not on the order in which answers arrive.
type Session struct {
	plan   *Plan
	steps  []Step
	arms   int
	fixed  []ews.Body // of steps whose request is the same for each mailbox
	texts  []string   // of what steps write
	chain  chain
	memory []memory // of visit v at v mod len
}

// NewSession returns a session that knows nothing, for that many arms.
func (p *Plan) NewSession(arms int) *Session {
	s := &Session{
		plan:   p,
		steps:  p.steps,
		arms:   arms,
		chain:  chainOf(p.steps),
		memory: make([]memory, min(p.mailboxes, maxRemembered)),
	}
	if p.closed {
		s.chain.pursue()
		s.memory = make([]memory, p.lanes)
	}
	for _, step := range p.steps {
		s.fixed = append(s.fixed, fixedBody(step))
		s.texts = append(s.texts, textOf(step))
	}
	return s
}

// Request returns the request of a call in an arm, counted from 0, with the
// ids and the sync state that are known for it. Version is left to the caller;
// the mailbox is impersonated by its primary SMTP address.
//
// late: the answer that this call depends on is not there yet. The request
// goes out with the last known state: an empty sync state asks for an initial
// synchronisation, items never seen are asked for by a well-formed id that
// names nothing, folders never seen by the distinguished inbox.
func (s *Session) Request(arm int, c Call) (r ews.Request, late bool) {
	r.Impersonate = ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: c.Mailbox}
	switch {
	case s.fixed[c.Step] != nil:
		r.Body = s.fixed[c.Step]
	case s.chain.links[c.Step] == linkNone:
		r.Body = s.freeBody(c)
	default:
		m := s.lock(c)
		r.Body, late = s.bind(m, arm, c)
		m.mu.Unlock()
	}
	return r, late
}

// Observe learns from the answer to a call. Every answer should be observed,
// also a failed one or none: it settles what the next call waits for. The
// body is not kept.
func (s *Session) Observe(arm int, c Call, o ews.Outcome, body []byte) {
	if !s.chain.teaches[c.Step] {
		return
	}
	m := s.lock(c)
	s.learn(m, arm, c, o, body)
	m.mu.Unlock()
}
