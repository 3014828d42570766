package route

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// roster is the service accounts. Who reads it takes no lock; who changes it puts a changed copy in its place. A place is
// never given to another account, so that neither a grant nor the journal comes to mean somebody else.
type roster struct {
	mu    sync.Mutex
	first int // accounts of the topology
	now   atomic.Pointer[[]seat]
}

// seat is an account in its place.
type seat struct {
	account Account
	address string
	scope   access.Scope
	gone    bool // it was added while the server ran, and taken out again
}

func newRoster(accounts []Account, domain string) *roster {
	r := &roster{first: len(accounts)}
	seats := make([]seat, len(accounts))
	for i, a := range accounts {
		seats[i] = newSeat(a, domain)
	}
	r.now.Store(&seats)
	return r
}

func newSeat(a Account, domain string) seat {
	a.Password = cmp.Or(a.Password, DefaultPassword)
	return seat{account: a, address: a.Name + "@" + domain, scope: a.Scope.compile()}
}

// seat is that of a principal, taken or not, or nil.
func (r *roster) seat(p Principal) *seat {
	if p >= 0 {
		return nil
	}
	seats := *r.now.Load()
	if p < -Principal(len(seats)) {
		return nil
	}
	return &seats[-p-1]
}

// find is the index of the account of that name, or -1.
func find(seats []seat, name string) int {
	for i := range seats {
		if strings.EqualFold(name, seats[i].account.Name) {
			return i
		}
	}
	return -1
}

// change puts a changed copy in place.
func (r *roster) change(change func([]seat) ([]seat, error)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	seats, err := change(slices.Clone(*r.now.Load()))
	if err == nil {
		r.now.Store(&seats)
	}
	return err
}

// AddAccount adds a service account while the organisation is in use. The error is for one that makes no sense, or that is
// there already.
func (o *Organisation) AddAccount(a Account) error {
	if err := o.validAccount(a); err != nil {
		return err
	}
	return o.accounts.change(func(seats []seat) ([]seat, error) {
		fresh, i := newSeat(a, o.topology.Domain), find(seats, a.Name)
		switch {
		case i < 0:
			return append(seats, fresh), nil
		case !seats[i].gone:
			return nil, fmt.Errorf("route: there is an account %q already", a.Name)
		}
		seats[i] = fresh
		return seats, nil
	})
}

// SetAccount changes the service account of that name. The error is for a change that makes no sense, or if there is none.
func (o *Organisation) SetAccount(a Account) error {
	if err := o.validAccount(a); err != nil {
		return err
	}
	return o.accounts.change(func(seats []seat) ([]seat, error) {
		i := find(seats, a.Name)
		if i < 0 || seats[i].gone {
			return nil, fmt.Errorf("route: there is no account %q", a.Name)
		}
		a.Name = seats[i].account.Name
		seats[i] = newSeat(a, o.topology.Domain)
		return seats, nil
	})
}

func (o *Organisation) validAccount(a Account) error {
	var report strictyaml.Report
	a.check(&report, "account", len(o.backEnds))
	if err := report.Err(); err != nil {
		return fmt.Errorf("route: %w", err)
	}
	return nil
}

// Accounts are the service accounts that there are now.
func (o *Organisation) Accounts() []Account {
	var accounts []Account
	for _, s := range *o.accounts.now.Load() {
		if !s.gone {
			accounts = append(accounts, s.account)
		}
	}
	return accounts
}

// ResetAccounts makes the service accounts those of the topology again.
func (o *Organisation) ResetAccounts() {
	_ = o.accounts.change(func(seats []seat) ([]seat, error) {
		for i := range seats {
			if i < o.accounts.first {
				seats[i] = newSeat(o.topology.Accounts[i], o.topology.Domain)
			} else {
				seats[i].gone = true
			}
		}
		return seats, nil
	})
}
