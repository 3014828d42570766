// Package flavour says in what the versions of Exchange differ that the mock can play: what they call themselves, which
// limits they keep, which headers and cookies they set and how they let callers prove who they are.
package flavour

import "github.com/ewsbench/ewsbench/ews"

// Name is a version of Exchange, as a profile spells it.
type Name string

// The flavours. The zero Name stands for Exchange2019.
const (
	Exchange2013 Name = "Exchange2013"
	Exchange2016 Name = "Exchange2016"
	Exchange2019 Name = "Exchange2019"
	ExchangeSE   Name = "ExchangeSE" // Subscription Edition
	Online       Name = "ExchangeOnline"
)

// Flavour is how a version of Exchange behaves.
type Flavour struct {
	Name Name
	// Version is the build that answers state.
	Version ews.ServerVersion
	// Discovery is what Autodiscover's answers call the version: a word of another list than that of EWS (fixture of Exchange Online
	// in ecederstrand/exchangelib, test_autodiscover.py; MS docs: Get user settings from Exchange by using Autodiscover).
	Discovery string
	// Newest is the newest schema that a request may name.
	Newest ews.Version
	Limits Limits
	// Schemes are how callers may prove who they are, as long as a profile does not say otherwise.
	Schemes Schemes
	// OverrideAlways says that X-BackEndOverrideCookie comes with every answer, asked for or not (a report in the MSDN forum,
	// on Exchange 2016).
	OverrideAlways bool
	// Headers are those that every answer of a back end carries beside the ones that tell its route, in pairs.
	// What they say is the same in each: what a call met is not in them.
	Headers [][2]string
	// Cloud says that servers have the names and the further headers of Exchange Online (capture in exchangelib #354; MS docs:
	// Instrumenting client requests for EWS and REST in Exchange).
	Cloud bool
}

// Limits are how much a caller may ask for. 0 is no limit.
type Limits struct {
	// Concurrency is how many requests may be under way for one mailbox.
	Concurrency int
	// Streams is how many streaming connections may be open for one mailbox.
	Streams int
	// Subscriptions is how many subscriptions one mailbox may have on one server.
	Subscriptions int
	// Found and FoundRestricted are how many objects the searches under way for one mailbox may hold, without a restriction and
	// with one.
	Found, FoundRestricted int
	// Syncs is how many synchronisations may be under way for one mailbox.
	Syncs int
	// Messages is how many messages a mailbox may send in a minute before they are delayed.
	Messages int
}

// Schemes are the ways to prove who one is.
type Schemes struct {
	// Negotiate is offered in challenges, with NTLM; the mock does not speak it.
	Negotiate bool
	Basic     bool
	Bearer    bool
}

// Of is the flavour of that name; false for an unknown one. The empty name is Exchange2019.
func Of(n Name) (Flavour, bool) {
	if n == "" {
		n = Exchange2019
	}
	for _, f := range all() {
		if f.Name == n {
			return f, true
		}
	}
	return Flavour{}, false
}

// Names are the flavours, the oldest first.
func Names() (names []Name) {
	for _, f := range all() {
		names = append(names, f.Name)
	}
	return names
}

// VersionNumber is the build as one number: 0x70008000 | major<<22 | minor<<16 | build, as decoded from the sample of
// X-BackEndOverrideCookie in MS docs, How to maintain affinity.
func (f Flavour) VersionNumber() int {
	return 0x70008000 | f.Version.Major<<22 | f.Version.Minor<<16 | f.Version.MajorBuild
}

// Accepts reports whether a request may name the version. A newer one than the server knows is refused with
// ErrorInvalidServerVersion (reports of Exchange 2010 in nmarus/node-ews #18 and mhewedy/ews #12).
func (f *Flavour) Accepts(v ews.Version) bool {
	return !f.Newest.Before(v)
}

// Limits of a server on premises: MS docs, EWS throttling in Exchange, and the affinity article for streams and
// subscriptions. That at most five synchronisations run at once is from a capture of Exchange Online in thunderbird/ews-rs.
const (
	concurrency     = 27
	found           = 1000
	foundRestricted = 250
	syncs           = 5
)

func onPremises(streams int) Limits {
	return Limits{Concurrency: concurrency, Streams: streams, Subscriptions: 5000, Found: found, FoundRestricted: foundRestricted, Syncs: syncs}
}

// iis are the headers of the web server below Exchange.
func iis(version string) [][2]string {
	return [][2]string{
		{"Server", "Microsoft-IIS/" + version}, {"Cache-Control", "private"}, {"X-AspNet-Version", "4.0.30319"}, {"X-Powered-By", "ASP.NET"},
	}
}

func build(major, minor, majorBuild, minorBuild int, schema string) ews.ServerVersion {
	return ews.ServerVersion{Major: major, Minor: minor, MajorBuild: majorBuild, MinorBuild: minorBuild, Version: schema}
}

// all are the flavours, the oldest first.
func all() []Flavour {
	return []Flavour{exchange2013(), exchange2016(), exchange2019(), exchangeSE(), online()}
}

// domain is how servers on premises let callers in, as long as they are not told otherwise: Basic can be switched off, and
// tokens on, with hybrid modern authentication.
func domain() Schemes { return Schemes{Negotiate: true, Basic: true} }
