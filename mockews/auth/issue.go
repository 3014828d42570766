package auth

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// granted is the answer to a request for a token. The first version of the endpoint writes numbers as strings.
type granted struct {
	Type      string `json:"token_type"`
	Scope     string `json:"scope,omitempty"`
	Expires   any    `json:"expires_in"`
	Extended  any    `json:"ext_expires_in"`
	ExpiresOn string `json:"expires_on,omitempty"`
	NotBefore string `json:"not_before,omitempty"`
	Resource  string `json:"resource,omitempty"`
	Token     string `json:"access_token"`
}

// issue makes the token that is asked for.
func (g *Gatekeeper) issue(a *ask) (*granted, *oauthError) {
	app, fail := a.client()
	if fail != nil {
		return nil, fail
	}
	audience, scopes, fail := a.audience()
	if fail != nil {
		return nil, fail
	}
	c := a.newClaims(app, audience)
	user := access.Principal(0)
	if a.grant == grantUser {
		if user, fail = g.forUser(a, app, scopes, c); fail != nil {
			return nil, fail
		}
	} else {
		c.Roles, c.Kind = app.Roles, "app"
		c.Object = derived("service principal", app.ID)
		c.Subject = c.Object
	}
	if p := a.rules.blocks(sender{app: strings.ToLower(app.ID), user: user, address: a.address}); p != nil {
		return nil, badRequest("invalid_grant", 53003, "Access has been blocked by Conditional Access policies. "+
			"The policy '"+p.Name+"' does not allow token issuance.")
	}
	token, err := g.sign(c)
	if err != nil {
		return nil, serverError()
	}
	return a.answer(token, c), nil
}

func (a *ask) answer(token string, c *claims) *granted {
	seconds := int64(c.Expiry.Time().Sub(c.IssuedAt.Time()) / time.Second)
	out := &granted{Type: "Bearer", Expires: seconds, Extended: seconds, Token: token}
	if c.Scopes != "" {
		out.Scope = c.Audience[0] + "/" + strings.ReplaceAll(c.Scopes, " ", " "+c.Audience[0]+"/")
	}
	if a.v1 {
		text := strconv.FormatInt(seconds, 10)
		out.Expires, out.Extended, out.Scope, out.Resource = text, text, c.Scopes, c.Audience[0]
		out.ExpiresOn = strconv.FormatInt(c.Expiry.Time().Unix(), 10)
		out.NotBefore = strconv.FormatInt(c.NotBefore.Time().Unix(), 10)
	}
	return out
}

// newClaims is what every token says.
func (a *ask) newClaims(app *App, audience string) *claims {
	t := &a.rules.config.Tokens
	lifetime := t.Lifetime
	if lifetime == 0 {
		lifetime = defaultLifetime
	}
	wanted := a.wanted()
	return &claims{
		Audience: jwt.Audience{audience}, Issuer: issuerV1 + a.rules.tenant + "/", Tenant: a.rules.tenant, App: app.ID, Version: "1.0",
		IssuedAt: jwt.NewNumericDate(a.now), NotBefore: jwt.NewNumericDate(a.now), Expiry: jwt.NewNumericDate(a.now.Add(lifetime)),
		Contexts: wanted(ClaimContexts), Client: union(app.Capabilities, wanted(ClaimCapabilities)),
		Strength: strength(app), ID: newGUID(),
	}
}

// strength is how an application has proved itself: not at all, or with a secret.
func strength(app *App) string {
	if app.Secret == "" {
		return "0"
	}
	return "1"
}

func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// forUser adds to the claims what a token of a user says. The error does not tell which of name and password is wrong.
func (g *Gatekeeper) forUser(a *ask, app *App, scopes []string, c *claims) (access.Principal, *oauthError) {
	if a.username == "" {
		return 0, missing("username")
	}
	if a.password == "" {
		return 0, missing("password")
	}
	p := g.login(a.username, a.password)
	if p == 0 {
		return 0, badRequest("invalid_grant", 50126, "Error validating credentials due to invalid username or password.")
	}
	given := app.Scopes
	if !slices.Contains(scopes, defaultScope[1:]) {
		given = nil
		for _, s := range scopes {
			if !slices.Contains(app.Scopes, s) {
				return 0, badRequest("invalid_grant", 65001, "The user or administrator has not consented to use the application with ID '"+
					app.ID+"' for '"+printable(s)+"'.")
			}
			given = append(given, s)
		}
	}
	c.User, c.Scopes, c.Methods = g.dir.Address(p), strings.Join(given, " "), []string{"pwd"}
	c.Object = derived("user", c.User)
	c.Subject = derived("subject", c.User+app.ID)
	return p, nil
}

// derived is a GUID that belongs to a name for ever.
func derived(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.ToLower(name)))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	return formatGUID(sum[:16])
}
