package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// The grants that there are.
const (
	grantApp  = "client_credentials"
	grantUser = "password"
)

// ask is a request for a token.
type ask struct {
	rules              *rules
	tenant, host       string
	v1                 bool
	now                time.Time
	grant              string
	id, secret         string
	scope              string
	username, password string
	claims             string
	address            netip.Addr
}

// read reads the parameters of a request. An application shows its secret in the body or as a password (RFC 6749, section
// 2.3.1).
func (a *ask) read(r *http.Request) {
	f := r.PostForm
	a.grant, a.id, a.secret = f.Get("grant_type"), f.Get("client_id"), f.Get("client_secret")
	a.scope, a.claims = f.Get("scope"), f.Get("claims")
	a.username, a.password = f.Get("username"), f.Get("password")
	if a.v1 {
		a.scope = strings.TrimSuffix(f.Get("resource"), "/") + defaultScope
	}
	if id, secret, ok := r.BasicAuth(); ok {
		a.id, a.secret = unescape(id), unescape(secret)
	}
	a.address = a.rules.clientAddress(r.RemoteAddr, r.Header.Get("X-Forwarded-For"))
}

func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

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

// client is the application that asks, if it has proved itself.
func (a *ask) client() (*App, *oauthError) {
	switch {
	case !a.rules.isTenant(a.tenant) && !(a.tenant == "organizations" && a.grant == grantUser):
		return nil, noTenant(a.tenant)
	case a.grant == "":
		return nil, missing("grant_type")
	case a.grant != grantApp && a.grant != grantUser:
		return nil, badRequest("unsupported_grant_type", 70003, "The app requested an unsupported grant type '"+printable(a.grant)+"'.")
	case a.id == "":
		return nil, missing("client_id")
	}
	app := a.rules.apps[strings.ToLower(a.id)]
	switch {
	case app == nil:
		return nil, badRequest("unauthorized_client", 700016, "Application with identifier '"+printable(a.id)+"' was not found in the directory.")
	case app.Secret == "" && a.grant == grantApp:
		return nil, badRequest("unauthorized_client", 700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.")
	case app.Secret == "":
		return app, nil
	case a.secret == "" && a.grant == grantApp:
		return nil, unauthorized(7000216, "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.")
	case a.secret == "":
		return nil, unauthorized(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
	case subtle.ConstantTimeCompare([]byte(a.secret), []byte(app.Secret)) == 0:
		return nil, unauthorized(7000215, "Invalid client secret provided for app '"+app.ID+"'.")
	}
	return app, nil
}

// defaultScope asks for whatever an application was granted.
const defaultScope = "/.default"

// audience is the resource that a token is asked for, and the scopes.
func (a *ask) audience() (audience string, scopes []string, fail *oauthError) {
	for _, s := range strings.Fields(a.scope) {
		if s == "openid" || s == "profile" || s == "email" || s == "offline_access" {
			continue // they ask for tokens that the mock does not issue
		}
		i := strings.LastIndexByte(s, '/')
		if i < 0 {
			return "", nil, badRequest("invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid. The scope "+printable(s)+" is not valid.")
		}
		of, name := strings.TrimSuffix(s[:i], "/"), s[i+1:]
		if !forExchange(of, a.host) {
			return "", nil, badRequest("invalid_resource", 500011, "The resource principal named "+printable(of)+" was not found in the tenant.")
		}
		if audience != "" && audience != of {
			return "", nil, badRequest("invalid_scope", 28000, "Provided value for the input parameter scope is not valid because it contains more than one resource.")
		}
		audience, scopes = of, append(scopes, name)
	}
	switch {
	case audience == "" && a.v1:
		return "", nil, missing("resource")
	case audience == "":
		return "", nil, missing("scope")
	case a.grant == grantApp && (len(scopes) != 1 || scopes[0] != defaultScope[1:]):
		return "", nil, badRequest("invalid_scope", 1002012, "The provided value for scope is not valid. Client credential flows must have "+
			"a scope value with /.default suffixed to the resource identifier.")
	}
	return audience, scopes, nil
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

// maxClaims bounds the values that a token repeats of a claims request.
const maxClaims = 8

// wanted is what the request wants to have in the token, by claim.
func (a *ask) wanted() func(claim string) []string {
	var request struct {
		Token map[string]*struct {
			Value  string   `json:"value"`
			Values []string `json:"values"`
		} `json:"access_token"`
	}
	if a.claims == "" || json.Unmarshal([]byte(a.claims), &request) != nil {
		return func(string) []string { return nil }
	}
	return func(claim string) []string {
		c := request.Token[claim]
		if c == nil {
			return nil
		}
		values := c.Values
		if c.Value != "" {
			values = append([]string{c.Value}, values...)
		}
		return values[:min(len(values), maxClaims)]
	}
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
