package auth_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// crowd is a directory of users 1 to 3 and of the service account -1. Everybody's password is password.
type crowd struct{}

const (
	domain   = "contoso.com"
	password = "correct horse"
	host     = "mock.contoso.com:8443"
	agent    = "sync-service/1.0"
)

var names = map[access.Principal]string{-1: "svc@contoso.com", 1: "u1@contoso.com", 2: "u2@contoso.com", 3: "u3@contoso.com"}

func (crowd) Address(p access.Principal) string { return names[p] }

func (crowd) Find(address string) (access.Principal, bool) {
	local, at, _ := strings.Cut(strings.ToLower(address), "@")
	if at != domain && at != "mail."+domain {
		return 0, false
	}
	for p, name := range names {
		if name == local+"@"+domain {
			return p, at == domain
		}
	}
	return 0, false
}

func (crowd) FindSID(string) (access.Principal, bool)         { return 0, false }
func (c crowd) HasMailbox(p access.Principal) bool            { return c.Address(p) != "" }
func (crowd) Recipient(access.Principal) (r access.Recipient) { return r }
func (crowd) Password(access.Principal) string                { return password }
func basicHeader(name, password string) string                { return "Basic " + encode(name+":"+password) }

func encode(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// start is when all tests begin.
var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// signer holds the key of all tests, since making one takes long.
var signer = sync.OnceValue(func() *auth.Gatekeeper {
	f, _ := flavour.Of(flavour.Online)
	g, err := auth.New(auth.Config{}, f, crowd{}, auth.Options{Domain: domain})
	if err != nil {
		panic(err)
	}
	return g
})

func newGate(t testing.TB, of flavour.Name, c auth.Config) *auth.Gatekeeper {
	t.Helper()
	f, ok := flavour.Of(of)
	require.True(t, ok)
	g, err := auth.New(c, f, crowd{}, auth.Options{Domain: domain, Granted: func(app string) bool { return app == rbacApp }})
	require.NoError(t, err)
	auth.ShareKeys(g, signer())
	return g
}

// Applications: one that may do everything, one that holds nothing, one that holds a role in Exchange alone, a public client and
// one that answers claims challenges.
const (
	fullApp    = "11111111-0000-4000-8000-000000000001"
	bareApp    = "11111111-0000-4000-8000-000000000002"
	rbacApp    = "11111111-0000-4000-8000-000000000003"
	publicApp  = "11111111-0000-4000-8000-000000000004"
	capableApp = "11111111-0000-4000-8000-000000000005"
	secret     = "s3cr+t/%"
)

func apps() []auth.App {
	all := []string{auth.AccessAsUserAll}
	return []auth.App{
		{ID: fullApp, Name: "full", Secret: secret, Roles: []string{auth.FullAccessAsApp}, Scopes: all},
		{ID: bareApp, Name: "bare", Secret: secret},
		{ID: rbacApp, Name: "rbac", Secret: secret},
		{ID: publicApp, Name: "public", Scopes: all},
		{ID: capableApp, Name: "capable", Secret: secret, Roles: []string{auth.FullAccessAsApp}, Scopes: all, Capabilities: []string{"cp1"}},
	}
}

// request is a call with that Authorization header.
func request(authorization ...string) *auth.Request {
	return &auth.Request{Authorization: authorization, UserAgent: agent, Remote: "192.0.2.7:50000", Host: host, SOAP: true, Now: start.Add(time.Minute)}
}

func bearer(token string) *auth.Request { return request("Bearer " + token) }

const defaultScope = "https://outlook.office365.com/.default"

// form is a request for a token by client credentials, with changes.
func form(app string, changes ...string) url.Values {
	f := url.Values{"grant_type": {"client_credentials"}, "client_id": {app}, "client_secret": {secret}, "scope": {defaultScope}}
	for i := 0; i < len(changes); i += 2 {
		if f.Del(changes[i]); changes[i+1] != "" {
			f.Set(changes[i], changes[i+1])
		}
	}
	return f
}

// userForm is one for a user.
func userForm(app, user string, changes ...string) url.Values {
	return form(app, append([]string{"grant_type", "password", "username", user, "password", password}, changes...)...)
}

// reply is what the token endpoint answers.
type reply struct {
	status int
	header http.Header
	text   string
	body   map[string]any
}

func (r reply) token() string { s, _ := r.body["access_token"].(string); return s }
func (r reply) fault() string { s, _ := r.body["error"].(string); return s }

const tokenPath = "/" + domain + "/oauth2/v2.0/token"

func post(t testing.TB, g *auth.Gatekeeper, path string, f url.Values, changes ...func(*http.Request)) reply {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://"+host+path, strings.NewReader(f.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = "192.0.2.7:50000"
	for _, change := range changes {
		change(r)
	}
	return serve(t, g, r)
}

func serve(t testing.TB, g *auth.Gatekeeper, r *http.Request) reply {
	t.Helper()
	w := httptest.NewRecorder()
	require.True(t, g.Endpoint(w, r, start), r.URL.Path)
	out := reply{status: w.Code, header: w.Header(), text: w.Body.String()}
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out.body), out.text)
	return out
}

// tokenOf asks for a token and gets it.
func tokenOf(t testing.TB, g *auth.Gatekeeper, f url.Values) string {
	t.Helper()
	r := post(t, g, tokenPath, f)
	require.Equal(t, http.StatusOK, r.status, r.text)
	return r.token()
}

// decode is what a token says.
func decode(t testing.TB, token string) (c map[string]any) {
	t.Helper()
	parts := strings.Split(token, ".")
	require.Len(t, parts, 3)
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &c))
	return c
}

// forge is a token like that of another one, with changes: a nil takes a claim out.
func forge(t testing.TB, g *auth.Gatekeeper, like string, changes map[string]any) string {
	t.Helper()
	c := decode(t, like)
	for k, v := range changes {
		if c[k] = v; v == nil {
			delete(c, k)
		}
	}
	token, err := g.Sign(c)
	require.NoError(t, err)
	return token
}
