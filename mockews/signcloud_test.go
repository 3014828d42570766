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
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
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

// What Exchange 2016 sends unasked is no offer to a group.
func TestUnaskedCookieIsNoOffer(t *testing.T) {
	t.Parallel()
	s := flavoured(t, flavour.Exchange2016)
	ordinary := polite(target, getInbox()).send(t, s.Transport())
	require.Contains(t, strings.Join(ordinary.Header.Values("Set-Cookie"), " "), ews.CookieBackEndOverride)
	polite("user000043@contoso.com", ews.Subscribe{Streaming: &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}}}).
		with("X-PreferServerAffinity", "true").with("X-AnchorMailbox", target).send(t, s.Transport())
	assert.Zero(t, s.Verdicts()[audit.AffinityCookieDropped])
}
