package auth

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Bounds of what a configuration may say.
const (
	maxLifetime = 24 * time.Hour // MS docs: Configurable token lifetimes
	maxSkew     = time.Hour
)

// checker reports what is wrong with a configuration at a path.
type checker struct {
	report  *strictyaml.Report
	path    string
	flavour flavour.Flavour
	dir     access.Directory
}

func (c *checker) add(key, format string, args ...any) {
	c.report.Add(strings.Trim(c.path+"."+key, "."), format, args...)
}

// Check reports what is wrong with the configuration, which stands at path of a file.
func (c Config) Check(report *strictyaml.Report, path string, f flavour.Flavour, dir access.Directory) {
	k := &checker{report: report, path: path, flavour: f, dir: dir}
	k.schemes(&c)
	k.tokens(&c.Tokens)
	k.answers(&c.Answers)
	ids := k.apps(c.Apps)
	for i := range c.ConditionalAccess {
		k.condition(fmt.Sprintf("conditional_access[%d]", i), &c.ConditionalAccess[i], ids)
	}
	k.organization(&c.Organization)
	k.mailboxes(c.Mailboxes)
}

func (c *checker) schemes(all *Config) {
	if !or(all.Basic, c.flavour.Schemes.Basic) && !or(all.OAuth, c.flavour.Schemes.Bearer) {
		c.add("", "nobody could get in: neither basic nor oauth is on")
	}
}

// tenant is the id of the tenant.
func (t *Tokens) tenant() string { return strings.ToLower(cmp.Or(t.Tenant, DefaultTenant)) }

func (c *checker) tokens(t *Tokens) {
	if t.Tenant != "" {
		c.guid("tokens.tenant", t.Tenant)
	}
	if t.Lifetime < 0 || t.Lifetime > maxLifetime || t.Lifetime%time.Second != 0 {
		c.add("tokens.lifetime", "lifetime is %v: write whole seconds, at most %v", t.Lifetime, maxLifetime)
	}
	if t.Skew < 0 || t.Skew > maxSkew {
		c.add("tokens.skew", "skew is %v: write at most %v", t.Skew, maxSkew)
	}
	if t.Strength < 0 || t.Strength > 2 {
		c.add("tokens.strength", "strength is %d: write 1 for a secret or 2 for a certificate", t.Strength)
	}
}

func (c *checker) answers(a *Answers) {
	switch a.Bearer {
	case "", BearerAlways, BearerAsked:
	default:
		c.add("answers.bearer", "bearer is %q: write always or asked", a.Bearer)
	}
	c.quotable("answers.authorization_uri", a.AuthorizationURI)
}

// quotable reports what cannot stand between quotation marks in a header.
func (c *checker) quotable(key, s string) {
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) {
		c.add(key, "%s must be of printable ASCII, without quotation marks and backslashes", key[strings.LastIndexByte(key, '.')+1:])
	}
}

// guid reports what is no GUID.
func (c *checker) guid(key, s string) {
	const form = "00000000-0000-0000-0000-000000000000"
	ok := len(s) == len(form)
	for i := 0; ok && i < len(form); i++ {
		isDash := s[i] == '-'
		isHex := strings.IndexByte("0123456789abcdefABCDEF", s[i]) >= 0
		ok = isDash == (form[i] == '-') && (isDash || isHex)
	}
	if !ok {
		c.add(key, "%q is not a GUID such as %s", s, DefaultApp)
	}
}

// apps are the ids of the applications, in lower case.
func (c *checker) apps(all []App) []string {
	if len(all) == 0 {
		all = DefaultApps()
	}
	var ids []string
	seen := map[string]bool{}
	for i, a := range all {
		path := fmt.Sprintf("apps[%d]", i)
		id := strings.ToLower(a.ID)
		if a.ID == "" {
			c.add(path, "application has no id")
		} else {
			c.guid(path+".id", a.ID)
		}
		if seen[id] {
			c.add(path+".id", "there are two applications %s", a.ID)
		}
		seen[id], ids = true, append(ids, id)
		for j, role := range a.Roles {
			c.permission(fmt.Sprintf("%s.roles[%d]", path, j), role, FullAccessAsApp)
		}
		for j, scope := range a.Scopes {
			c.permission(fmt.Sprintf("%s.scopes[%d]", path, j), scope, AccessAsUserAll)
		}
		for j, capability := range a.Capabilities {
			if capability != capable {
				c.add(fmt.Sprintf("%s.capabilities[%d]", path, j), "capability is %q: there is only %s", capability, capable)
			}
		}
	}
	return ids
}

// permission reports what is no name of a permission, and what looks like the one that EWS knows. Others are for other resources.
func (c *checker) permission(key, name, known string) {
	switch {
	case name == "" || strings.ContainsAny(name, " \t\r\n/"):
		c.add(key, "permission is %q: write a name such as %s", name, known)
	case name != known && strings.EqualFold(name, known):
		c.add(key, "permission is %q: it is spelled %s", name, known)
	}
}

func (c *checker) condition(path string, p *Condition, ids []string) {
	if p.Name == "" {
		c.add(path, "policy has no name")
	}
	c.quotable(path+".name", p.Name)
	for i, id := range p.Apps {
		c.known(fmt.Sprintf("%s.apps[%d]", path, i), id, ids)
	}
	for i, u := range p.Users {
		c.address(fmt.Sprintf("%s.users[%d]", path, i), u)
	}
	c.networks(path+".addresses", p.Addresses)
	c.networks(path+".except_addresses", p.ExceptAddresses)
	none := p.Require == Claim{}
	switch {
	case p.Block == !none:
		c.add(path, "write one of block and require")
	case none:
	case p.Require.Claim != ClaimContexts && p.Require.Claim != ClaimCapabilities:
		c.add(path+".require.claim", "claim is %q: write %s or %s", p.Require.Claim, ClaimContexts, ClaimCapabilities)
	case p.Require.Value == "":
		c.add(path+".require", "claim has no value")
	}
}

func (c *checker) known(key, id string, ids []string) {
	for _, k := range ids {
		if strings.EqualFold(k, id) {
			return
		}
	}
	c.add(key, "there is no application %q%s", id, strictyaml.DidYouMean(id, ids))
}

func (c *checker) networks(path string, all []string) {
	for i, s := range all {
		if _, err := parseNetwork(s); err != nil {
			c.add(fmt.Sprintf("%s[%d]", path, i), "%q is not an address or a network such as 10.0.0.0/8", s)
		}
	}
}

// address is the principal of a primary address.
func (c *checker) address(key, address string) access.Principal {
	p, primary := c.dir.Find(address)
	if p == 0 || !primary {
		c.add(key, "%q is nobody's primary address", address)
		return 0
	}
	return p
}

func (c *checker) organization(o *Organization) {
	c.policy("organization", o.Policy, o.Allow, o.Block)
	for i, id := range o.AllowedApps {
		c.guid(fmt.Sprintf("organization.allowed_app_ids[%d]", i), id)
	}
	if len(o.AllowedApps) > 0 && !c.flavour.Cloud {
		c.add("organization.allowed_app_ids", "%s has no EwsAllowedAppIDs: it is a setting of %s", c.flavour.Name, flavour.Online)
	}
}

func (c *checker) policy(path string, p AccessPolicy, allow, block []string) {
	switch p {
	case "", EnforceAllowList, EnforceBlockList:
	default:
		c.add(path+".application_access_policy", "application_access_policy is %q: write %s or %s", p, EnforceAllowList, EnforceBlockList)
	}
	if len(allow) > 0 && p == "" || len(block) > 0 && p == "" {
		c.add(path, "a list of user agents without application_access_policy: write %s or %s", EnforceAllowList, EnforceBlockList)
	}
}

func (c *checker) mailboxes(all []Mailbox) {
	seen := map[access.Principal]bool{}
	for i, m := range all {
		path := fmt.Sprintf("mailboxes[%d]", i)
		if m.User == "" {
			c.add(path, "mailbox has no user")
		} else if p := c.address(path+".user", m.User); p != 0 {
			if seen[p] {
				c.add(path+".user", "%s has two settings", m.User)
			}
			seen[p] = true
		}
		c.policy(path, m.Policy, m.Allow, m.Block)
	}
}
