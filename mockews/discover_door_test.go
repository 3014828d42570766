package mockews_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// Who may ask, and what a GET and other ways of asking get.
func TestAutodiscoverDoor(t *testing.T) {
	t.Parallel()
	online := guarded()
	online.Authentication.Organization.Enabled = new(false)
	s, cloud := newServer(t, route.Topology{}), newServer(t, online)
	get := func(p probe, user string) probe {
		p.method, p.user, p.body = http.MethodGet, user, nil
		return p
	}
	for _, row := range []struct {
		name  string
		check func(t *testing.T)
	}{
		{"401 without a password, with the challenges of EWS", func(t *testing.T) {
			for _, p := range []probe{settingsOf(ewsURL(), target), plain(target)} {
				p.user = ""
				a := p.send(t, s.Transport())
				assert.Equal(t, http.StatusUnauthorized, a.StatusCode)
				assert.Equal(t, []string{"Negotiate", "NTLM", `Basic realm="contoso.com"`}, a.Header["Www-Authenticate"])
				assert.Empty(t, a.body)
			}
		}},
		{"tokens, and a bad one", func(t *testing.T) {
			assert.Equal(t, autodiscover.NoError, settingsOf(ewsURL(), target).by(tokenFor(t, cloud.Transport(), target)).send(t, cloud.Transport()).settings(t).Outcome())
			assert.Equal(t, autodiscover.NoError, settingsOf(ewsURL(), target).by(tokenFor(t, cloud.Transport(), "")).send(t, cloud.Transport()).settings(t).Outcome())
			a := settingsOf(ewsURL(), target).by("x.y.z").send(t, cloud.Transport())
			assert.Equal(t, http.StatusUnauthorized, a.StatusCode)
			assert.Contains(t, a.Header["Www-Authenticate"][0], `error="invalid_token"`)
		}},
		{"EwsEnabled is not about it", func(t *testing.T) {
			p := soap(target, getInbox()).by(tokenFor(t, cloud.Transport(), ""))
			assert.Equal(t, http.StatusForbidden, p.send(t, cloud.Transport()).StatusCode)
		}},
		{"GET without a password: 401, and what there is", func(t *testing.T) {
			for _, p := range []probe{settingsOf(ewsURL(), target), plain(target)} {
				a := get(p, "").send(t, s.Transport())
				assert.Equal(t, http.StatusUnauthorized, a.StatusCode)
				assert.Equal(t, "True", a.Header.Get("X-SOAP-Enabled"))
				assert.Empty(t, a.Header.Get("X-OAuth-Enabled"))
				assert.Equal(t, "True", get(p, "").send(t, cloud.Transport()).Header.Get("X-OAuth-Enabled"))
			}
			assert.Empty(t, plain(target).send(t, s.Transport()).Header.Get("X-SOAP-Enabled"), "a POST is not told")
		}},
		{"GET with a password: a page, and error 600", func(t *testing.T) {
			a := get(settingsOf(ewsURL(), target), bench).send(t, s.Transport())
			assert.Equal(t, http.StatusOK, a.StatusCode)
			assert.Contains(t, string(a.body), "You have created a service.")
			assert.Equal(t, autodiscover.POXInvalidRequest, get(plain(target), bench).send(t, s.Transport()).poxError(t).Code)
		}},
		{"other verbs", func(t *testing.T) {
			p := plain(target)
			p.method = http.MethodPut
			a := p.send(t, s.Transport())
			assert.Equal(t, http.StatusMethodNotAllowed, a.StatusCode)
			assert.Equal(t, "GET, POST", a.Header.Get("Allow"))
		}},
		{"HTTP redirect probe: 302 before any password, by a switch", func(t *testing.T) {
			away := newServer(t, route.Topology{Autodiscover: discovery.Config{Location: "https://there/autodiscover/autodiscover.xml"}})
			for _, p := range []probe{get(plain(target), ""), plain(target), settingsOf(ewsURL(), target)} {
				a := p.send(t, away.Transport())
				assert.Equal(t, http.StatusFound, a.StatusCode)
				assert.Equal(t, "https://there/autodiscover/autodiscover.xml", a.Header.Get("Location"))
			}
		}},
		{"no such service, by a switch", func(t *testing.T) {
			none := newServer(t, route.Topology{Autodiscover: discovery.Config{NoSOAP: true}})
			assert.Equal(t, http.StatusNotFound, settingsOf(ewsURL(), target).send(t, none.Transport()).StatusCode)
			assert.Empty(t, get(plain(target), "").send(t, none.Transport()).Header.Get("X-SOAP-Enabled"))
			assert.Equal(t, autodiscover.ActionSettings, plain(target).send(t, none.Transport()).account(t).Account.Action)
			none = newServer(t, route.Topology{Autodiscover: discovery.Config{NoPOX: true}})
			assert.Equal(t, http.StatusNotFound, plain(target).send(t, none.Transport()).StatusCode)
			assert.Equal(t, autodiscover.NoError, settingsOf(ewsURL(), target).send(t, none.Transport()).settings(t).Outcome())
		}},
		{"URLs are those by which the client came", func(t *testing.T) {
			p := settingsOf(ewsURL(), target)
			p.url = "http://mail.contoso.com:8080/autodiscover/autodiscover.svc"
			value, _ := p.send(t, s.Transport()).settings(t).Users[0].Get("ExternalEwsUrl")
			assert.Equal(t, "http://mail.contoso.com:8080/EWS/Exchange.asmx", value)
			running := mockews.StartTLS(t, route.Topology{})
			p.url = strings.TrimSuffix(running.URL, mockews.Path) + mockews.PathAutodiscoverSOAP
			value, _ = p.send(t, running.Client().Transport).settings(t).Users[0].Get("ExternalEwsUrl")
			assert.Equal(t, running.URL, value)
			fixed := newServer(t, route.Topology{Autodiscover: discovery.Config{EWSURL: "https://there/EWS/Exchange.asmx"}})
			assert.Equal(t, "https://there/EWS/Exchange.asmx", plain(target).send(t, fixed.Transport()).account(t).Account.Protocols[0].EWSURL)
		}},
		{"an authentication package is one that the mock speaks", func(t *testing.T) {
			assert.Equal(t, "Basic", plain(target).send(t, s.Transport()).account(t).Account.Protocols[1].AuthPackage)
			tokens := newServer(t, route.Topology{Flavour: flavour.Online})
			a := plain(target).by(tokenFor(t, tokens.Transport(), target)).send(t, tokens.Transport())
			assert.Empty(t, a.account(t).Account.Protocols[1].AuthPackage)
		}},
	} {
		t.Run(row.name, func(t *testing.T) { t.Parallel(); row.check(t) })
	}
}
