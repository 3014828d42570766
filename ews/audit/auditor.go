package audit

import "sync/atomic"

// Auditor judges exchanges, one after the other, and counts its verdicts. It is
// safe for concurrent use. Its zero value is ready.
type Auditor struct {
	memory memory
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
	var given Verdicts
	for i := range rules {
		if rules[i].broken(e, &a.memory) {
			given |= 1 << i
			a.counts[i].Add(1)
		}
	}
	a.memory.note(e)
	return given
}

// Judged is how many exchanges were judged.
func (a *Auditor) Judged() uint64 { return a.judged.Load() }

// Counts is how many exchanges broke each rule, without the rules that none
// broke.
func (a *Auditor) Counts() map[ID]uint64 {
	counts := map[ID]uint64{}
	for i := range rules {
		if n := a.counts[i].Load(); n > 0 {
			counts[rules[i].ID] = n
		}
	}
	return counts
}
