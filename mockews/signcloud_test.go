package mockews_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// The front ends of Exchange Online tell of one another: diagnostic headers, row by row, in the forms of public captures.
func TestFrontEndsOfOnline(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "exo-like"))
	for n := range 40 {
		id := "00000000-0000-4000-8000-0000000000" + string(rune('0'+n/10)) + string(rune('0'+n%10))
		h := soap(target, getInbox()).with("client-request-id", id).send(t, s.Transport()).Header
		entries := s.Journal()
		chose := entries[len(entries)-1].FrontEnd
		hops := h.Values("X-FEServer")
		require.Len(t, hops, 2, "X-FEServer: two front ends")
		assert.Equal(t, chose, hops[0], "the second hop, which chooses the back end, is listed first")
		site, first := hops[0][:3], hops[1][:3]
		assert.Equal(t, site+"PR01CU001.internal.outlook.com", h.Get("X-CalculatedFETarget"), "a group of the second hop")
		assert.Equal(t, hops[0]+"."+site+"PRD01.PROD.OUTLOOK.COM", h.Get("X-FEProxyInfo"))
		assert.Equal(t, site, h.Get("X-FEEFZInfo"))
		assert.Equal(t, first, h.Get("X-FirstHopCafeEFZ"))
		assert.Equal(t, "200", h.Get("X-Proxy-BackendServerStatus"))
	}
}

func TestTelemetryOfOnline(t *testing.T) {
	t.Parallel()
	h := soap(target, getInbox()).send(t, flavoured(t, flavour.Online).Transport()).Header
	for header, want := range map[string]string{
		"X-RUM-NotUpdateQueriedPath": "1", "X-RUM-NotUpdateQueriedDbCopy": "1",
		"X-UserType": "Business", "X-ExchangeVersion": "Version 15.20 (Build 8769.35)", "X-MS-AppId": "",
	} {
		assert.Equal(t, want, h.Get(header), header)
	}
}

// X-MS-AppId names the application of the token.
func TestAppIDOfOnline(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "exo-like"))
	app := auth.DefaultApps()[0]
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {app.ID}, "client_secret": {app.Secret},
		"scope": {"https://outlook.office365.com/.default"},
	}
	granted := probe{
		method: http.MethodPost, url: "http://mock/" + auth.DefaultTenant + "/oauth2/v2.0/token",
		header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, body: []byte(form.Encode()),
	}.send(t, s.Transport())
	var token struct {
		Access string `json:"access_token"`
	}
	require.NoError(t, json.Unmarshal(granted.body, &token))
	require.NotEmpty(t, token.Access)
	p := soap(target, getInbox()).with("Authorization", "Bearer "+token.Access)
	p.user = ""
	assert.Equal(t, app.ID, p.send(t, s.Transport()).Header.Get("X-MS-AppId"))
}

// The switches of cookies: each leaves out the one that it is about, and nothing else.
func TestCookieSwitches(t *testing.T) {
	t.Parallel()
	sent := func(t *testing.T, s *mockews.Server, id string) string {
		p := polite(target, getInbox()).with("X-PreferServerAffinity", "true").with("client-request-id", id)
		var names []string
		for _, c := range p.send(t, s.Transport()).Cookies() {
			names = append(names, c.Name)
		}
		return strings.Join(names, " ")
	}
	const all, id = "exchangecookie X-BackEndCookie X-BackEndOverrideCookie", "0b1c2d3e-4f50-4162-8374-8596a7b8c9d0"
	for _, c := range []struct {
		name    string
		cookies route.Cookies
		want    string
	}{
		{"as they are", route.Cookies{}, all},
		{"no_legacy", route.Cookies{NoLegacy: true}, "X-BackEndCookie X-BackEndOverrideCookie"},
		{"override_missing", route.Cookies{OverrideMissing: 1}, "exchangecookie X-BackEndCookie"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			topology := profile(t, "onprem-2site")
			topology.Cookies = c.cookies
			assert.Equal(t, c.want, sent(t, newServer(t, topology), id))
		})
	}
	t.Run("a share of override_missing, the same each time", func(t *testing.T) {
		t.Parallel()
		topology := profile(t, "onprem-2site")
		topology.Cookies.OverrideMissing = 0.5
		a, b, missing := newServer(t, topology), newServer(t, topology), 0
		for n := range 100 {
			id := "0b1c2d3e-4f50-4162-8374-0000000000" + string(rune('0'+n/10)) + string(rune('0'+n%10))
			got := sent(t, a, id)
			require.Equal(t, got, sent(t, b, id))
			if !strings.Contains(got, ews.CookieBackEndOverride) {
				missing++
			}
		}
		assert.InDelta(t, 50, missing, 20)
	})
	t.Run("what comes unasked is no offer to a group", func(t *testing.T) {
		t.Parallel()
		s := flavoured(t, flavour.Exchange2016)
		ordinary := polite(target, getInbox()).send(t, s.Transport())
		require.Contains(t, strings.Join(ordinary.Header.Values("Set-Cookie"), " "), ews.CookieBackEndOverride)
		polite("user000043@contoso.com", ews.Subscribe{Streaming: &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}}}).
			with("X-PreferServerAffinity", "true").with("X-AnchorMailbox", target).send(t, s.Transport())
		assert.Zero(t, s.Verdicts()[audit.AffinityCookieDropped])
	})
	t.Run("nobody drops what was not offered", func(t *testing.T) {
		t.Parallel()
		topology := profile(t, "onprem-2site")
		topology.Cookies.OverrideMissing = 1
		s := newServer(t, topology)
		for _, user := range []string{target, "user000043@contoso.com"} {
			polite(user, ews.Subscribe{Streaming: &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}}}).
				with("X-PreferServerAffinity", "true").with("X-AnchorMailbox", target).send(t, s.Transport())
		}
		assert.Zero(t, s.Verdicts()[audit.AffinityCookieDropped])
	})
}
