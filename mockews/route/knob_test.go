package route_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// busyTopology is one in which everything that can happen does.
func busyTopology() route.Topology {
	site := func(name string) route.Site {
		return route.Site{Name: name, RTT: 2 * ms, FrontEnds: 2, BackEnds: []route.BackEnd{
			{Workers: 3, Inbound: 1, Queue: 3, Databases: 2}, {Workers: 3, Inbound: 1, Queue: 3, Databases: 2},
		}}
	}
	return route.Topology{
		Seed: 1, Mailboxes: 50,
		FrontEnd: route.Lognormal{Median: ms, Sigma: 0.5},
		Parse:    ms,
		Service:  route.Service{Default: route.Lognormal{Median: 10 * ms, Sigma: 0.5}},
		Identity: route.Identity{Cold: 5 * ms, TTL: time.Second, Entries: 5},
		Hop:      route.Hop{Token: ms, TLS: 2 * ms, RoundTrips: 2, Idle: 100 * ms},
		Proxy:    route.Proxy{Size: 1, Queue: 2, Timeout: 30 * ms},
		Stalls:   route.Stalls{Every: time.Second, Median: 100 * ms, Sigma: 0.5},
		Sites:    []route.Site{site("a"), site("b")},
		Links:    []route.Link{{Between: []string{"a", "b"}, RTT: 20 * ms}},
		Accounts: []route.Account{{Name: "svc", BackEnd: 1, Role: route.RoleApplicationImpersonation, Scope: route.Scope{First: 1, Last: 40}}},
	}
}

// fingerprint is all that can be seen of an organisation: names, rights, and what 500 calls meet.
func fingerprint(t *testing.T, topology route.Topology) string {
	var seen strings.Builder
	synctest.Test(t, func(t *testing.T) {
		org := build(t, topology)
		scope, role := org.Holds(-1)
		for p := route.Principal(-1); p < 60; p++ {
			found, _ := org.Find(org.Address(p))
			fmt.Fprintln(&seen, org.Address(p), found, org.Password(p), role && scope.Holds(p, org))
		}
		for _, p := range org.PublicFolderMailboxes() {
			found, primary := org.Find(org.Address(p))
			bySID, _ := org.FindSID(org.SID(p))
			require.Equal(t, []any{p, true, p}, []any{found, primary, bySID})
			fmt.Fprintln(&seen, org.Address(p), org.DisplayName(p), org.Recipient(p))
		}
		fmt.Fprintln(&seen, org.RoomLists(), org.Traits(1), org.PasswordExpires(1, time.Now()))
		e := route.NewEngine(org)
		at, calls := make([]time.Duration, 500), make([]route.Call, 500)
		for i := range calls {
			key := route.Key(fmt.Sprint(i))
			target := route.Principal(i*7%40 + 1)
			anchor := []string{org.Address(target), "", "nobody@" + org.Topology().Domain}[i%3]
			c := org.Choose(route.Hints{Caller: -1, Anchor: anchor, Key: key})
			fmt.Fprintln(&seen, org.FrontEnd(c.FrontEnd), org.BackEnd(c.BackEnd), c.Source, org.OverrideCookie(c.BackEnd))
			at[i] = time.Duration(i) * 7 * ms
			calls[i] = route.Call{Key: key, Op: ews.OpGetItem, First: c.BackEnd, Target: target}
		}
		met, took := sendAt(t, e, at, calls)
		fmt.Fprintln(&seen, met, took)
		moved(t, &seen, org)
	})
	return seen.String()
}

// moved is what can be seen of mailboxes that are moved and of a back end that goes down.
func moved(t *testing.T, seen *strings.Builder, org *route.Organisation) {
	now := time.Now()
	for p := route.Principal(1); p <= 8; p++ {
		require.NoError(t, org.Move(p, org.Databases()[0].Name, now, org.Topology().Moves.Takes))
	}
	for range 4 {
		for p := route.Principal(1); p <= 10; p++ {
			c := org.Choose(route.Hints{Caller: -1, Anchor: org.Address(p), Now: now})
			fmt.Fprintln(seen, c.BackEnd, org.Moving(p, now), org.Outdated(p, 0, now), org.Outdated(p, 1, now), org.SameForest(p, 0))
		}
		now = now.Add(700 * ms)
	}
	require.NoError(t, org.SetUp(org.BackEnd(0).Name, false, now))
	fmt.Fprintln(seen, org.Databases())
}

// traits gives the first user something particular.
func traits(of route.Traits) func(*route.Topology) {
	return func(t *route.Topology) {
		of.Mailbox = "user000001@contoso.com"
		t.Recipients = []route.Traits{of}
	}
}

// Every parameter of a topology changes something that can be seen.
func TestEveryParameterMatters(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*route.Topology){
		"seed":                      func(t *route.Topology) { t.Seed = 2 },
		"domain":                    func(t *route.Topology) { t.Domain = "fabrikam.com" },
		"mailboxes":                 func(t *route.Topology) { t.Mailboxes = 55 },
		"flavour":                   func(t *route.Topology) { t.Flavour = flavour.Exchange2016 },
		"moves.takes":               func(t *route.Topology) { t.Moves.Takes = time.Second },
		"moves.stale":               func(t *route.Topology) { t.Moves.Stale = time.Second },
		"moves.outdated":            func(t *route.Topology) { t.Moves.Outdated = time.Second },
		"sites.forest":              func(t *route.Topology) { t.Sites[0].Forest = "a" },
		"unknown_anchor":            func(t *route.Topology) { t.UnknownAnchor = route.UnknownAnchorRandom },
		"front_end.median":          func(t *route.Topology) { t.FrontEnd.Median *= 2 },
		"front_end.sigma":           func(t *route.Topology) { t.FrontEnd.Sigma = 0 },
		"parse":                     func(t *route.Topology) { t.Parse *= 2 },
		"service.default.median":    func(t *route.Topology) { t.Service.Default.Median *= 2 },
		"service.default.sigma":     func(t *route.Topology) { t.Service.Default.Sigma = 0 },
		"service.ops":               func(t *route.Topology) { t.Service.Ops = map[ews.Op]route.Lognormal{ews.OpGetItem: {}} },
		"identity.cold":             func(t *route.Topology) { t.Identity.Cold *= 2 },
		"identity.ttl":              func(t *route.Topology) { t.Identity.TTL = 10 * ms },
		"identity.entries":          func(t *route.Topology) { t.Identity.Entries = 1 },
		"hop.token":                 func(t *route.Topology) { t.Hop.Token *= 2 },
		"hop.tls":                   func(t *route.Topology) { t.Hop.TLS *= 2 },
		"hop.round_trips":           func(t *route.Topology) { t.Hop.RoundTrips = 0 },
		"hop.idle":                  func(t *route.Topology) { t.Hop.Idle = 0 },
		"proxy.size":                func(t *route.Topology) { t.Proxy.Size = 2 },
		"proxy.queue":               func(t *route.Topology) { t.Proxy.Queue = 0 },
		"proxy.timeout":             func(t *route.Topology) { t.Proxy.Timeout = 0 },
		"stalls.every":              func(t *route.Topology) { t.Stalls.Every = 0 },
		"stalls.median":             func(t *route.Topology) { t.Stalls.Median *= 2 },
		"stalls.sigma":              func(t *route.Topology) { t.Stalls.Sigma = 0 },
		"sites.name":                func(t *route.Topology) { t.Sites[0].Name, t.Links[0].Between[0] = "c", "c" },
		"sites.rtt":                 func(t *route.Topology) { t.Sites[0].RTT *= 2 },
		"sites.front_ends":          func(t *route.Topology) { t.Sites[0].FrontEnds = 0 },
		"sites.back_ends.workers":   func(t *route.Topology) { t.Sites[0].BackEnds[0].Workers = 1 },
		"sites.back_ends.inbound":   func(t *route.Topology) { t.Sites[0].BackEnds[1].Inbound = 5 },
		"sites.back_ends.queue":     func(t *route.Topology) { t.Sites[0].BackEnds[0].Queue = 0 },
		"sites.back_ends.databases": func(t *route.Topology) { t.Sites[0].BackEnds[0].Databases = 5 },
		"links.between":             func(t *route.Topology) { t.Links = nil },
		"links.rtt":                 func(t *route.Topology) { t.Links[0].RTT *= 2 },
		"public_folder_mailboxes":   func(t *route.Topology) { t.PublicFolderMailboxes = 3 },
		"room_lists.name":           func(t *route.Topology) { t.RoomLists = []route.RoomList{{Name: "other"}} },
		"room_lists.rooms":          func(t *route.Topology) { t.RoomLists = route.DefaultRoomLists(); t.RoomLists[0].Rooms = 5 },
		"recipients.mailbox":        func(t *route.Topology) { t.Recipients = []route.Traits{{Mailbox: "user000001@contoso.com"}} },
		"recipients.tip":            traits(route.Traits{Tip: "away"}),
		"recipients.full":           traits(route.Traits{Full: true}),
		"recipients.restricted":     traits(route.Traits{Restricted: true}),
		"recipients.moderated":      traits(route.Traits{Moderated: true}),
		"recipients.max_size":       traits(route.Traits{MaxSize: 1}),
		"password_age":              func(t *route.Topology) { t.PasswordAge = time.Hour },
		"accounts.name":             func(t *route.Topology) { t.Accounts[0].Name = "other" },
		"accounts.password":         func(t *route.Topology) { t.Accounts[0].Password = "other" },
		"accounts.back_end":         func(t *route.Topology) { t.Accounts[0].BackEnd = 3 },
		"accounts.role":             func(t *route.Topology) { t.Accounts[0].Role = route.RoleNone },
		"accounts.scope.first":      func(t *route.Topology) { t.Accounts[0].Scope.First = 2 },
		"accounts.scope.last":       func(t *route.Topology) { t.Accounts[0].Scope.Last = 39 },
		"accounts.scope.filter":     func(t *route.Topology) { t.Accounts[0].Scope = route.Scope{Filter: "Department -eq 'Sales'"} },
	}
	base := fingerprint(t, busyTopology())
	require.Equal(t, base, fingerprint(t, busyTopology()))
	for _, key := range keys(reflect.TypeFor[route.Topology](), "") {
		if key == "schema" || key == "name" || key == "title" {
			continue // they say what a file is
		}
		if slices.Contains([]string{"faults", "access", "authentication", "throttling", "gzip", "mail.every", "inbox_rules", "autodiscover"}, key) || strings.HasPrefix(key, "no_anchor.") || strings.HasPrefix(key, "notifications.") || strings.HasPrefix(key, "cookies.") {
			continue // the engine does not know them: the tests of mockews and of their own packages do
		}
		change, ok := changes[key]
		if !assert.True(t, ok, "no test for %s", key) {
			continue
		}
		topology := busyTopology()
		change(&topology)
		assert.False(t, base == fingerprint(t, topology), "%s changes nothing", key)
	}
}

// elsewhere are the parts of a file that packages of their own read.
func elsewhere() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[fault.Rule](), reflect.TypeFor[access.Grants](), reflect.TypeFor[auth.Config](), reflect.TypeFor[throttle.Policy](),
		reflect.TypeFor[discovery.Config](),
	}
}

// keys are the paths of all values that a topology file may hold.
func keys(t reflect.Type, prefix string) []string {
	for t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || slices.Contains(elsewhere(), t) {
		return []string{strings.TrimPrefix(prefix, ".")}
	}
	var all []string
	for f := range t.Fields() {
		all = append(all, keys(f.Type, prefix+"."+f.Tag.Get("yaml"))...)
	}
	return all
}
