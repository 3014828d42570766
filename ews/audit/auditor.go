package audit

import "sync/atomic"

// Auditor judges exchanges, one after the other, and counts its verdicts. It is
// safe for concurrent use. Its zero value is ready.
type Auditor struct {
	// Situations makes it count how often the situation of each rule came up, so
	// that nothing that was not tried is taken for kept. It is to be set before
	// the first exchange.
	Situations bool

	memory memory
	met    [len(rules)]atomic.Uint64
	judged atomic.Uint64
	counts [len(rules)]atomic.Uint64
}

// Observe judges an exchange by what came before it and remembers what later
// ones are judged by. Exchanges are to come in the order in which they were
// answered. One to which there is nothing to say costs no allocation.
func (a *Auditor) Observe(e *Exchange) Verdicts {
	if e.Op == "" {
		return 0
	}
	a.judged.Add(1)
	if !e.arrived {
		e.name()
	}
	if e.chained() {
		a.memory.chain.Lock()
		defer a.memory.chain.Unlock()
	}
	given := a.judge(e, e.traits(&a.memory))
	if a.Situations {
		a.meet(e, given)
	}
	a.memory.note(e)
	a.leave(e)
	return given
}

// judge asks those rules that are about an exchange with these traits.
func (a *Auditor) judge(e *Exchange, t traits) (given Verdicts) {
	for i := range rules {
		if t.concern(i) && rules[i].broken(e, &a.memory) {
			given |= 1 << i
			a.counts[i].Add(1)
		}
	}
	return given
}

// meet counts the rules whose situation came up; a rule that was broken was
// tried.
func (a *Auditor) meet(e *Exchange, broken Verdicts) {
	for i := range rules {
		met := rules[i].met
		if broken&(1<<i) != 0 || met != nil && met(e, &a.memory) {
			a.met[i].Add(1)
		}
	}
}

// Arrive counts an exchange among those under way, until Observe is called, or
// Ended for a stream. Who does not call it is told nothing of how many requests
// are sent at once.
func (a *Auditor) Arrive(e *Exchange) {
	if e.Op == "" {
		return
	}
	e.arrived = true
	e.name()
	if e.streaming() {
		e.streams = a.memory.streams.begin(e.who)
	} else {
		e.calls = a.memory.calls.begin(e.who)
	}
}

// Leave takes an exchange out of those under way that is not to be judged after
// all.
func (a *Auditor) Leave(e *Exchange) {
	a.leave(e)
	if e.arrived {
		e.arrived = false
		a.memory.streams.end(e.who)
	}
}

// leave takes an exchange that is over out of those under way.
func (a *Auditor) leave(e *Exchange) {
	if e.arrived && !e.streaming() {
		e.arrived = false
		a.memory.calls.end(e.who)
	}
}

// Ended is to be called when a stream is over, whether or not its request was
// granted: byServer if the server had said that it closes it.
func (a *Auditor) Ended(e *Exchange, byServer bool) {
	if !e.streaming() {
		return
	}
	if e.arrived {
		e.arrived = false
		a.memory.streams.end(e.who)
	}
	a.memory.chain.Lock()
	defer a.memory.chain.Unlock()
	if e.opened && byServer {
		a.met[indexOf(StreamNotReopened)].Add(1)
	}
	a.memory.closeStream(e, byServer)
}

// Finish judges what was left undone when no more requests come: subscriptions
// that nobody ended, synchronisations that stopped half way. It counts, and
// forgets what it has counted.
func (a *Auditor) Finish() {
	a.memory.chain.Lock()
	defer a.memory.chain.Unlock()
	for i := range rules {
		if undone := rules[i].undone; undone != nil {
			a.counts[i].Add(undone(&a.memory))
		}
	}
	a.memory.syncs.reset()
	a.memory.subscriptions.reset()
}

// Judged is how many exchanges were judged.
func (a *Auditor) Judged() uint64 { return a.judged.Load() }

// Counts is how many exchanges broke each rule, without the rules that none
// broke.
func (a *Auditor) Counts() map[ID]uint64 {
	return named(&a.counts)
}

// Met is how often the situation of each rule came up, without those that did
// not; nothing unless Situations is set.
func (a *Auditor) Met() map[ID]uint64 {
	if !a.Situations {
		return map[ID]uint64{}
	}
	return named(&a.met)
}

func named(numbers *[len(rules)]atomic.Uint64) map[ID]uint64 {
	counts := map[ID]uint64{}
	for i := range rules {
		if n := numbers[i].Load(); n > 0 {
			counts[rules[i].ID] = n
		}
	}
	return counts
}
