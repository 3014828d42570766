package auth_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// What a token says.
func TestIssuedTokens(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps()})
	common := func(app string) map[string]any {
		return map[string]any{
			"aud": "https://outlook.office365.com", "iss": "https://sts.windows.net/" + auth.DefaultTenant + "/", "tid": auth.DefaultTenant,
			"iat": float64(start.Unix()), "nbf": float64(start.Unix()), "exp": float64(start.Add(time.Hour).Unix()),
			"appid": app, "appidacr": "1", "ver": "1.0",
		}
	}
	for _, c := range []struct {
		name string
		form url.Values
		app  string
		want map[string]any
	}{
		{"application", form(fullApp), fullApp, map[string]any{"roles": []any{auth.FullAccessAsApp}, "idtyp": "app"}},
		{"application without a role", form(bareApp), bareApp, map[string]any{"idtyp": "app"}},
		{"application for the mock by its name", form(fullApp, "scope", "https://"+host+"/.default"), fullApp, map[string]any{"roles": []any{auth.FullAccessAsApp}, "idtyp": "app", "aud": "https://" + host}},
		{"user", userForm(fullApp, "u1"), fullApp, map[string]any{"scp": auth.AccessAsUserAll, "upn": "u1@contoso.com", "amr": []any{"pwd"}}},
		{"user by scope", userForm(fullApp, "u1", "scope", "openid offline_access https://outlook.office365.com/"+auth.AccessAsUserAll), fullApp, map[string]any{"scp": auth.AccessAsUserAll, "upn": "u1@contoso.com", "amr": []any{"pwd"}}},
		{"user by a public client", userForm(publicApp, "u1", "client_secret", ""), publicApp, map[string]any{"scp": auth.AccessAsUserAll, "upn": "u1@contoso.com", "amr": []any{"pwd"}, "appidacr": "0"}},
		{"claims request", form(fullApp, "claims", `{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]},"nbf":{"value":"5"}}}`), fullApp, map[string]any{"roles": []any{auth.FullAccessAsApp}, "idtyp": "app", "acrs": []any{"c1"}, "xms_cc": []any{"cp1"}}},
		{"claims request without sense", form(fullApp, "claims", `{"access_token":[]}`), fullApp, map[string]any{"roles": []any{auth.FullAccessAsApp}, "idtyp": "app"}},
		{"declared capability", form(capableApp, "claims", `{"access_token":{"xms_cc":{"values":["cp1"]},"acrs":null}}`), capableApp, map[string]any{"roles": []any{auth.FullAccessAsApp}, "idtyp": "app", "xms_cc": []any{"cp1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, again := decode(t, tokenOf(t, g, c.form)), decode(t, tokenOf(t, g, c.form))
			assert.NotEqual(t, got["uti"], again["uti"], "each token has an id")
			assert.Equal(t, got["oid"], again["oid"], "each holder has one")
			guid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
			for _, claim := range []string{"uti", "oid", "sub"} {
				assert.Regexp(t, guid, got[claim], claim)
				delete(got, claim)
			}
			want := common(c.app)
			maps.Copy(want, c.want)
			assert.Equal(t, want, got)
		})
	}
}

// What the endpoint answers beside the token, in its two versions.
func TestTokenAnswers(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps()})
	r := post(t, g, tokenPath, userForm(fullApp, "u1"))
	assert.NotEmpty(t, r.token())
	assert.Equal(t, "application/json; charset=utf-8", r.header.Get("Content-Type"))
	assert.Equal(t, "no-store, no-cache", r.header.Get("Cache-Control"))
	delete(r.body, "access_token")
	assert.Equal(t, map[string]any{
		"token_type": "Bearer", "scope": "https://outlook.office365.com/EWS.AccessAsUser.All", "expires_in": 3600.0, "ext_expires_in": 3600.0,
	}, r.body)
	r = post(t, g, "/"+auth.DefaultTenant+"/oauth2/token", form(fullApp, "scope", "", "resource", "https://outlook.office365.com/"))
	_, refusal := g.Admit(bearer(r.token()))
	assert.Nil(t, refusal)
	delete(r.body, "access_token")
	assert.Equal(t, map[string]any{
		"token_type": "Bearer", "expires_in": "3600", "ext_expires_in": "3600", "resource": "https://outlook.office365.com",
		"not_before": "1772366400", "expires_on": "1772370000",
	}, r.body)
	r = post(t, g, "/organizations/oauth2/v2.0/token", userForm(fullApp, "u1"))
	assert.Equal(t, http.StatusOK, r.status, r.text)
	r = post(t, g, tokenPath, form(fullApp, "client_id", "", "client_secret", ""), func(r *http.Request) {
		r.SetBasicAuth(url.QueryEscape(fullApp), url.QueryEscape(secret))
	})
	assert.Equal(t, http.StatusOK, r.status, r.text)
}

// Every error, as RFC 6749 names it and with the number that Entra gives it.
func TestTokenErrors(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps(), ConditionalAccess: []auth.Condition{{Name: "no u3", Users: []string{"u3@contoso.com"}, Block: true}}})
	for _, c := range []struct {
		name, path string
		form       url.Values
		status     int
		fault      string
		number     float64
	}{
		{"no grant", tokenPath, form(fullApp, "grant_type", ""), 400, "invalid_request", 900144},
		{"unknown grant", tokenPath, form(fullApp, "grant_type", "refresh_token"), 400, "unsupported_grant_type", 70003},
		{"no client", tokenPath, form(""), 400, "invalid_request", 900144},
		{"unknown client", tokenPath, form("22222222-0000-4000-8000-000000000001"), 400, "unauthorized_client", 700016},
		{"no secret", tokenPath, form(fullApp, "client_secret", ""), 401, "invalid_client", 7000216},
		{"no secret for a user", tokenPath, userForm(fullApp, "u1", "client_secret", ""), 401, "invalid_client", 7000218},
		{"wrong secret", tokenPath, form(fullApp, "client_secret", "x"), 401, "invalid_client", 7000215},
		{"public client on its own", tokenPath, form(publicApp, "client_secret", ""), 400, "unauthorized_client", 700025},
		{"no scope", tokenPath, form(fullApp, "scope", ""), 400, "invalid_request", 900144},
		{"no resource", "/contoso.com/oauth2/token", form(fullApp), 400, "invalid_resource", 500011},
		{"scope of no resource", tokenPath, form(fullApp, "scope", "EWS.AccessAsUser.All"), 400, "invalid_scope", 70011},
		{"another resource", tokenPath, form(fullApp, "scope", "https://graph.microsoft.com/.default"), 400, "invalid_resource", 500011},
		{"the endpoint as a resource", tokenPath, form(fullApp, "scope", "https://outlook.office365.com/EWS/Exchange.asmx/.default"), 400, "invalid_resource", 500011},
		{"two resources", tokenPath, userForm(fullApp, "u1", "scope", defaultScope+" https://"+host+"/.default"), 400, "invalid_scope", 28000},
		{"application by scope", tokenPath, form(fullApp, "scope", "https://outlook.office365.com/full_access_as_app"), 400, "invalid_scope", 1002012},
		{"another tenant", "/fabrikam.com/oauth2/v2.0/token", form(fullApp), 400, "invalid_request", 90002},
		{"organizations for an application", "/organizations/oauth2/v2.0/token", form(fullApp), 400, "invalid_request", 90002},
		{"no user", tokenPath, userForm(fullApp, "", "username", ""), 400, "invalid_request", 900144},
		{"no password", tokenPath, userForm(fullApp, "u1", "password", ""), 400, "invalid_request", 900144},
		{"wrong password", tokenPath, userForm(fullApp, "u1", "password", "x"), 400, "invalid_grant", 50126},
		{"unknown user", tokenPath, userForm(fullApp, "u9"), 400, "invalid_grant", 50126},
		{"no consent", tokenPath, userForm(bareApp, "u1", "scope", "https://outlook.office365.com/"+auth.AccessAsUserAll), 400, "invalid_grant", 65001},
		{"blocked by Conditional Access", tokenPath, userForm(fullApp, "u3"), 400, "invalid_grant", 53003},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := post(t, g, c.path, c.form)
			assert.Equal(t, c.status, r.status)
			assert.Equal(t, c.fault, r.fault(), r.text)
			assert.Equal(t, []any{c.number}, r.body["error_codes"], r.text)
			assert.Contains(t, r.body["error_description"], "AADSTS")
			assert.Contains(t, r.body["error_description"], "Timestamp: 2026-03-01 12:00:00Z")
			assert.Equal(t, "2026-03-01 12:00:00Z", r.body["timestamp"])
			assert.Len(t, r.body["trace_id"], 36)
			assert.Empty(t, r.token())
			for _, hidden := range []string{secret, password, url.QueryEscape(secret)} {
				assert.NotContains(t, r.text, hidden)
			}
		})
	}
	t.Run("too long", func(t *testing.T) {
		t.Parallel()
		r := post(t, g, tokenPath, form(fullApp, "claims", strings.Repeat("x", 1<<17)))
		assert.Equal(t, 400, r.status)
		assert.Equal(t, []any{9002313.0}, r.body["error_codes"])
	})
	t.Run("not a POST", func(t *testing.T) {
		t.Parallel()
		r := serve(t, g, httptest.NewRequest(http.MethodGet, tokenPath, nil))
		assert.Equal(t, http.StatusMethodNotAllowed, r.status)
		assert.Equal(t, "invalid_request", r.fault())
		assert.Equal(t, "POST", r.header.Get("Allow"))
	})
}

// A client that starts from the tenant finds the endpoint and the key, and verifies a token by it.
func TestDiscovery(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{})
	for _, tenant := range []string{auth.DefaultTenant, domain, strings.ToUpper(auth.DefaultTenant)} {
		found := serve(t, g, httptest.NewRequest(http.MethodGet, "http://"+host+"/"+tenant+"/v2.0/.well-known/openid-configuration", nil)).body
		base := "http://" + host + "/" + auth.DefaultTenant
		assert.Equal(t, base+"/v2.0", found["issuer"])
		assert.Equal(t, base+"/oauth2/v2.0/token", found["token_endpoint"])
		endpoint, err := url.Parse(found["jwks_uri"].(string))
		require.NoError(t, err)
		keys := serve(t, g, httptest.NewRequest(http.MethodGet, endpoint.Path, nil))
		var set jose.JSONWebKeySet
		require.NoError(t, json.Unmarshal([]byte(keys.text), &set))
		require.Len(t, set.Keys, 1)
		assert.True(t, set.Keys[0].Valid() && set.Keys[0].IsPublic())
		token, err := jwt.ParseSigned(tokenOf(t, g, form(auth.DefaultApp, "client_secret", auth.DefaultSecret)), []jose.SignatureAlgorithm{jose.RS256})
		require.NoError(t, err)
		assert.Equal(t, set.Keys[0].KeyID, token.Headers[0].KeyID)
		require.NoError(t, token.Claims(set.Keys[0].Key, &map[string]any{}))
	}
	tls := httptest.NewRequest(http.MethodGet, "https://"+host+"/"+domain+"/.well-known/openid-configuration", nil)
	assert.Equal(t, "https://"+host+"/"+auth.DefaultTenant+"/v2.0", serve(t, g, tls).body["issuer"])
	for _, path := range []string{"/fabrikam.com/v2.0/.well-known/openid-configuration", "/fabrikam.com/discovery/v2.0/keys"} {
		assert.Equal(t, []any{90002.0}, serve(t, g, httptest.NewRequest(http.MethodGet, path, nil)).body["error_codes"], path)
	}
	for path, want := range map[string]bool{
		"/x/oauth2/v2.0/token": true, "/x/oauth2/token": true, "/x/discovery/keys": true, "/oauth2/v2.0/token": false,
		"//oauth2/token": false, "/EWS/Exchange.asmx": false, "/": false, "": false, "/x/y/oauth2/token": false,
	} {
		assert.Equal(t, want, auth.IsEndpoint(path), path)
		if !want {
			assert.False(t, g.Endpoint(httptest.NewRecorder(), &http.Request{URL: &url.URL{Path: path}}, start), path)
		}
	}
}

// The two ways in which clients of golang.org/x/oauth2 show their secret, and a user's password, over a socket.
func TestOAuth2Client(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps()})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { g.Endpoint(w, r, start) }))
	defer web.Close()
	for _, style := range []oauth2.AuthStyle{oauth2.AuthStyleInHeader, oauth2.AuthStyleInParams, oauth2.AuthStyleAutoDetect} {
		c := clientcredentials.Config{ClientID: fullApp, ClientSecret: secret, TokenURL: web.URL + tokenPath, Scopes: []string{defaultScope}, AuthStyle: style}
		token, err := c.Token(t.Context())
		require.NoError(t, err)
		_, refusal := g.Admit(bearer(token.AccessToken))
		assert.Nil(t, refusal)
		c.ClientSecret = "wrong"
		_, err = c.Token(t.Context())
		var failed *oauth2.RetrieveError
		require.ErrorAs(t, err, &failed)
		assert.Equal(t, "invalid_client", failed.ErrorCode)
	}
	u := oauth2.Config{ClientID: publicApp, Endpoint: oauth2.Endpoint{TokenURL: web.URL + tokenPath, AuthStyle: oauth2.AuthStyleInParams}, Scopes: []string{defaultScope}}
	token, err := u.PasswordCredentialsToken(context.Background(), "u1@contoso.com", password)
	require.NoError(t, err)
	id, refusal := g.Admit(bearer(token.AccessToken))
	assert.Nil(t, refusal)
	assert.EqualValues(t, 1, id.Principal)
}
