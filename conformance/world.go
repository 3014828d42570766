package conformance

import (
	"fmt"
	"net/http"
)

// Product is a server that clauses tell apart.
type Product string

// The products.
const (
	Exchange2010 Product = "Exchange2010"
	Exchange2013 Product = "Exchange2013"
	Exchange2016 Product = "Exchange2016"
	Exchange2019 Product = "Exchange2019"
	ExchangeSE   Product = "ExchangeSE"
	Online       Product = "ExchangeOnline"
	Unknown      Product = "unknown"
)

// OnPremises are the products that an organisation runs itself, from Exchange 2013 on.
func OnPremises() []Product { return []Product{Exchange2013, Exchange2016, Exchange2019, ExchangeSE} }

// Role is the part that an account plays in clauses.
type Role string

// The roles.
const (
	Service   Role = "service"    // may impersonate every mailbox of the world
	Second    Role = "second"     // another one that may
	Scoped    Role = "scoped"     // may impersonate Inside, not Outside
	NoMailbox Role = "no_mailbox" // may impersonate, and has no mailbox of its own
	NoRole    Role = "no_role"    // may impersonate nobody
	Owner     Role = "owner"      // the user of the first mailbox, with a password of its own
	Neighbour Role = "neighbour"  // the user of the second one
	App       Role = "app"        // an application with a token of its own, which may impersonate
	Bearer    Role = "bearer"     // Owner's token for delegated access
)

// Roles are all roles.
func Roles() []Role {
	return []Role{Service, Second, Scoped, NoMailbox, NoRole, Owner, Neighbour, App, Bearer}
}

// Account is one that the endpoint knows.
type Account struct {
	// Name is what it is called: an address, a user name, an application's id.
	Name string
	// Transport sends requests as this account. Credentials are its business; no clause sees them.
	Transport http.RoundTripper
}

// World is what an endpoint offers to clauses. The zero value offers nothing.
type World struct {
	// URL is the EWS endpoint.
	URL string
	// Anonymous sends requests as nobody.
	Anonymous http.RoundTripper
	Accounts  map[Role]Account
	// Mailboxes are primary SMTP addresses that the service account may impersonate and that clauses may change: what they make there
	// they take away again.
	Mailboxes []string
	// Group are mailboxes with the same GroupingInformation and EWS URL by Autodiscover, in alphabetical order: those that a group of
	// subscriptions may hold.
	Group []string
	// Inside and Outside are mailboxes in the scope of Scoped and out of it.
	Inside, Outside string
	// Alias is a further address of the first mailbox; Principal and SID are its user's.
	Alias, Principal, SID string
	// Stranger is an address of the organisation's domain that nobody has.
	Stranger string
	// Control changes the endpoint. nil: nothing can be changed.
	Control Control
}

// Need is something that a clause cannot do without.
type Need struct {
	what    string // what is missing where it is
	hint    string // what would bring it
	present func(*World) bool
}

// missing says what of the needs the world lacks, "" for nothing.
func (w *World) missing(needs []Need) string {
	for _, n := range needs {
		if !n.present(w) {
			return fmt.Sprintf("needs %s: %s", n.what, n.hint)
		}
	}
	return ""
}

// NeedAccount needs an account with that role.
func NeedAccount(r Role) Need {
	return Need{
		"an account with the part " + string(r), "name it in the world file, accounts." + string(r),
		func(w *World) bool { return w.Accounts[r].Transport != nil },
	}
}

// NeedMailboxes needs so many mailboxes.
func NeedMailboxes(n int) Need {
	return Need{
		fmt.Sprintf("%d mailboxes", n), "name them in the world file, mailboxes, or in --mailboxes-file",
		func(w *World) bool { return len(w.Mailboxes) >= n },
	}
}

// NeedGroup needs so many mailboxes of one group.
func NeedGroup(n int) Need {
	return Need{
		fmt.Sprintf("%d mailboxes with the same GroupingInformation", n), "name them in the world file, group",
		func(w *World) bool { return len(w.Group) >= n },
	}
}

// NeedScope needs Scoped with a mailbox inside and one outside.
func NeedScope() Need {
	return Need{
		"a scoped account with a mailbox inside and one outside its scope", "name them in the world file: accounts.scoped, inside, outside",
		func(w *World) bool {
			return w.Accounts[Scoped].Transport != nil && w.Inside != "" && w.Outside != ""
		},
	}
}

// NeedAlias needs a further address of the first mailbox.
func NeedAlias() Need {
	return Need{"a further address of the first mailbox", "name it in the world file, alias", func(w *World) bool { return w.Alias != "" }}
}

// NeedPrincipal needs the user principal name of the first mailbox.
func NeedPrincipal() Need {
	return Need{"the principal name of the first mailbox's user", "name it in the world file, principal", func(w *World) bool { return w.Principal != "" }}
}

// NeedSID needs the SID of the first mailbox's user.
func NeedSID() Need {
	return Need{"the SID of the first mailbox's user", "name it in the world file, sid", func(w *World) bool { return w.SID != "" }}
}

// NeedStranger needs an address that nobody has.
func NeedStranger() Need {
	return Need{"an address of the domain that nobody has", "name it in the world file, stranger", func(w *World) bool { return w.Stranger != "" }}
}

// NeedControl needs that an action can be carried out.
func NeedControl(action string) Need {
	return Need{
		"that somebody can " + action, "--admin (a mock) or --control COMMAND would",
		func(w *World) bool { return w.Control != nil && w.Control.Can(action) },
	}
}
