package mockews

import (
	"crypto/rsa"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
	"github.com/ewsbench/ewsbench/mockews/notify"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// Path is where the server answers EWS requests, in any spelling of upper and lower case.
const Path = "/EWS/Exchange.asmx"

// Server is a mock Exchange organisation. It is safe for concurrent use.
type Server struct {
	org       *route.Organisation
	engine    *route.Engine
	version   ews.ServerVersion
	opening   []byte // of its answers
	flavour   flavour.Flavour
	habits    habits
	auth      *auth.Gatekeeper
	signs     signs
	guard     *access.Guard
	store     *mailbox.Store
	hub       *notify.Hub
	discovery *discovery.Service
	journal   *journal
	born      time.Time
	auditor   atomic.Pointer[audit.Auditor] // nil: nobody is judged
	observer  atomic.Pointer[func(*Entry)]  // hears of every request; nil: nobody does
	faults    *fault.Set
	governor  *throttle.Governor
	repeats   repeats
	schemas   fs.FS         // nil: none
	large     chan struct{} // places for large requests
	exchanges sync.Pool
}

// habits are those keys of the topology that every request asks for.
type habits struct {
	gzip     bool
	noAnchor route.NoAnchor
	cookies  route.Cookies
	notices  route.Notifications
}

func habitsOf(t route.Topology) habits { return habits{t.Gzip, t.NoAnchor, t.Cookies, t.Notifications} }

// Option changes what New builds.
type Option func(*Server)

// WithoutAudit makes a server that judges no request, for a load that is known to be what it is.
func WithoutAudit() Option { return func(s *Server) { s.auditor.Store(nil) } }

// SignWith makes a server that signs its tokens with a key of the caller's: servers with one key take each other's.
func SignWith(key *rsa.PrivateKey) Option { return func(s *Server) { s.auth.SignWith(key) } }

// WithSituations makes a server that counts how often the situation of each rule came up, for [Server.Met].
func WithSituations() Option {
	return func(s *Server) { s.auditor.Store(&audit.Auditor{Situations: true}) }
}

// New builds the organisation that the topology describes. The error says what is wrong with the topology.
func New(t route.Topology, options ...Option) (*Server, error) {
	org, err := route.Build(t)
	if err != nil {
		return nil, fmt.Errorf("mockews: topology: %w", err)
	}
	guard, err := access.NewGuard(org, org.Topology().Access)
	if err != nil {
		return nil, fmt.Errorf("mockews: topology: %w", err)
	}
	gate, err := newAuth(org, guard.KnowsApp)
	if err != nil {
		return nil, fmt.Errorf("mockews: topology: %w", err)
	}
	s := &Server{
		org:     org,
		auth:    gate,
		guard:   guard,
		engine:  route.NewEngine(org),
		version: org.Flavour().Version,
		opening: org.Flavour().Version.Opening(),
		flavour: org.Flavour(),
		habits:  habitsOf(org.Topology()),
		signs:   newSigns(org),
		store:   newStore(org, guard),
		journal: newJournal(org),
		born:    time.Now(),
	}
	s.auditor.Store(new(audit.Auditor))
	s.large = make(chan struct{}, largeBodies)
	s.governor = throttle.New(org.Topology().Throttling, org.Flavour().Limits)
	s.discovery = discovery.New(org.Topology().Autodiscover, org.Flavour(), registry{org, s.store})
	s.faults = fault.NewSet(org.Dice(), s.born, org.Topology().Faults)
	for _, option := range options {
		option(s)
	}
	s.hub = notify.New(s.store, servers{directory{org, org.Dice()}, s.engine}, poster(), s.habits.notices.Idle)
	s.store.Notify = s.hub.Wake
	s.store.SendDelay = func(p route.Principal) time.Duration { return s.governor.Send(time.Now(), throttle.Key{Owner: p}) }
	s.exchanges.New = func() any { return &exchange{server: s} }
	return s, nil
}

// Organisation is where everything is.
func (s *Server) Organisation() *route.Organisation { return s.org }

// Guard decides who may do what. Its grants can be changed while the server runs.
func (s *Server) Guard() *access.Guard { return s.guard }

// Journal returns what the last requests met, at most 16384 of them, by arrival and then by request id. A request is in
// it before its answer is sent, or once its client has gone.
func (s *Server) Journal() []Entry { return s.journal.entries() }

// Verdicts counts the requests that broke each rule of [audit.Rules], since the server was built. Rules that none broke
// are not in it.
func (s *Server) Verdicts() map[audit.ID]uint64 {
	if a := s.auditor.Load(); a != nil {
		return a.Counts()
	}
	return nil
}

// Judged is how many requests were judged, well or badly.
func (s *Server) Judged() uint64 {
	if a := s.auditor.Load(); a != nil {
		return a.Judged()
	}
	return 0
}

// Met counts how often the situation of each rule came up, of a server with [WithSituations].
func (s *Server) Met() map[audit.ID]uint64 {
	if a := s.auditor.Load(); a != nil {
		return a.Met()
	}
	return nil
}

// FinishAudit judges what the clients left undone, once no more requests come: subscriptions that nobody ended,
// synchronisations that stopped half way. Verdicts counts it from then on; no entry of the journal has it.
func (s *Server) FinishAudit() {
	if a := s.auditor.Load(); a != nil {
		a.Finish()
	}
}

// ServeHTTP answers a request. It returns when the answer is written, or when the client has gone.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := s.exchanges.Get().(*exchange)
	x.serve(w, r)
	x.reset()
	s.exchanges.Put(x)
}

// Profile is the topology of that name. The error for an unknown one lists those that there are.
func Profile(name string) (route.Topology, error) { return route.Profile(name) }

// Profiles lists the names that Profile knows, the mildest first.
func Profiles() []string { return route.Profiles() }
