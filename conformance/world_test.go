package conformance_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/admin"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// signed puts credentials on each request.
type signed struct {
	http.RoundTripper
	authorization func() (string, error)
}

func (s signed) RoundTrip(r *http.Request) (*http.Response, error) {
	value, err := s.authorization()
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", value)
	return s.RoundTripper.RoundTrip(r)
}

func basic(user string) func() (string, error) {
	value := "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":ewsbench"))
	return func() (string, error) { return value, nil }
}

// token gets one when it is first asked for.
func token(transport http.RoundTripper, form url.Values) func() (string, error) {
	form.Set("client_id", auth.DefaultApp)
	form.Set("client_secret", auth.DefaultSecret)
	form.Set("scope", "https://outlook.office365.com/.default")
	return sync.OnceValues(func() (string, error) {
		r, err := http.NewRequest(http.MethodPost, "http://mock.test/contoso.com/oauth2/v2.0/token", strings.NewReader(form.Encode()))
		if err != nil {
			return "", err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := transport.RoundTrip(r)
		if err != nil {
			return "", err
		}
		defer func() { _ = answer.Body.Close() }()
		var got struct {
			Token string `json:"access_token"`
		}
		return "Bearer " + got.Token, json.NewDecoder(answer.Body).Decode(&got)
	})
}

// signingKey is one for all mocks of these tests: making one takes longer than a suite.
var signingKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// mock is a mock of a flavour on which everybody of the cast may prove who they are.
func mock(t testing.TB, f flavour.Name) *mockews.Server {
	t.Helper()
	topology, err := mockews.Profile("onprem-2site")
	require.NoError(t, err)
	topology.Flavour = f
	yes := true
	topology.Authentication.Basic, topology.Authentication.OAuth = &yes, &yes
	key, err := signingKey()
	require.NoError(t, err)
	server, err := mockews.New(topology, mockews.SignWith(key))
	require.NoError(t, err)
	return server
}

// world is that of a mock, whose handler may have been given a defect.
func world(server *mockews.Server, h http.Handler) conformance.World {
	transport := mockews.TransportTo(h)
	honest := mockews.TransportTo(server) // of the token endpoint, which is no part of what is judged
	account := func(name string) conformance.Account {
		name += "@contoso.com"
		return conformance.Account{Name: name, Transport: signed{transport, basic(name)}}
	}
	bearer := func(name string, form url.Values) conformance.Account {
		return conformance.Account{Name: name, Transport: signed{transport, token(honest, form)}}
	}
	p, _ := server.Organisation().Find("user000001@contoso.com")
	return conformance.World{
		URL: "http://mock.test" + mockews.Path, Anonymous: transport,
		Accounts: map[conformance.Role]conformance.Account{
			conformance.Service: account("svc-bench"), conformance.Scoped: account("svc-scoped"),
			conformance.NoMailbox: account("svc-nomailbox"), conformance.NoRole: account("svc-none"),
			conformance.Second: account("svc-nomailbox"),
			conformance.Owner:  account("user000001"), conformance.Neighbour: account("user000002"),
			conformance.App: bearer(auth.DefaultApp, url.Values{"grant_type": {"client_credentials"}}),
			conformance.Bearer: bearer("user000001@contoso.com", url.Values{
				"grant_type": {"password"}, "username": {"user000001@contoso.com"}, "password": {"ewsbench"},
			}),
		},
		Mailboxes: []string{
			"user000001@contoso.com", "user000002@contoso.com", "user000003@contoso.com", "user000004@contoso.com",
		},
		Group:  group(server),
		Inside: "user000007@contoso.com", Outside: "user000700@contoso.com", Stranger: "nobody@contoso.com",
		Alias: "user000001@mail.contoso.com", Principal: "user000001@contoso.com", SID: server.Organisation().SID(p),
		Control: conformance.Admin{
			URL:       "http://127.0.0.1",
			Transport: mockews.TransportTo(admin.New(server, admin.Info{})),
		},
	}
}

// group are mailboxes of one site.
func group(server *mockews.Server) (all []string) {
	org := server.Organisation()
	site := ""
	for p := route.Principal(11); len(all) < 4; p++ {
		home, _ := org.Home(p)
		if at := org.Site(org.BackEnd(home)); site == "" || at == site {
			site = at
			all = append(all, org.Address(p))
		}
	}
	return all
}
