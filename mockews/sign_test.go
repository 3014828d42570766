package mockews_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// The headers tell the route truthfully, with an anchor and without.
func TestHeadersTellTheRoute(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site")
	s := newServer(t, topology)
	org := s.Organisation()
	proxied := 0
	for n := 1; n <= 20; n++ {
		p, _ := org.Find(strings.Replace(target, "000042", "0000"+string(rune('0'+n/10))+string(rune('0'+n%10)), 1))
		home, _ := org.Home(p)
		for _, anchored := range []bool{true, false} {
			request := soap(org.Address(p), getInbox())
			if !anchored {
				request.header.Del("X-AnchorMailbox")
			}
			h := request.send(t, s.Transport()).Header
			assert.Equal(t, org.BackEnd(home).Name, h.Get("X-BEServer"))
			assert.Equal(t, h.Get("X-BEServer"), h.Get("X-DiagInfo"))
			assert.Equal(t, "GetFolder", h.Get("x-EwsHandler"))
			first := strings.ToUpper(strings.TrimSuffix(h.Get("X-CalculatedBETarget"), ".contoso.com"))
			if anchored {
				assert.Equal(t, h.Get("X-BEServer"), first)
			} else {
				assert.Equal(t, "EAST-BE1", first, "the service account's back end")
			}
			want := []string{"200"}
			if first != h.Get("X-BEServer") {
				want = []string{"200", "200"}
				proxied++
			}
			assert.Equal(t, want, h.Values("X-BackEndHttpStatus"), "one for each hop")
		}
	}
	assert.Positive(t, proxied)
}

func TestClientRequestIDIsEchoedOnRequest(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	const id = "0b1c2d3e-4f50-4162-8374-8596a7b8c9d0"
	for _, c := range []struct{ name, back, want string }{
		{"asked for", "true", id}, {"in any case", "True", id}, {"not asked for", "", ""}, {"refused", "false", ""},
	} {
		p := soap(target, getInbox()).with("client-request-id", id)
		if c.back != "" {
			p = p.with("return-client-request-id", c.back)
		}
		h := p.send(t, s.Transport()).Header
		assert.Equal(t, c.want, h.Get("client-request-id"), c.name)
		assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, h.Get("request-id"), c.name)
	}
}

// cookies are the Set-Cookie headers of an answer, by name.
func cookies(t *testing.T, a answer) map[string]*http.Cookie {
	set := map[string]*http.Cookie{}
	for _, c := range a.Cookies() {
		require.NotContains(t, set, c.Name)
		set[c.Name] = c
	}
	return set
}

func TestCookies(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "onprem-2site"))
	plain := cookies(t, soap(target, getInbox()).send(t, s.Transport()))
	assert.Len(t, plain["exchangecookie"].Value, 32)
	assert.True(t, strings.HasPrefix(plain["X-BackEndCookie"].Value, target+"="), "keyed by the anchor")
	assert.Equal(t, "/EWS", plain["X-BackEndCookie"].Path)
	assert.NotContains(t, plain, "X-BackEndOverrideCookie", "nobody asked for affinity")

	affine := soap(target, getInbox()).with("X-PreferServerAffinity", "True")
	first := cookies(t, affine.send(t, s.Transport()))
	require.Contains(t, first, "X-BackEndOverrideCookie")
	pinned := first["X-BackEndOverrideCookie"].Value

	// With the cookie, another anchor no longer moves the client, and the cookie is not sent again.
	other := "user000007@contoso.com"
	followUp := soap(other, getInbox()).with("X-PreferServerAffinity", "true").with("Cookie",
		"X-BackEndOverrideCookie="+pinned+"; exchangecookie=x; X-BackEndCookie="+first["X-BackEndCookie"].Value)
	a := followUp.send(t, s.Transport())
	assert.Equal(t, pinned, a.Header.Get("X-CalculatedBETarget")+"~"+strings.SplitN(pinned, "~", 2)[1])
	assert.Empty(t, cookies(t, a))
	entries := s.Journal()
	assert.Equal(t, "affinity", string(entries[len(entries)-1].AnchorSource))
}

// A caller without a mailbox lands anywhere; the routing cookie keeps it where it once was.
func TestRoutingCookieKeepsARandomChoice(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "onprem-2site"))
	request := func(cookie string) answer {
		p := soap(target, getInbox())
		p.user = "svc-nomailbox@contoso.com"
		p.header.Del("X-AnchorMailbox")
		if cookie != "" {
			p = p.with("Cookie", cookie)
		}
		return p.send(t, s.Transport())
	}
	first := request("")
	cookie := "X-BackEndCookie=" + cookies(t, first)["X-BackEndCookie"].Value
	wander, stay := map[string]bool{}, map[string]bool{}
	for range 20 {
		wander[request("").Header.Get("X-CalculatedBETarget")] = true
		stay[request(cookie).Header.Get("X-CalculatedBETarget")] = true
	}
	assert.Greater(t, len(wander), 1)
	assert.Equal(t, map[string]bool{first.Header.Get("X-CalculatedBETarget"): true}, stay)
}

func TestErrorsOnTheWay(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site")
	topology.Sites[0].BackEnds[0].Workers, topology.Sites[0].BackEnds[0].Queue = 1, 1
	s := newServer(t, topology)
	statuses := make(chan answer, 8)
	for range cap(statuses) {
		go func() {
			p := soap(target, getInbox())
			p.header.Del("X-AnchorMailbox")
			statuses <- p.send(t, s.Transport())
		}()
	}
	busy := 0
	for range cap(statuses) {
		if a := <-statuses; a.StatusCode == http.StatusServiceUnavailable {
			busy++
			assert.Contains(t, string(a.body), "HTTP Error 503. The service is unavailable.")
			assert.False(t, a.outcome().SOAP)
			assert.Equal(t, "EAST-BE1", a.Header.Get("X-BEServer"))
		} else {
			assert.Equal(t, ews.Code(""), a.outcome().Code())
		}
	}
	assert.Equal(t, 6, busy)
}
