package route

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// schema is the version of the file format that this package reads.
const schema = 1

// Bounds that keep a topology within what the names and the numbers of a mock can carry.
const (
	maxMailboxes = 100_000_000
	maxServers   = 1000
	maxSigma     = 5
	maxSiteName  = 8 // with "-BE999" a NetBIOS name, at most 15 characters
	maxCloudName = 5 // with "PR01MB0999" one
)

// Validate says what is wrong with the topology, if anything.
func (t Topology) Validate() error {
	var report strictyaml.Report
	t.check(&report)
	return report.Err()
}

func (t Topology) check(r *strictyaml.Report) {
	if t.Schema != 0 && t.Schema != schema {
		r.Add("schema", "schema is %d: this version reads schema %d", t.Schema, schema)
	}
	if t.Mailboxes < 0 || t.Mailboxes > maxMailboxes {
		r.Add("mailboxes", "mailboxes is %d: write 1 to %d", t.Mailboxes, maxMailboxes)
	}
	if strings.ContainsAny(t.Domain, "@ ~=;/\"<>&") {
		r.Add("domain", "domain %q is not a DNS name", t.Domain)
	}
	switch t.UnknownAnchor {
	case "", UnknownAnchorIdentity, UnknownAnchorRandom:
	default:
		r.Add("unknown_anchor", "unknown_anchor is %q: write identity or random", t.UnknownAnchor)
	}
	switch t.InboxRules {
	case "", InboxRulesValid, InboxRulesAll:
	default:
		r.Add("inbox_rules", "inbox_rules is %q: write valid or all", t.InboxRules)
	}
	t.checkTimes(r)
	t.checkService(r)
	t.checkSites(r)
	t.checkLinks(r)
	t.checkAccounts(r)
	t.checkRooms(r)
	t.Notifications.check(r)
	t.checkPublicFolders(r)
	notNegative(r, "password_age", t.PasswordAge)
	t.Throttling.Check(r, "throttling")
	f, ok := flavour.Of(t.Flavour)
	if !ok {
		r.Add("flavour", "unknown flavour %q%s", t.Flavour, strictyaml.DidYouMean(string(t.Flavour), flavourNames()))
	}
	for i, s := range t.Sites {
		if f.Cloud && len(s.Name) > maxCloudName {
			r.Add(fmt.Sprintf("sites[%d].name", i), "site name %q: with flavour %s, write at most %d letters and digits", s.Name, f.Name, maxCloudName)
		}
	}
	if r.Err() == nil { // what follows speaks of servers and users, which must be in order first
		o := assemble(t)
		t.checkRecipients(r, o)
		t.Access.Check(r, "access", o)
		t.Authentication.Check(r, "authentication", f, o)
		t.Autodiscover.Check(r, "autodiscover", o)
		fault.Check(r, "faults", t.Faults, o.Place())
	}
}

func (t Topology) checkTimes(r *strictyaml.Report) {
	notNegative(r, "parse", t.Parse)
	if t.Mail.Every != 0 && t.Mail.Every < time.Second {
		r.Add("mail.every", "mail.every is %s: write 1s or more, or 0 for no mail", t.Mail.Every)
	}
	notNegative(r, "identity.cold", t.Identity.Cold)
	notNegative(r, "identity.ttl", t.Identity.TTL)
	notNegative(r, "identity.entries", t.Identity.Entries)
	notNegative(r, "hop.token", t.Hop.Token)
	notNegative(r, "hop.tls", t.Hop.TLS)
	notNegative(r, "hop.round_trips", t.Hop.RoundTrips)
	notNegative(r, "hop.idle", t.Hop.Idle)
	notNegative(r, "proxy.size", t.Proxy.Size)
	notNegative(r, "proxy.queue", t.Proxy.Queue)
	notNegative(r, "proxy.timeout", t.Proxy.Timeout)
	notNegative(r, "stalls.every", t.Stalls.Every)
	notNegative(r, "moves.takes", t.Moves.Takes)
	notNegative(r, "moves.stale", t.Moves.Stale)
	notNegative(r, "moves.outdated", t.Moves.Outdated)
	if t.NoAnchor.Denials < 0 || t.NoAnchor.Denials >= 1 {
		r.Add("no_anchor.denials", "denials is %g: write a share from 0 to less than 1", t.NoAnchor.Denials)
	}
	if t.Cookies.OverrideMissing < 0 || t.Cookies.OverrideMissing > 1 {
		r.Add("cookies.override_missing", "override_missing is %g: write a share from 0 to 1", t.Cookies.OverrideMissing)
	}
	checkLognormal(r, "front_end", t.FrontEnd)
	checkLognormal(r, "stalls", Lognormal{Median: t.Stalls.Median, Sigma: t.Stalls.Sigma})
	if t.Stalls.Every > 0 && t.Stalls.Median > t.Stalls.Every/2 {
		r.Add("stalls.median", "median is more than half of every: a back end would hardly ever work")
	}
}

func (t Topology) checkService(r *strictyaml.Report) {
	checkLognormal(r, "service.default", t.Service.Default)
	for op, l := range t.Service.Ops {
		path := "service.ops." + string(op)
		if !slices.Contains(opNames(), string(op)) {
			r.AddKey(path, "unknown operation %q%s", op, strictyaml.DidYouMean(string(op), opNames()))
		}
		checkLognormal(r, path, l)
	}
}

func flavourNames() (names []string) {
	for _, n := range flavour.Names() {
		names = append(names, string(n))
	}
	return names
}

func opNames() []string {
	var names []string
	for _, op := range append(ews.Ops(), ews.AutodiscoverOps()...) {
		names = append(names, string(op))
	}
	return names
}

func (t Topology) checkSites(r *strictyaml.Report) {
	seen := map[string]bool{}
	frontEnds, backEnds := 0, 0
	for i, s := range t.Sites {
		path := fmt.Sprintf("sites[%d]", i)
		checkSite(r, path, s)
		if seen[strings.ToLower(s.Name)] {
			r.Add(path+".name", "there are two sites %q", s.Name)
		}
		seen[strings.ToLower(s.Name)] = true
		frontEnds += s.FrontEnds
		backEnds += len(s.BackEnds)
	}
	if len(t.Sites) > 0 && (frontEnds == 0 || backEnds == 0) {
		r.Add("sites", "sites have %d front ends and %d back ends: at least one of each is needed", frontEnds, backEnds)
	}
	if frontEnds > maxServers || backEnds > maxServers {
		r.Add("sites", "sites have more than %d front ends or back ends", maxServers)
	}
}

func checkSite(r *strictyaml.Report, path string, s Site) {
	if !isSiteName(s.Name) {
		r.Add(path+".name", "site name %q: write one to %d letters and digits", s.Name, maxSiteName)
	}
	notNegative(r, path+".rtt", s.RTT)
	notNegative(r, path+".front_ends", s.FrontEnds)
	for i, b := range s.BackEnds {
		path := fmt.Sprintf("%s.back_ends[%d]", path, i)
		notNegative(r, path+".workers", b.Workers)
		notNegative(r, path+".inbound", b.Inbound)
		notNegative(r, path+".queue", b.Queue)
		notNegative(r, path+".databases", b.Databases)
		if b.Databases > maxServers {
			r.Add(path+".databases", "databases is more than %d", maxServers)
		}
	}
}

func isSiteName(name string) bool {
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return name != "" && len(name) <= maxSiteName
}

func (t Topology) checkLinks(r *strictyaml.Report) {
	for i, l := range t.Links {
		path := fmt.Sprintf("links[%d]", i)
		notNegative(r, path+".rtt", l.RTT)
		if len(l.Between) != 2 || l.Between[0] == l.Between[1] {
			r.Add(path+".between", "between must name two sites")
			continue
		}
		for _, name := range l.Between {
			if !slices.ContainsFunc(t.Sites, func(s Site) bool { return s.Name == name }) {
				r.Add(path+".between", "there is no site %q", name)
			}
		}
	}
}

func checkLognormal(r *strictyaml.Report, path string, l Lognormal) {
	notNegative(r, path+".median", l.Median)
	if l.Sigma < 0 || l.Sigma > maxSigma {
		r.Add(path+".sigma", "sigma is %g: write 0 to %d", l.Sigma, maxSigma)
	}
}

func notNegative[T int | time.Duration](r *strictyaml.Report, path string, v T) {
	if v < 0 {
		r.Add(path, "%s is %v: it must not be negative", path[strings.LastIndexByte(path, '.')+1:], v)
	}
}
