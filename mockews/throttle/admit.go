package throttle

import "time"

// Ask is what a request asks for.
type Ask struct {
	Key Key
	// Sync says that it is a synchronisation.
	Sync bool
	// Find is how many objects it looks for, 0 for no search; Restricted says that they are searched by a restriction. Paged
	// says that fewer will do.
	Find       int
	Restricted bool
	Paged      bool
}

// Ticket is a request's part in its budget, from [Governor.Admit] to [Governor.Release].
type Ticket struct {
	account *account
	sync    bool
	// Find is how many objects the search may return: at most what was asked for.
	Find int
	// Before is the balance when the request came.
	Before time.Duration
}

// Part is the part of the policy that a request is refused for, as servers name it.
type Part string

// The parts.
const (
	PartNone        Part = ""
	PartConcurrency Part = "MaxConcurrency"
	PartCutoff      Part = "EwsCutoffBalance"
	PartSyncs       Part = "ConcurrentSyncCalls"
	PartFound       Part = "EWSFindCountLimit"
	PartStreams     Part = "HangingConnectionLimit"
	PartSubscribed  Part = "EWSMaxSubscriptions"
)

// Refusal says why a request is refused; of PartNone it is none.
type Refusal struct {
	Part Part
	// Value is the value of that part.
	Value int
	// BackOff is how long to wait.
	BackOff time.Duration
	// Early says that the caller had been told to wait, and did not.
	Early  bool
	Before time.Duration
}

// syncBackOff is what a server tells those who synchronise too much at once (capture in thunderbird/ews-rs).
const syncBackOff = 5 * time.Second

// Admit takes a request in, or refuses it. In this order: a wait that is not over, the concurrency, the cut-off, and the
// limits of some operations. A refused request is charged nothing.
func (g *Governor) Admit(now time.Time, ask Ask) (Ticket, Refusal) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.rules.Load()
	a := g.account(ask.Key, now, r)
	refuse := func(p Part, value int, wait time.Duration) (Ticket, Refusal) {
		return Ticket{}, Refusal{Part: p, Value: value, BackOff: wait, Before: a.balance}
	}
	switch {
	case now.Before(a.until):
		t, refusal := refuse(PartCutoff, int(r.cutoff.Milliseconds()), (a.until.Sub(now) + time.Millisecond - 1).Truncate(time.Millisecond))
		refusal.Early = true
		return t, refusal
	case full(a.running, r.limits.Concurrency):
		return refuse(PartConcurrency, r.limits.Concurrency, 0)
	case a.balance < -r.cutoff:
		wait := a.backOff(r)
		a.until = now.Add(wait)
		return refuse(PartCutoff, int(r.cutoff.Milliseconds()), wait)
	case ask.Sync && full(a.syncs, r.limits.Syncs):
		return refuse(PartSyncs, r.limits.Syncs, syncBackOff)
	}
	find, ok := a.mayFind(ask, r)
	if !ok {
		return refuse(PartFound, r.found(ask), 0)
	}
	a.running++
	a.found += find
	if ask.Sync {
		a.syncs++
	}
	return Ticket{account: a, sync: ask.Sync, Find: find, Before: a.balance}, Refusal{}
}

func full(n, limit int) bool { return limit > 0 && n >= limit }

// found is the limit for a search.
func (r *rules) found(ask Ask) int {
	if ask.Restricted {
		return r.limits.FoundRestricted
	}
	return r.limits.Found
}

// mayFind is how many objects a search may hold beside those under way. One without pages gets all or nothing.
func (a *account) mayFind(ask Ask, r *rules) (int, bool) {
	limit := r.found(ask)
	if ask.Find == 0 || limit == 0 || a.found+ask.Find <= limit {
		return ask.Find, true
	}
	left := limit - a.found
	return left, ask.Paged && left > 0
}

// Bill is what a request costs in the end.
type Bill struct {
	// After is the balance that is left.
	After time.Duration
	// Delay is how long the answer is to be held back: so long for each of its parts, of which the next waits for the one before.
	Delay time.Duration
	// Reached is how many of the parts there is time for.
	Reached int
}

// Charge takes a request's working time from its budget.
func (g *Governor) Charge(now time.Time, t Ticket, cost time.Duration, parts int) Bill {
	parts = max(parts, 1)
	if t.account == nil {
		return Bill{Reached: parts}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.rules.Load()
	t.account.settle(now, r)
	if cost > r.policy.CostThreshold {
		t.account.balance -= cost
	}
	b := r.bill(cost, t.account.delay(r), parts)
	b.After = t.account.balance
	return b
}

// bill cuts a batch off when its time is over. Its working time is taken to be spread evenly over its parts.
func (r *rules) bill(cost, each time.Duration, parts int) Bill {
	whole := cost + time.Duration(parts)*each
	if parts == 1 || whole <= r.batch {
		return Bill{Delay: time.Duration(parts) * each, Reached: parts}
	}
	return Bill{Delay: max(0, r.batch-cost), Reached: int(float64(parts) * float64(r.batch) / float64(whole))}
}

// Release ends a request's part, when its answer is sent.
func (g *Governor) Release(t Ticket) {
	if t.account == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	t.account.running--
	t.account.found -= t.Find
	if t.sync {
		t.account.syncs--
	}
}
