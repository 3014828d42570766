package auth

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Directory is who there is, and with which passwords.
type Directory interface {
	access.Directory
	// Password is the password of somebody who is there.
	Password(p access.Principal) string
}

// Options is what a Gatekeeper is told beside its configuration. The zero value is useful.
type Options struct {
	// Domain is the mail domain, which names the tenant too, and the realm of Basic authentication.
	Domain string
	// Granted reports whether an application holds a role in Exchange itself, without any in its token (MS docs: Role Based Access
	// Control for Applications in Exchange Online). Nil: none does.
	Granted func(app string) bool
}

// Gatekeeper lets callers in, and issues tokens. It is safe for concurrent use: letting somebody in whom it knows takes no
// lock that another caller could hold for long.
type Gatekeeper struct {
	dir     Directory
	flavour flavour.Flavour
	options Options
	first   *rules
	keys    *keys
	basic   basicCache
	tokens  tokenCache

	mu  sync.Mutex // held by who changes the rules
	now atomic.Pointer[rules]
}

// New makes a gatekeeper. The error says what is wrong with the configuration.
func New(c Config, f flavour.Flavour, dir Directory, o Options) (*Gatekeeper, error) {
	g := &Gatekeeper{dir: dir, flavour: f, options: o, keys: new(keys)}
	r, err := g.compile(c)
	if err != nil {
		return nil, err
	}
	g.first = r
	g.now.Store(r)
	return g, nil
}

// Config is the configuration in force.
func (g *Gatekeeper) Config() Config { return g.now.Load().config.Clone() }

// Set puts another configuration in force, in one step. An application without a secret keeps the one that it has, since whoever
// got the configuration elsewhere may have got it without. The error says what is wrong; then everything stays as it was.
func (g *Gatekeeper) Set(c Config) error {
	return g.Change(func(now *Config) error {
		c = c.Clone()
		for i := range c.Apps {
			for _, old := range now.Apps {
				if c.Apps[i].Secret == "" && strings.EqualFold(old.ID, c.Apps[i].ID) {
					c.Apps[i].Secret = old.Secret
				}
			}
		}
		*now = c
		return nil
	})
}

// Change changes the configuration. The function gets a copy of that in force; what it leaves there is in force for whatever
// comes afterwards, in one step. If the function fails, or if its configuration makes no sense, everything stays as it was.
// Tokens that are out remain good, as far as the configuration still has their application, tenant and user.
func (g *Gatekeeper) Change(change func(*Config) error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := g.Config()
	if err := change(&c); err != nil {
		return err
	}
	r, err := g.compile(c)
	if err != nil {
		return err
	}
	g.now.Store(r)
	return nil
}

// Reset puts the configuration back in force that the gatekeeper was made with.
func (g *Gatekeeper) Reset() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now.Store(g.first)
}

// Admit finds out who sends the request. The refusal is nil for somebody who is let in; it is never so with the zero Identity.
func (g *Gatekeeper) Admit(r *Request) (Identity, *Refusal) {
	now := g.now.Load()
	id, refusal := g.identify(now, r)
	if refusal != nil {
		return Identity{}, refusal
	}
	if r.Discovery {
		return id, nil
	}
	if reason := now.policies.refuse(&id, r.UserAgent, r.SOAP); reason != "" {
		return id, now.forbid(reason)
	}
	return id, nil
}

// Schemes are the ways to prove who one is that are in force.
func (g *Gatekeeper) Schemes() flavour.Schemes {
	now := g.now.Load()
	return flavour.Schemes{Negotiate: now.negotiate, Basic: now.basic, Bearer: now.oauth}
}

func (g *Gatekeeper) identify(now *rules, r *Request) (Identity, *Refusal) {
	if len(r.Authorization) != 1 {
		return Identity{}, now.challenge(challenge{})
	}
	header := r.Authorization[0]
	scheme, credentials, _ := strings.Cut(header, " ")
	switch {
	case now.basic && strings.EqualFold(scheme, "Basic"):
		if p := g.byPassword(header, credentials); p != 0 {
			return Identity{Principal: p, Scheme: SchemeBasic}, nil
		}
	case strings.EqualFold(scheme, "Bearer"):
		return g.byToken(now, strings.TrimSpace(credentials), r)
	}
	return Identity{}, now.challenge(challenge{})
}

// rules are a configuration, ready to be asked.
type rules struct {
	config                                       Config
	basic, negotiate, oauth, always, hint, cloud bool
	confirm, reason                              bool
	tenant, domain                               string
	apps                                         map[string]*App // by id in lower case
	conditions                                   []condition
	policies                                     policies
}

func (g *Gatekeeper) compile(c Config) (*rules, error) {
	var report strictyaml.Report
	c = c.Clone()
	c.Check(&report, "authentication", g.flavour, g.dir)
	if err := report.Err(); err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	offered := g.flavour.Schemes
	r := &rules{
		config: c, cloud: g.flavour.Cloud, domain: g.options.Domain, tenant: c.Tokens.tenant(),
		basic: or(c.Basic, offered.Basic), negotiate: or(c.Negotiate, offered.Negotiate), oauth: or(c.OAuth, offered.Bearer),
		hint: or(c.Answers.ModernAuth, g.flavour.Cloud), confirm: or(c.Answers.Confirm, g.flavour.Cloud),
		reason: or(c.Answers.Reason, g.flavour.Cloud),
		always: c.Answers.Bearer == BearerAlways || c.Answers.Bearer == "" && g.flavour.Cloud,
		apps:   map[string]*App{}, policies: newPolicies(&c, g.dir),
	}
	apps := c.Apps
	if len(apps) == 0 {
		apps = DefaultApps()
	}
	for i := range apps {
		r.apps[strings.ToLower(apps[i].ID)] = &apps[i]
	}
	for i := range c.ConditionalAccess {
		r.conditions = append(r.conditions, newCondition(&c.ConditionalAccess[i], g.dir))
	}
	return r, nil
}

// or is what is configured, or else what the flavour has.
func or(configured *bool, flavour bool) bool {
	if configured != nil {
		return *configured
	}
	return flavour
}

// forbid turns away a caller who is known.
func (r *rules) forbid(reason string) *Refusal {
	h := map[string][]string{"Content-Length": {"0"}}
	if r.confirm {
		h["Restrict-Access-Confirm"] = []string{"1"}
	}
	if r.reason {
		h["X-EWS-Policy-Reason"] = []string{reason}
	}
	return &Refusal{Status: http.StatusForbidden, Header: h, ByBackEnd: true}
}
