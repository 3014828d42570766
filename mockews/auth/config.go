package auth

import (
	"slices"
	"time"
)

// Config says how callers prove who they are and which of them are let in. The zero value is what the flavour does, with
// [DefaultApps] as applications.
type Config struct {
	// Basic, Negotiate and OAuth are the schemes. Left out: as the flavour has it. Negotiate is offered, with NTLM, and not
	// spoken. OAuth on premises is hybrid modern authentication.
	Basic     *bool `yaml:"basic"`
	Negotiate *bool `yaml:"negotiate"`
	OAuth     *bool `yaml:"oauth"`
	// Tokens says how tokens are issued and verified.
	Tokens Tokens `yaml:"tokens"`
	// Answers says what the answers look like that turn a caller away.
	Answers Answers `yaml:"answers"`
	// Apps are the applications that are registered. Empty: DefaultApps.
	Apps []App `yaml:"apps"`
	// ConditionalAccess are policies for tokens.
	ConditionalAccess []Condition `yaml:"conditional_access"`
	// Organization is the setting of everybody (MS docs: Set-OrganizationConfig), Mailboxes are those of single mailboxes
	// (MS docs: Set-CASMailbox).
	Organization Organization `yaml:"organization"`
	Mailboxes    []Mailbox    `yaml:"mailboxes"`
}

// Tokens says how tokens are issued and verified.
type Tokens struct {
	// Tenant is the id of the tenant, a GUID. Empty: DefaultTenant.
	Tenant string `yaml:"tenant"`
	// Lifetime is how long a token is good. Zero: an hour. Real ones are good for 60 to 90 minutes (MS docs: Configurable token
	// lifetimes).
	Lifetime time.Duration `yaml:"lifetime"`
	// Skew is by how much the clocks of those who issue and those who verify may differ. Which tolerance Exchange has is not
	// documented.
	Skew time.Duration `yaml:"skew"`
	// Strength is how well an application must have proved itself: 1 with a secret, which is all that the mock takes, 2 with a
	// certificate. Zero: 1. Exchange Online asked for 2 once (a capture in OfficeDev/ews-java-api #401).
	Strength int `yaml:"strength"`
	// Unverifiable says that the servers cannot verify any token.
	Unverifiable bool `yaml:"unverifiable"`
	// Forwarded says that X-Forwarded-For tells where a client is, so that one machine can play clients of many places.
	Forwarded bool `yaml:"forwarded"`
}

// Answers says what the answers look like that turn a caller away.
type Answers struct {
	// AuthorizationURI is where challenges send a client for a token. Empty: that of Microsoft Entra ID, as captures have it.
	AuthorizationURI string `yaml:"authorization_uri"`
	// Bearer says who is shown the challenge for tokens. Empty: BearerAlways for Exchange Online, else BearerAsked.
	Bearer BearerChallenge `yaml:"bearer"`
	// ModernAuth says that a challenge for tokens carries ms-diagnostics-public with the words by which exchangelib knows OAuth.
	// Left out: for Exchange Online.
	ModernAuth *bool `yaml:"modern_auth"`
	// Confirm says that a 403 carries Restrict-Access-Confirm: 1. Left out: for Exchange Online.
	Confirm *bool `yaml:"restrict_access_confirm"`
	// Reason says that a 403 carries X-EWS-Policy-Reason. Left out: for Exchange Online (MS docs: Control access to EWS in
	// Exchange).
	Reason *bool `yaml:"policy_reason"`
}

// BearerChallenge says who is shown the challenge for tokens.
type BearerChallenge string

const (
	// BearerAlways shows it to everybody.
	BearerAlways BearerChallenge = "always"
	// BearerAsked shows it to those who send the scheme themselves, with a token or without.
	BearerAsked BearerChallenge = "asked"
)

// App is an application that is registered in the tenant.
type App struct {
	// ID is its application id, a GUID.
	ID string `yaml:"id"`
	// Name is for people.
	Name string `yaml:"name"`
	// Secret is what it proves itself with. Empty: it is a public client, which acts for users alone.
	Secret string `yaml:"secret"`
	// Roles are the application permissions that it was granted, Scopes the delegated ones.
	Roles  []string `yaml:"roles"`
	Scopes []string `yaml:"scopes"`
	// Capabilities are those that it declares with every request for a token, beside what the request says: cp1 for a client
	// that answers claims challenges (MS docs: Claims challenges, claims requests and client capabilities).
	Capabilities []string `yaml:"capabilities"`
}

// Condition is a Conditional Access policy. It is about whoever fits in all that is given.
type Condition struct {
	// Name is what refusals call it.
	Name string `yaml:"name"`
	// Apps are ids of applications, Users are primary addresses. Empty: all, and for users applications on their own too.
	Apps  []string `yaml:"apps"`
	Users []string `yaml:"users"`
	// Addresses are the networks that a client is in, ExceptAddresses those that it is not in, as 10.0.0.0/8. Empty: anywhere.
	Addresses       []string `yaml:"addresses"`
	ExceptAddresses []string `yaml:"except_addresses"`
	// Block keeps it out. Require lets it in with a claim. Exactly one of the two.
	Block   bool  `yaml:"block"`
	Require Claim `yaml:"require"`
}

// Claim is a claim that a token has to carry.
type Claim struct {
	// Claim is ClaimContexts or ClaimCapabilities.
	Claim string `yaml:"claim"`
	Value string `yaml:"value"`
}

// The claims that a policy can require: authentication contexts and client capabilities.
const (
	ClaimContexts     = "acrs"
	ClaimCapabilities = "xms_cc"
)

// capable is the capability of a client that answers claims challenges.
const capable = "cp1"

// Permissions of Exchange (MS docs: Authenticate an EWS application by using OAuth).
const (
	// FullAccessAsApp is the role of an application that may act as everybody.
	FullAccessAsApp = "full_access_as_app"
	// AccessAsUserAll is the scope of an application that acts for the user who signed in.
	AccessAsUserAll = "EWS.AccessAsUser.All"
)

// Defaults.
const (
	// DefaultTenant is the id of the tenant.
	DefaultTenant = "0e5b6e9c-0000-4000-8000-000000000001"
	// DefaultApp is the id of the application that may act as everybody and for everybody, DefaultSecret its secret.
	DefaultApp    = "0e5b6e9c-0000-4000-8000-00000000a001"
	DefaultSecret = "ewsbench"

	defaultLifetime = time.Hour
)

// DefaultApps are the applications of a configuration without any: one that holds everything.
func DefaultApps() []App {
	return []App{{
		ID: DefaultApp, Name: "ewsbench", Secret: DefaultSecret,
		Roles: []string{FullAccessAsApp}, Scopes: []string{AccessAsUserAll},
	}}
}

// Clone is a copy that shares nothing.
func (c Config) Clone() Config {
	for _, b := range []**bool{&c.Basic, &c.Negotiate, &c.OAuth, &c.Answers.ModernAuth, &c.Answers.Confirm, &c.Answers.Reason} {
		*b = cloneBool(*b)
	}
	c.Apps = slices.Clone(c.Apps)
	for i := range c.Apps {
		a := &c.Apps[i]
		a.Roles, a.Scopes, a.Capabilities = slices.Clone(a.Roles), slices.Clone(a.Scopes), slices.Clone(a.Capabilities)
	}
	c.ConditionalAccess = slices.Clone(c.ConditionalAccess)
	for i := range c.ConditionalAccess {
		p := &c.ConditionalAccess[i]
		p.Apps, p.Users = slices.Clone(p.Apps), slices.Clone(p.Users)
		p.Addresses, p.ExceptAddresses = slices.Clone(p.Addresses), slices.Clone(p.ExceptAddresses)
	}
	o := &c.Organization
	o.Enabled = cloneBool(o.Enabled)
	o.Allow, o.Block, o.AllowedApps = slices.Clone(o.Allow), slices.Clone(o.Block), slices.Clone(o.AllowedApps)
	c.Mailboxes = slices.Clone(c.Mailboxes)
	for i := range c.Mailboxes {
		m := &c.Mailboxes[i]
		m.Enabled, m.Allow, m.Block = cloneBool(m.Enabled), slices.Clone(m.Allow), slices.Clone(m.Block)
	}
	return c
}

func cloneBool(b *bool) *bool {
	if b == nil {
		return nil
	}
	return new(*b)
}
