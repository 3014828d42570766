package route

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// DefaultDomain is the domain of an organisation that names none.
const DefaultDomain = "contoso.com"

// Topology describes an organisation: where mailboxes live and what moving a call costs. The zero value is one site with
// one front end, one back end and a thousand mailboxes in which nothing takes any simulated time.
type Topology struct {
	// Schema is the version of the file format: 1. Zero means 1.
	Schema int `yaml:"schema"`
	// Name and Title say what the topology is; neither changes an outcome.
	Name  string `yaml:"name"`
	Title string `yaml:"title"`
	// Seed is what every draw and every placement comes from.
	Seed uint64 `yaml:"seed"`
	// Domain is the SMTP and DNS domain. Empty: contoso.com.
	Domain string `yaml:"domain"`
	// Mailboxes is how many users there are, user000001@Domain onwards. They cost nothing until used. Zero: 1000.
	Mailboxes int `yaml:"mailboxes"`
	// UnknownAnchor says where a call goes whose X-AnchorMailbox names nobody. Empty: UnknownAnchorIdentity. What a real
	// front end does is not documented.
	UnknownAnchor UnknownAnchor `yaml:"unknown_anchor"`

	// Mail is what arrives in mailboxes by itself.
	Mail Mail `yaml:"mail"`
	// Notifications are what no document says of subscriptions, or not exactly.
	Notifications Notifications `yaml:"notifications"`
	// InboxRules says what UpdateInboxRules saves if not all operations of a request are in order. Empty: InboxRulesValid. What a
	// real server saves is not documented.
	InboxRules InboxRules `yaml:"inbox_rules"`
	// Gzip says that answers are compressed for clients that ask for it.
	Gzip bool `yaml:"gzip"`
	// Moves say how long others are wrong about a mailbox that was moved, or a database that was.
	Moves Moves `yaml:"moves"`
	// NoAnchor says what becomes of some calls without X-AnchorMailbox beside going the longer way.
	NoAnchor NoAnchor `yaml:"no_anchor"`
	// Cookies are switches of the cookies that answers set.
	Cookies Cookies `yaml:"cookies"`

	// FrontEnd is the time that a front end adds to a call.
	FrontEnd Lognormal `yaml:"front_end"`
	// Parse is the time in which a back end's worker reads the SOAP envelope and finds the target.
	Parse time.Duration `yaml:"parse"`
	// Service is the time of the operation proper at the back end that holds the mailbox.
	Service Service `yaml:"service"`
	// Identity is the back ends' cache of impersonated identities.
	Identity Identity `yaml:"identity"`
	// Hop is what a call pays when it is proxied from one back end to another.
	Hop Hop `yaml:"hop"`
	// Proxy bounds the calls on their way from one back end to another.
	Proxy Proxy `yaml:"proxy"`
	// Stalls are episodes in which a back end does no work.
	Stalls Stalls `yaml:"stalls"`

	// Sites hold the servers. Empty: one site with one front end and one back end.
	Sites []Site `yaml:"sites"`
	// Links are the ways between sites. Two sites without a link are zero apart.
	Links []Link `yaml:"links"`
	// Accounts are the service accounts. Empty: DefaultAccounts.
	Accounts []Account `yaml:"accounts"`

	// RoomLists are the meeting rooms. Nil: DefaultRoomLists.
	RoomLists []RoomList `yaml:"room_lists"`
	// PublicFolderMailboxes is how many mailboxes hold the public folders. Zero: 2. -1: there are no public folders.
	PublicFolderMailboxes int `yaml:"public_folder_mailboxes"`
	// Recipients are those of whom there is something particular to know before one sends them mail. Empty: of nobody.
	Recipients []Traits `yaml:"recipients"`
	// PasswordAge is after how long passwords expire. Zero: they do not.
	PasswordAge time.Duration `yaml:"password_age"`

	// Flavour is the version of Exchange that the servers play. Empty: Exchange2019.
	Flavour flavour.Name `yaml:"flavour"`
	// Access is who may act as whom and open what, beside the roles of the accounts. Empty: owners alone.
	Access access.Grants `yaml:"access"`
	// Authentication says how callers prove who they are, and which of them are let in. Empty: as the flavour does.
	Authentication auth.Config `yaml:"authentication"`
	// Autodiscover is what the service that says where mailboxes are does differently. Empty: nothing.
	Autodiscover discovery.Config `yaml:"autodiscover"`
	// Throttling is how much a caller may ask for. Empty: as much as it likes.
	Throttling throttle.Policy `yaml:"throttling"`

	// Faults are what goes wrong on purpose, in this order. Empty: nothing.
	Faults []fault.Rule `yaml:"faults"`
}

// UnknownAnchor is what a front end does with an anchor that names nobody.
type UnknownAnchor string

const (
	// UnknownAnchorIdentity routes as if the header were absent: by cookie, then by the caller's own mailbox.
	UnknownAnchorIdentity UnknownAnchor = "identity"
	// UnknownAnchorRandom sends the call to any back end.
	UnknownAnchorRandom UnknownAnchor = "random"
)

// InboxRules is what a request saves of which some operations are not in order.
type InboxRules string

const (
	// InboxRulesValid saves the operations that are in order.
	InboxRulesValid InboxRules = "valid"
	// InboxRulesAll saves all of them or none.
	InboxRulesAll InboxRules = "all"
)

// Mail is what arrives in every mailbox by itself, from outside, whether or not anybody looks.
type Mail struct {
	// Every is the mean time between two messages in a mailbox; the times between them are exponentially distributed. Zero: none
	// arrives.
	Every time.Duration `yaml:"every"`
}

// Moves are how long the organisation takes to learn of a move. How long a real one does is not documented.
type Moves struct {
	// Takes is how long a mailbox is on its way to another database, where nobody says so: requests are answered with
	// ErrorMailboxMoveInProgress meanwhile. Zero: no time.
	Takes time.Duration `yaml:"takes"`
	// Stale is how long front ends go on to send calls to where a mailbox was. Zero: they know at once.
	Stale time.Duration `yaml:"stale"`
	// Outdated is how long the back end that a mailbox has left answers with an error, instead of proxying. Zero: it knows
	// at once.
	Outdated time.Duration `yaml:"outdated"`
}

// NoAnchor is what public reports of Exchange Online tell of calls without the header. Each is off unless a profile asks
// for it.
type NoAnchor struct {
	// AppOnly says that an application on its own gets ErrorNoRespondingCASInDestinationSite (a report in
	// OfficeDev/ews-java-api #289), and not any back end.
	AppOnly bool `yaml:"app_only"`
	// OtherForest says that a call which reaches a site of another forest than the mailbox's is told that the impersonation
	// header must not be there (a report in OfficeDev/ews-managed-api #212).
	OtherForest bool `yaml:"other_forest"`
	// Denials is the share of impersonated calls that are denied at random and pass when they are sent again (a report in
	// OfficeDev/ews-managed-api #223).
	Denials float64 `yaml:"denials"`
}

// Cookies are what public reports tell of the cookies that some servers leave out. A client must not need any of them.
type Cookies struct {
	// OverrideMissing is the share of answers that owe X-BackEndOverrideCookie and come without, as some of Exchange Online do (a
	// report in the MSDN forum). 0: none.
	OverrideMissing float64 `yaml:"override_missing"`
	// NoLegacy leaves out exchangecookie, which Exchange 2010 used and later servers set for nobody.
	NoLegacy bool `yaml:"no_legacy"`
}

// Lognormal is a log-normal distribution of times. Sigma is the standard deviation of the logarithm; with sigma 0 every
// draw is the median.
type Lognormal struct {
	Median time.Duration `yaml:"median"`
	Sigma  float64       `yaml:"sigma"`
}

// Service is the time of an operation at the back end that holds the mailbox, on a worker of its own.
type Service struct {
	// Default holds for operations that Ops does not name.
	Default Lognormal `yaml:"default"`
	// Ops are operations with a time of their own.
	Ops map[ews.Op]Lognormal `yaml:"ops"`
}

// Identity is a back end's cache of the users that were impersonated on it.
type Identity struct {
	// Cold is what a look-up costs that the cache cannot answer, on top of everything else and on the worker.
	Cold time.Duration `yaml:"cold"`
	// TTL is how long an entry is good. Zero: for ever.
	TTL time.Duration `yaml:"ttl"`
	// Entries bounds the cache of one back end; the oldest entry makes room. Zero: no bound.
	Entries int `yaml:"entries"`
}

// Hop is the price of proxying a call from one back end to another, beside the round trip of the way.
type Hop struct {
	// Token is what handing the caller's security context over costs, once at each end, on the worker.
	Token time.Duration `yaml:"token"`
	// TLS is the computing time of setting up a connection.
	TLS time.Duration `yaml:"tls"`
	// RoundTrips is how many round trips of the way a set-up takes.
	RoundTrips int `yaml:"round_trips"`
	// Idle is how long an unused connection stays open. Zero: for ever.
	Idle time.Duration `yaml:"idle"`
}

// Proxy bounds the calls on their way between an ordered pair of back ends. The worker of the proxying back end is held
// all the while.
type Proxy struct {
	// Size is how many calls of a pair may be on their way at once. Zero: no bound.
	Size int `yaml:"size"`
	// Queue is how many calls may wait for that; one more is answered with HTTP 503.
	Queue int `yaml:"queue"`
	// Timeout is how long a call waits before it is answered with HTTP 500 ErrorProxyCallFailed. Zero: for ever.
	Timeout time.Duration `yaml:"timeout"`
}

// Stalls are episodes in which a back end pauses: work on it stands still and goes on afterwards. Time is cut into
// periods of length Every, and each back end has one episode somewhere in each period.
type Stalls struct {
	// Every is the length of a period. Zero: no stalls.
	Every time.Duration `yaml:"every"`
	// Median and Sigma are the log-normal length of an episode.
	Median time.Duration `yaml:"median"`
	Sigma  float64       `yaml:"sigma"`
}

// Site is a place with servers.
type Site struct {
	// Name is at most eight letters and digits; server names begin with it.
	Name string `yaml:"name"`
	// Forest is the name of the forest that the site is in. Only its being another than that of other sites matters.
	Forest string `yaml:"forest"`
	// RTT is the round trip between two servers of the site.
	RTT time.Duration `yaml:"rtt"`
	// FrontEnds is how many front ends the site has; the load balancer spreads calls over those of all sites. A site may
	// have none as long as another has one.
	FrontEnds int `yaml:"front_ends"`
	// BackEnds are the mailbox servers.
	BackEnds []BackEnd `yaml:"back_ends"`
}

// BackEnd is a mailbox server.
type BackEnd struct {
	// Workers is how many calls it works on at once. Zero: no bound.
	Workers int `yaml:"workers"`
	// Inbound is how many further workers take only calls that other back ends proxied here. Without any, back ends that
	// proxy to each other could wait for each other for ever. Zero: one.
	Inbound int `yaml:"inbound"`
	// Queue is how many calls may wait for a worker; one more is answered with HTTP 503. Zero: no bound.
	Queue int `yaml:"queue"`
	// Databases is how many databases are active on it; mailboxes are spread evenly over the databases. Zero: one.
	Databases int `yaml:"databases"`
}

// Link is the way between two sites.
type Link struct {
	Between []string      `yaml:"between"`
	RTT     time.Duration `yaml:"rtt"`
}
