package mockews

import (
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// Inject puts a rule in force, after those that are, and returns what takes it out again. It panics if the rule makes no
// sense here: that is a mistake of whoever wrote the test. For rules from elsewhere there is [Server.TryInject].
func (s *Server) Inject(r fault.Rule) (off func()) {
	off, err := s.TryInject(r)
	if err != nil {
		panic(err.Error())
	}
	return off
}

// TryInject is Inject with an error that says what is wrong with the rule.
func (s *Server) TryInject(r fault.Rule) (off func(), err error) {
	if err := r.Validate(s.org.Place()); err != nil {
		return nil, fmt.Errorf("mockews: fault: %w", err)
	}
	return s.faults.Add(r, time.Now()), nil
}

// Faults are the rules in force, those of the topology and those that were injected, in their order.
func (s *Server) Faults() []fault.Rule { return s.faults.Rules(time.Now()) }

// meet finds out which faults the call meets.
func (x *exchange) meet(actor, opened route.Principal) {
	s := x.server
	if s.faults.Empty() {
		return
	}
	home, ok := s.org.Home(opened)
	if !ok {
		home = x.choice.BackEnd
	}
	x.harm = s.faults.Meet(&fault.Call{
		Key: x.hints.Key, Tie: x.tie(), Op: x.note.op, Caller: x.callerName(), Mailbox: s.org.Address(actor),
		Anchor: x.anchorState(actor), First: s.host(x.choice.BackEnd), Home: s.host(home), Arrived: x.hints.Now,
	})
}

// injected is the answer that stands in for that of the operation, by a fault or by the state that things are in; nil for
// none.
func (x *exchange) injected() *fault.Answer {
	if x.harm != nil && x.harm.Answer != nil {
		return x.harm.Answer
	}
	return x.trouble
}

// tie tells calls apart that are alike in all the rest.
func (x *exchange) tie() uint64 { return route.Key(x.hints.Anchor) ^ uint64(x.hints.Caller) }

func (s *Server) host(backEnd int) fault.Host {
	h := s.org.BackEnd(backEnd)
	return fault.Host{Name: h.Name, Site: s.org.Site(h)}
}

func (x *exchange) anchorState(actor route.Principal) fault.Anchor {
	switch {
	case x.hints.Anchor == "":
		return fault.AnchorMissing
	case x.choice.Anchor == 0:
		return fault.AnchorUnknown
	case x.choice.Anchor != actor:
		return fault.AnchorWrong
	}
	return fault.AnchorCorrect
}
