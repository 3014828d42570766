package access

import (
	"sync"
	"sync/atomic"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// Guard decides by grants, which may change while it is asked. It is safe for concurrent use: decisions take no lock.
type Guard struct {
	dir     Directory
	holders Holders // nil if the directory has none
	first   *rules

	mu  sync.Mutex // held by who changes the rules
	now atomic.Pointer[rules]
}

// NewGuard makes a guard that decides by the grants. The error says what is wrong with them.
func NewGuard(dir Directory, g Grants) (*Guard, error) {
	r, err := compile(dir, g)
	if err != nil {
		return nil, err
	}
	guard := &Guard{dir: dir, first: r}
	guard.holders, _ = dir.(Holders)
	guard.now.Store(r)
	return guard, nil
}

// Grants are those that are in force.
func (g *Guard) Grants() Grants { return g.now.Load().grants.Clone() }

// Change changes the grants. The function gets a copy of those in force; what it leaves there is in force for whatever is asked
// afterwards, in one step. If the function fails, or if its grants make no sense, everything stays as it was.
func (g *Guard) Change(change func(*Grants) error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	grants := g.Grants()
	if err := change(&grants); err != nil {
		return err
	}
	r, err := compile(g.dir, grants)
	if err != nil {
		return err
	}
	g.now.Store(r)
	return nil
}

// Reset puts the grants back in force that the guard was made with.
func (g *Guard) Reset() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now.Store(g.first)
}

// Decide says whether the caller may do something with the target's mailbox. The caller is who acts: of a request that
// impersonates somebody, whom it impersonates. See [Guard.DecideAs] for both in one.
func (g *Guard) Decide(caller, target Principal, right Right) Decision {
	r := g.now.Load()
	switch {
	case right.Verb == Impersonate:
		return g.impersonate(r, caller, target)
	case !g.dir.HasMailbox(target):
		return refuse(ews.ErrorNonExistentMailbox)
	case caller == target:
		return allow(target, right, WayOwn).sending(target, target)
	case right.Verb == Send:
		return r.send(caller, target, right)
	case right.Verb == Settings:
		return refuse(ews.ErrorAccessDenied)
	}
	return r.folder(caller, target, right)
}

// DecideAs is Decide for a caller that may act for somebody else: first whether the caller may impersonate the actor, then
// whether the actor may do what the caller wants.
func (g *Guard) DecideAs(caller, actor, target Principal, right Right) Decision {
	if caller == actor {
		return g.Decide(actor, target, right)
	}
	if d := g.Decide(caller, actor, Right{Verb: Impersonate}); !d.Allowed {
		return d
	}
	d := g.Decide(actor, target, right)
	if d.Way == WayOwn {
		d.Way = WayImpersonation
	}
	return d
}

// impersonate decides by the ApplicationImpersonation role, without which nobody acts for anybody else (MS docs: How to
// configure impersonation).
func (g *Guard) impersonate(r *rules, caller, target Principal) Decision {
	if target != nobody {
		if g.holders != nil {
			if scope, ok := g.holders.Holds(caller); ok && scope.Holds(target, g.dir) {
				return allow(target, Right{Verb: Impersonate}, WayImpersonation)
			}
		}
		if r.within(r.roles[caller], target, g.dir) {
			return allow(target, Right{Verb: Impersonate}, WayImpersonation)
		}
	}
	return denied()
}

func denied() Decision {
	return Decision{Code: ews.ErrorImpersonateUserDenied, Fault: true}
}

// DecideApp says whether an application that calls without a user may act as the target: with full_access_as_app as anybody,
// otherwise by its assignments of the role Application EWS.AccessAsApp.
func (g *Guard) DecideApp(app string, fullAccess bool, target Principal) Decision {
	r := g.now.Load()
	if target != nobody && (fullAccess || r.within(r.apps[appKey(app)], target, g.dir)) {
		return allow(target, Right{Verb: Impersonate}, WayImpersonation)
	}
	return denied()
}

// KnowsApp reports whether an application has an assignment of the role Application EWS.AccessAsApp.
func (g *Guard) KnowsApp(app string) bool { return len(g.now.Load().apps[appKey(app)]) > 0 }

// DelegatedTokens is what becomes of a caller with the OAuth token of a user who impersonates somebody.
func (g *Guard) DelegatedTokens() DelegatedTokens {
	if t := g.now.Load().grants.DelegatedTokens; t != "" {
		return t
	}
	return DelegatedByRole
}

// Permission is what somebody else has on a folder of the owner, by a grant of its own or by everybody's.
func (g *Guard) Permission(caller, owner Principal, folder Folder) Permission {
	p, _ := g.now.Load().permission(caller, owner, folder)
	return p
}

// Everybody is what the Default permission of a folder is, by a grant or without one.
func (g *Guard) Everybody(owner Principal, folder Folder) Permission {
	p, _ := g.now.Load().permission(everybody, owner, folder)
	return p
}

// sending adds whom mail shows, for a decision on sending.
func (d Decision) sending(from, sender Principal) Decision {
	if d.Opened.right.Verb == Send {
		d.From, d.Sender = from, sender
	}
	return d
}

// Check reports what is wrong with the grants, which stand at path of a file.
func (g Grants) Check(r *strictyaml.Report, path string, dir Directory) {
	c := &checker{report: r, path: path, dir: dir}
	c.grants(g)
}
