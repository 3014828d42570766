package auth

import (
	"strings"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// Organization is who may use EWS at all (MS docs: Control access to EWS in Exchange; Set-OrganizationConfig).
type Organization struct {
	// Enabled is EwsEnabled. Left out: $null, which is as good as true but that AllowedApps has no effect.
	Enabled *bool `yaml:"ews_enabled"`
	// Policy, Allow and Block are EwsApplicationAccessPolicy, EwsAllowList and EwsBlockList: which user agents are let in. In a
	// pattern * stands for anything.
	Policy AccessPolicy `yaml:"application_access_policy"`
	Allow  []string     `yaml:"allow_list"`
	Block  []string     `yaml:"block_list"`
	// AllowedApps is EwsAllowedAppIDs: the applications that are let in, once Enabled is true. Empty: all. Exchange Online alone
	// has it.
	AllowedApps []string `yaml:"allowed_app_ids"`
	// Overrides says that what a mailbox has set counts in place of what the organisation has. Otherwise both must let a caller in,
	// as in Exchange Online since April 2025 (message center, MC1015893).
	Overrides bool `yaml:"mailbox_overrides"`
}

// Mailbox is whether one user may use EWS, with any mailbox: the caller's setting counts (MS docs: Set-CASMailbox).
type Mailbox struct {
	// User is the primary address.
	User    string       `yaml:"user"`
	Enabled *bool        `yaml:"ews_enabled"`
	Policy  AccessPolicy `yaml:"application_access_policy"`
	Allow   []string     `yaml:"allow_list"`
	Block   []string     `yaml:"block_list"`
}

// AccessPolicy is which of the two lists of user agents counts. Empty: neither.
type AccessPolicy string

// The policies.
const (
	EnforceAllowList AccessPolicy = "EnforceAllowList"
	EnforceBlockList AccessPolicy = "EnforceBlockList"
)

// Reasons for a 403, as the header has them (MS docs: Control access to EWS in Exchange).
const (
	reasonDisabled = "EWS is disabled for this user or tenant"
	reasonPolicy   = "EWS is blocked by policy for this user or tenant"
)

// setting is what organisations and mailboxes have in common.
type setting struct {
	enabled     *bool
	policy      AccessPolicy
	allow, deny []string // in lower case
}

func (o *Organization) setting() setting {
	return setting{enabled: o.Enabled, policy: o.Policy, allow: lower(o.Allow), deny: lower(o.Block)}
}

func (m *Mailbox) setting() setting {
	return setting{enabled: m.Enabled, policy: m.Policy, allow: lower(m.Allow), deny: lower(m.Block)}
}

// over is the setting with what it leaves open taken from another.
func (s setting) over(other setting) setting {
	if s.enabled == nil {
		s.enabled = other.enabled
	}
	if s.policy == "" {
		s.policy, s.allow, s.deny = other.policy, other.allow, other.deny
	}
	return s
}

func (s setting) disabled() bool { return s.enabled != nil && !*s.enabled }

// admits reports whether the lists let a user agent in, which is in lower case.
func (s setting) admits(agent string) bool {
	switch s.policy {
	case EnforceAllowList:
		return matchesAny(s.allow, agent)
	case EnforceBlockList:
		return !matchesAny(s.deny, agent)
	}
	return true
}

// policies are the settings of everybody.
type policies struct {
	any       bool // there is something to look at
	org       setting
	mailboxes map[access.Principal]setting
	apps      map[string]bool // nil: all
	overrides bool
}

func newPolicies(c *Config, dir access.Directory) policies {
	p := policies{org: c.Organization.setting(), mailboxes: map[access.Principal]setting{}, overrides: c.Organization.Overrides}
	for i := range c.Mailboxes {
		who, _ := dir.Find(c.Mailboxes[i].User)
		p.mailboxes[who] = c.Mailboxes[i].setting()
	}
	if on := c.Organization.Enabled; on != nil && *on && len(c.Organization.AllowedApps) > 0 {
		p.apps = map[string]bool{}
		for _, id := range lower(c.Organization.AllowedApps) {
			p.apps[id] = true
		}
	}
	p.any = p.org.enabled != nil || p.org.policy != "" || len(p.mailboxes) > 0
	return p
}

// refuse is why a caller is kept out, "" for one who is let in. The list of applications is for SOAP requests.
func (p *policies) refuse(id *Identity, agent string, soap bool) string {
	if !p.any {
		return ""
	}
	agent = strings.ToLower(agent)
	settings := []setting{p.org}
	if own, ok := p.mailboxes[id.Principal]; ok { // an application on its own has none
		settings = append(settings, own)
		if p.overrides {
			settings = []setting{own.over(p.org)}
		}
	}
	for _, s := range settings {
		if s.disabled() {
			return reasonDisabled
		}
	}
	for _, s := range settings {
		if !s.admits(agent) {
			return reasonPolicy
		}
	}
	if soap && p.apps != nil && !p.apps[strings.ToLower(id.AppID)] {
		return reasonPolicy
	}
	return ""
}

func lower(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = strings.ToLower(s)
	}
	return out
}

func matchesAny(patterns []string, s string) bool {
	for _, p := range patterns {
		if matches(p, s) {
			return true
		}
	}
	return false
}

// matches reports whether all of s fits a pattern, in which * stands for anything.
func matches(pattern, s string) bool {
	head, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == s
	}
	s, ok := strings.CutPrefix(s, head)
	for ok {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(s, part)
		}
		_, s, ok = strings.Cut(s, part)
		rest = after
	}
	return false
}
