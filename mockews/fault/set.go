package fault

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Set holds the rules in force. It is safe for concurrent use; a call reads it without a lock.
type Set struct {
	dice  Dice
	start time.Time

	mu    sync.Mutex // of whoever changes the rules
	rules atomic.Pointer[[]*active]
}

// active is a rule in force.
type active struct {
	Rule
	kind    Kind
	name    string
	expires time.Time // zero: never
	counter counter
}

// NewSet puts rules in force at the start of a server.
func NewSet(d Dice, start time.Time, rules []Rule) *Set {
	s := &Set{dice: d, start: start}
	s.rules.Store(new([]*active))
	for _, r := range rules {
		s.Add(r, start)
	}
	return s
}

// Add puts a rule in force, as the last one, and returns what takes it out again. The rule must be valid.
func (s *Set) Add(r Rule, now time.Time) (off func()) {
	a := &active{Rule: Clone([]Rule{r})[0], name: r.label()}
	a.kind = a.Fault.Kind()
	if r.TTL > 0 {
		a.expires = now.Add(r.TTL)
	}
	s.change(func(rules []*active) []*active {
		return append(slices.DeleteFunc(rules, func(b *active) bool { return b.expired(now) }), a) // lest they pile up
	})
	return func() { s.remove(a) }
}

func (s *Set) remove(a *active) {
	s.change(func(rules []*active) []*active {
		return slices.DeleteFunc(rules, func(b *active) bool { return a == b })
	})
}

// change replaces the rules by what f makes of a copy of them.
func (s *Set) change(f func([]*active) []*active) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rules := f(slices.Clone(*s.rules.Load()))
	s.rules.Store(&rules)
}

// Reset puts the rules in place of all that are in force.
func (s *Set) Reset(rules []Rule, now time.Time) {
	s.change(func([]*active) []*active { return nil })
	for _, r := range rules {
		s.Add(r, now)
	}
}

// Empty reports whether no rule is in force, so that nothing has to be found out about a call.
func (s *Set) Empty() bool { return len(*s.rules.Load()) == 0 }

// Rules are the rules in force, in their order.
func (s *Set) Rules(now time.Time) []Rule {
	var rules []Rule
	for _, a := range *s.rules.Load() {
		if !a.expired(now) {
			rules = append(rules, a.Rule)
		}
	}
	return Clone(rules)
}

// Meet is what the rules do to a call, nil if none hits it. A rule whose time is over is taken out.
func (s *Set) Meet(c *Call) *Effect {
	var e Effect
	for _, a := range *s.rules.Load() {
		d := draw{dice: s.dice, rule: a.name, key: c.Key}
		switch {
		case a.expired(c.Arrived):
			s.remove(a)
		case a.hits(c, c.Arrived.Sub(s.start), d) && a.kind.inject(d, c, &e):
			e.Rules = append(e.Rules, a.name)
		}
	}
	if e.Rules == nil {
		return nil
	}
	return &e
}

func (a *active) expired(now time.Time) bool { return !a.expires.IsZero() && !now.Before(a.expires) }

// hits reports whether the rule is about the call, by its number too, and whether the draw is against it.
func (a *active) hits(c *Call, since time.Duration, d draw) bool {
	if !a.Match.fits(c, since) {
		return false
	}
	if p, ok := a.kind.(picky); ok && !p.concerns(c) {
		return false
	}
	if a.Match.counts() && !a.Match.picks(a.counter.number(c)) {
		return false
	}
	p := a.Probability.or(1)
	return p == 1 || d.uniform("hit") < p
}
