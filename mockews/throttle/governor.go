package throttle

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Governor keeps budgets by a policy. It is safe for concurrent use.
type Governor struct {
	flavour flavour.Limits
	start   Policy
	rules   atomic.Pointer[rules]

	mu       sync.Mutex
	accounts map[Key]*account
}

// maxAccounts is how many accounts are kept before those that are as new are forgotten.
const maxAccounts = 1 << 16

// New puts a policy in force, with the limits of a flavour for what it leaves out.
func New(p Policy, f flavour.Limits) *Governor {
	g := &Governor{flavour: f, start: p, accounts: map[Key]*account{}}
	g.rules.Store(compile(p, f))
	return g
}

// Enabled reports whether anything is limited.
func (g *Governor) Enabled() bool { return g.rules.Load().policy.Enabled }

// Policy is the one in force.
func (g *Governor) Policy() Policy { return g.rules.Load().policy }

// Limits are the limits in force. 0 is none.
func (g *Governor) Limits() flavour.Limits { return g.rules.Load().limits }

// Change lets f change a copy of the policy, which is in force afterwards unless f or what it made is wrong. Budgets stay.
func (g *Governor) Change(f func(*Policy) error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	p := g.Policy()
	if err := f(&p); err != nil {
		return err
	}
	var report strictyaml.Report
	p.Check(&report, "throttling")
	if err := report.Err(); err != nil {
		return fmt.Errorf("throttle: %w", err)
	}
	g.rules.Store(compile(p, g.flavour))
	return nil
}

// Reset puts the policy of the start in force again, and fills every budget, as Refill does.
func (g *Governor) Reset() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.rules.Store(compile(g.start, g.flavour))
	g.accounts = map[Key]*account{}
}

// Refill fills every budget; nobody has to stay away any more. Requests under way end as if they had been of another governor.
func (g *Governor) Refill() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.accounts = map[Key]*account{}
}

// account is the account of a key, made if there is none. The caller holds the lock.
func (g *Governor) account(k Key, now time.Time, r *rules) *account {
	a, ok := g.accounts[k]
	if !ok {
		g.makeRoom(now, r)
		a = &account{balance: r.burst, at: now}
		g.accounts[k] = a
	}
	a.settle(now, r)
	return a
}

func (g *Governor) makeRoom(now time.Time, r *rules) {
	if len(g.accounts) < maxAccounts {
		return
	}
	for k, a := range g.accounts {
		if a.idle(now, r) {
			delete(g.accounts, k)
		}
	}
}

// Budget is the state of one budget.
type Budget struct {
	Key     Key
	Balance time.Duration
	Running int
	// BackOff is how long its callers have been told to wait, from now.
	BackOff time.Duration
}

// Budgets are the budgets that are not as new, in no order.
func (g *Governor) Budgets(now time.Time) []Budget {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.rules.Load()
	var all []Budget
	for k, a := range g.accounts {
		if !a.idle(now, r) {
			all = append(all, Budget{Key: k, Balance: a.balance, Running: a.running, BackOff: max(0, a.until.Sub(now))})
		}
	}
	return all
}
