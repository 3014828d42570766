package mockews_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const (
	resource  = "https://outlook.office365.com/.default"
	tokenPath = "/contoso.com/oauth2/v2.0/token"
	roleApp   = "33333333-0000-4000-8000-000000000003" // holds a role in Exchange alone, for users 1 to 50
	frank     = "user000001@contoso.com"
)

// guarded is an organisation that takes tokens and passwords, with the rights that its rows need.
func guarded() route.Topology {
	return route.Topology{
		Flavour:        flavour.Online,
		Authentication: auth.Config{Basic: new(true), Apps: append(auth.DefaultApps(), auth.App{ID: roleApp, Name: "role", Secret: "hush-hush"})},
		Access: access.Grants{
			Scopes: []access.NamedScope{{Name: "frank", Filter: "PrimarySmtpAddress -eq '" + frank + "'"}},
			Roles:  []access.Role{{Role: access.AccessAsApp, App: roleApp, Scope: "frank"}},
		},
	}
}

// tokenFor asks the server for a token: of the application, or of a user by it.
func tokenFor(t testing.TB, transport http.RoundTripper, user string) string {
	return tokenBy(t, transport, auth.DefaultApp, auth.DefaultSecret, user)
}

func tokenBy(t testing.TB, transport http.RoundTripper, app, secret, user string) string {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {app}, "client_secret": {secret}, "scope": {resource}}
	if user != "" {
		form.Set("grant_type", "password")
		form.Set("username", user)
		form.Set("password", "ewsbench")
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://mock"+tokenPath, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := transport.RoundTrip(r)
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Token string `json:"access_token"`
	}
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, "%s", text)
	require.NoError(t, json.Unmarshal(text, &answer))
	return answer.Token
}

// by is the request with a token in place of a password.
func (p probe) by(token string) probe {
	p.user = ""
	return p.with("Authorization", "Bearer "+token)
}

// Tokens and impersonation, row by row (captures in OfficeDev/ews-managed-api #212, exchangelib #735; MS docs: Authenticate an
// EWS application by using OAuth).
func TestTokensAndImpersonation(t *testing.T) {
	t.Parallel()
	s := newServer(t, guarded())
	alone, role := tokenFor(t, s.Transport(), ""), tokenBy(t, s.Transport(), roleApp, "hush-hush", "")
	withHeader, without := soap(target, getInbox()), soap(target, getInbox())
	without.body = own(getInbox())
	for _, c := range []struct {
		name string
		p    probe
		code ews.Code
		text string
	}{
		{"app-only with full_access_as_app, header present", withHeader.by(alone), "", ""},
		{
			"app-only with full_access_as_app, header absent", without.by(alone), ews.ErrorInvalidExchangeImpersonationHeaderData,
			"ExchangeImpersonation SOAP header must be present for this type of OAuth token.",
		},
		{"app-only with a role in Exchange, header present, in scope", soap(frank, getInbox()).by(role), "", ""},
		{"app-only with a role in Exchange, header present, out of scope", withHeader.by(role), ews.ErrorImpersonateUserDenied, ""},
		{"delegated user token, header present, with ApplicationImpersonation", withHeader.by(tokenFor(t, s.Transport(), bench)), "", ""},
		{"delegated user token, header present, without it", withHeader.by(tokenFor(t, s.Transport(), frank)), ews.ErrorImpersonateUserDenied, ""},
		{"delegated user token, header absent", without.by(tokenFor(t, s.Transport(), target)), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			outcome := c.p.send(t, s.Transport()).outcome()
			assert.Equal(t, c.code, outcome.Code())
			if c.code != "" {
				assert.Equal(t, http.StatusInternalServerError, outcome.HTTP)
			}
			if c.text != "" {
				assert.Equal(t, c.text, outcome.Fault.Text)
			}
		})
	}
	t.Run("delegated user token, header present, where it must not", func(t *testing.T) {
		require.NoError(t, s.Guard().Change(func(g *access.Grants) error { g.DelegatedTokens = access.DelegatedNever; return nil }))
		outcome := withHeader.by(tokenFor(t, s.Transport(), bench)).send(t, s.Transport()).outcome()
		assert.Equal(t, ews.ErrorInvalidExchangeImpersonationHeaderData, outcome.Code())
		assert.Equal(t, "ExchangeImpersonation SOAP header must not exist for this type of OAuth token.", outcome.Fault.Text)
	})
}

// Who answers a caller that is not let in: a front end, or a back end that has looked at the token.
func TestWhoTurnsAway(t *testing.T) {
	t.Parallel()
	s := newServer(t, guarded())
	good := tokenFor(t, s.Transport(), "")
	forbidding := newServer(t, func() route.Topology {
		o := guarded()
		o.Authentication.Organization.Enabled = new(false)
		return o
	}())
	for _, c := range []struct {
		name   string
		server *mockews.Server
		change func(probe) probe
		status int
		back   bool
	}{
		{"nothing", s, func(p probe) probe { p.user = ""; return p }, 401, false},
		{"wrong password", s, func(p probe) probe { p.password = "x"; return p }, 401, false},
		{"bearer without a token", s, func(p probe) probe { return p.by("") }, 401, false},
		{"rejected token", s, func(p probe) probe { return p.by("x" + good) }, 401, true},
		{"policy", forbidding, func(p probe) probe { return p }, 403, true},
	} {
		a := c.change(soap(target, getInbox())).send(t, c.server.Transport())
		assert.Equal(t, c.status, a.StatusCode, c.name)
		assert.Empty(t, a.body, "%s: no body", c.name)
		assert.Equal(t, "0", a.Header.Get("Content-Length"), c.name)
		for _, key := range []string{"request-id", "X-FEServer", "Server", "X-Powered-By"} {
			assert.NotEmpty(t, a.Header.Get(key), "%s: %s", c.name, key)
		}
		want := ""
		if c.back {
			want = fmt.Sprint(c.status)
			assert.NotEmpty(t, a.Header.Get("X-CalculatedBETarget"), c.name)
		}
		assert.Equal(t, want, a.Header.Get("X-BackEndHttpStatus"), c.name)
		assert.Equal(t, c.back, a.Header.Get("X-BEServer") != "", c.name)
		entries := c.server.Journal()
		e := entries[len(entries)-1]
		assert.Equal(t, c.status, e.Status, c.name)
		assert.Equal(t, c.back, e.Final != "", "%s: the journal knows the back end", c.name)
	}
	assert.Equal(t, "Bearer", strings.Fields(soap(target, getInbox()).by("").send(t, s.Transport()).Header.Get("WWW-Authenticate"))[0])
}

// The setting of the caller counts, whosever mailbox it is about.
func TestPolicyOfTheCaller(t *testing.T) {
	t.Parallel()
	topology := guarded()
	topology.Authentication.Mailboxes = []auth.Mailbox{{User: target, Enabled: new(false)}}
	s := newServer(t, topology)
	for _, c := range []struct {
		name string
		p    probe
		want int
	}{
		{"the caller is disabled", probe{user: target, password: "ewsbench", body: own(getInbox())}, 403},
		{"the caller is disabled, by a token", soap(frank, getInbox()).by(tokenFor(t, s.Transport(), target)), 403},
		{"whom it acts for is disabled", soap(target, getInbox()), 200},
		{"whom an application acts for is disabled", soap(target, getInbox()).by(tokenFor(t, s.Transport(), "")), 200},
	} {
		c.p.method, c.p.url = http.MethodPost, endpoint
		assert.Equal(t, c.want, c.p.send(t, s.Transport()).StatusCode, c.name)
	}
	require.NoError(t, s.Auth().Change(func(c *auth.Config) error { c.Mailboxes = nil; return nil }))
	assert.Equal(t, 200, probe{method: http.MethodPost, url: endpoint, user: target, password: "ewsbench", body: own(getInbox())}.send(t, s.Transport()).StatusCode)
}

// An application is known by its id, in the answer and in the journal.
func TestApplicationInTheJournal(t *testing.T) {
	t.Parallel()
	s := newServer(t, guarded())
	before := len(s.Journal())
	alone, user := tokenFor(t, s.Transport(), ""), tokenFor(t, s.Transport(), frank)
	require.Len(t, s.Journal(), before, "a request for a token is not for Exchange")
	a := soap(target, getInbox()).by(alone).with("client-request-id", "1").send(t, s.Transport())
	assert.Equal(t, mockews.DefaultApp, a.Header.Get("X-MS-AppId"))
	p := soap(frank, getInbox()).by(user).with("client-request-id", "2")
	p.body = own(getInbox())
	a = p.send(t, s.Transport())
	assert.Equal(t, mockews.DefaultApp, a.Header.Get("X-MS-AppId"))
	assert.Empty(t, soap(target, getInbox()).with("client-request-id", "3").send(t, s.Transport()).Header.Get("X-MS-AppId"))
	callers := map[string]string{}
	for _, e := range s.Journal() {
		callers[e.ID] = e.Caller + " for " + e.Target
	}
	assert.Equal(t, map[string]string{"1": mockews.DefaultApp + " for " + target, "2": frank + " for " + frank, "3": bench + " for " + target}, callers)
}

// A token is good for an hour, by the server's clock.
func TestTokenExpires(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, guarded())
		p := soap(target, getInbox()).by(tokenFor(t, s.Transport(), ""))
		time.Sleep(time.Hour - time.Second)
		assert.Equal(t, 200, p.send(t, s.Transport()).StatusCode)
		time.Sleep(time.Second)
		a := p.send(t, s.Transport())
		assert.Equal(t, 401, a.StatusCode)
		assert.Contains(t, a.Header.Get("x-ms-diagnostics"), `2000002;`)
		assert.Contains(t, a.Header.Get("WWW-Authenticate"), `error="invalid_token"`)
		assert.Equal(t, 200, soap(target, getInbox()).by(tokenFor(t, s.Transport(), "")).send(t, s.Transport()).StatusCode)
	})
}

// A client of golang.org/x/oauth2 gets a token and acts for a user, over sockets.
func TestClientCredentials(t *testing.T) {
	t.Parallel()
	topology := guarded()
	topology.Authentication = auth.Config{}
	mx := mockews.Start(t, topology)
	base := strings.TrimSuffix(mx.URL, mockews.Path)
	config := clientcredentials.Config{
		ClientID: mockews.DefaultApp, ClientSecret: mockews.DefaultSecret, TokenURL: base + "/" + mockews.DefaultTenant + "/oauth2/v2.0/token",
		Scopes: []string{strings.Replace(base, "http://", "https://", 1) + "/.default"},
	}
	client := config.Client(t.Context())
	for range 2 {
		p := soap(target, getInbox())
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, mx.URL, bytes.NewReader(p.body))
		require.NoError(t, err)
		r.Header = p.header
		response, err := client.Do(r)
		require.NoError(t, err)
		_ = response.Body.Close()
		assert.Equal(t, http.StatusOK, response.StatusCode)
	}
	assert.Len(t, mx.Journal(), 2)
}

// Nothing of what callers show is to be found afterwards.
func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	topology := guarded()
	topology.Authentication.Apps = append(topology.Authentication.Apps, auth.App{ID: "44444444-0000-4000-8000-000000000004", Secret: "tres-secret"})
	s := newServer(t, topology)
	token := tokenFor(t, s.Transport(), "")
	var seen strings.Builder
	for _, p := range []probe{
		soap(target, getInbox()), soap(target, getInbox()).by(token), soap(target, getInbox()).by(token + "x"),
		{user: bench, password: "guess-my-password", method: http.MethodPost, url: endpoint},
		soap(target, getInbox()).by("odd token"),
	} {
		a := p.send(t, s.Transport())
		fmt.Fprintln(&seen, a.Header, string(a.body))
	}
	fmt.Fprintf(&seen, "%+v\n", s.Journal())
	topology.Authentication.Tokens.Strength = 7
	_, err := mockews.New(topology)
	require.Error(t, err)
	fmt.Fprintln(&seen, err)
	for _, hidden := range []string{"hush-hush", "tres-secret", token[:40], "guess-my-password", "odd token", "c3ZjLWJlbmNo"} {
		assert.NotContains(t, seen.String(), hidden)
	}
}
