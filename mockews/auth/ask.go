package auth

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
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

// client is the application that asks, if it has proved itself.
func (a *ask) client() (*App, *oauthError) {
	switch {
	case !a.rules.isTenant(a.tenant) && (a.tenant != "organizations" || a.grant != grantUser):
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
	for s := range strings.FieldsSeq(a.scope) {
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
