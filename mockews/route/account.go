package route

import (
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// Role says whom an account may impersonate.
type Role string

const (
	// RoleNone may impersonate nobody.
	RoleNone Role = "none"
	// RoleApplicationImpersonation is the management role of that name (MS docs: How to configure impersonation).
	RoleApplicationImpersonation Role = "ApplicationImpersonation"
)

// Account is a service account.
type Account struct {
	// Name is the part of its address before the domain.
	Name string `yaml:"name"`
	// Password is its password for Basic authentication. Empty: DefaultPassword.
	Password string `yaml:"password"`
	// BackEnd is the number of the back end that holds its mailbox, counted from 1 over all sites. Zero: it has none.
	BackEnd int `yaml:"back_end"`
	// Role says whom it may impersonate. Empty: RoleNone.
	Role Role `yaml:"role"`
	// Scope is the management scope of the role. The zero value is the whole organisation.
	Scope Scope `yaml:"scope"`
}

// Scope is a set of recipients: a range of users by number, both ends included, or whoever a filter matches. The zero value is
// everybody.
type Scope struct {
	First int `yaml:"first"`
	Last  int `yaml:"last"`
	// Filter is a recipient filter in OPATH: see [access.ParseFilter].
	Filter string `yaml:"filter"`
}

// compile is the scope in a form to decide by. The scope must be in order.
func (s Scope) compile() access.Scope {
	if s.Filter != "" {
		filter, _ := access.ParseFilter(s.Filter)
		return access.FilterScope(filter)
	}
	return access.RangeScope(Principal(s.First), Principal(s.Last))
}

// DefaultPassword is the password of every account and user that has no other.
const DefaultPassword = "ewsbench"

// DefaultAccounts are the service accounts of an organisation that declares none: svc-bench may impersonate everybody,
// svc-scoped the first hundred users, svc-nomailbox has no mailbox, svc-none lacks the role.
func DefaultAccounts() []Account {
	return []Account{
		{Name: "svc-bench", BackEnd: 1, Role: RoleApplicationImpersonation},
		{Name: "svc-scoped", BackEnd: 1, Role: RoleApplicationImpersonation, Scope: Scope{First: 1, Last: 100}},
		{Name: "svc-nomailbox", Role: RoleApplicationImpersonation},
		{Name: "svc-none", BackEnd: 1},
	}
}

func (t Topology) checkAccounts(r *strictyaml.Report) {
	backEnds := 0
	for _, s := range t.withDefaults().Sites {
		backEnds += len(s.BackEnds)
	}
	seen := map[string]bool{}
	for i, a := range t.Accounts {
		path := fmt.Sprintf("accounts[%d]", i)
		a.check(r, path, backEnds)
		if seen[strings.ToLower(a.Name)] {
			r.Add(path+".name", "there are two accounts %q", a.Name)
		}
		seen[strings.ToLower(a.Name)] = true
	}
}

func (a Account) check(r *strictyaml.Report, path string, backEnds int) {
	switch {
	case a.Name == "" || strings.ContainsAny(a.Name, "@ ~=;:/\"<>&"):
		r.Add(path+".name", "account name %q: write the part of the address before the @", a.Name)
	case isUserName(a.Name):
		r.Add(path+".name", "account name %q: names of that form belong to users", a.Name)
	case isRoomName(a.Name):
		r.Add(path+".name", "account name %q: names of that form belong to rooms", a.Name)
	case isPublicName(a.Name):
		r.Add(path+".name", "account name %q: names of that form belong to public folder mailboxes", a.Name)
	}
	if a.BackEnd < 0 || a.BackEnd > backEnds {
		r.Add(path+".back_end", "back_end is %d: there are %d", a.BackEnd, backEnds)
	}
	switch a.Role {
	case "", RoleNone, RoleApplicationImpersonation:
	default:
		r.Add(path+".role", "role is %q: write none or ApplicationImpersonation", a.Role)
	}
	a.Scope.check(r, path+".scope")
}

func (s Scope) check(r *strictyaml.Report, path string) {
	if s.First < 0 || s.Last < s.First {
		r.Add(path, "scope must run from a first to a last user")
	}
	if s.Filter == "" {
		return
	}
	if s.First != 0 || s.Last != 0 {
		r.Add(path, "scope has a range and a filter: write one of the two")
	}
	if _, err := access.ParseFilter(s.Filter); err != nil {
		r.Add(path+".filter", "%v", err)
	}
}

// isUserName reports whether a name begins like a user's address, so that no account could be found by it.
func isUserName(name string) bool {
	return len(name) >= len(userPrefix)+6 && strings.EqualFold(name[:len(userPrefix)], userPrefix)
}
