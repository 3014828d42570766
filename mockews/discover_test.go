package mockews_test

import (
	"bytes"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/notify"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const (
	soapURL = "http://mock" + mockews.PathAutodiscoverSOAP
	poxURL  = "http://mock" + mockews.PathAutodiscoverPOX
)

// settingsOf asks for settings of users.
func settingsOf(settings []autodiscover.Name, users ...string) probe {
	q := autodiscover.Request{Version: "Exchange2013", To: soapURL, Users: users, Settings: settings}
	return probe{method: http.MethodPost, url: soapURL, user: bench, password: "ewsbench", header: http.Header{"Content-Type": {autodiscover.ContentType}}, body: q.Append(nil)}
}

// plain asks about somebody in plain XML.
func plain(user string) probe {
	q := autodiscover.POXRequest{Address: user, Schema: autodiscover.SchemaOutlook}
	return probe{method: http.MethodPost, url: poxURL, user: bench, password: "ewsbench", header: http.Header{"Content-Type": {autodiscover.ContentType}}, body: q.Append(nil)}
}

// ewsURL is the one setting that every program wants.
func ewsURL() []autodiscover.Name { return []autodiscover.Name{autodiscover.ExternalEWSURL} }

// settings is the answer to a request for settings.
func (a answer) settings(t testing.TB) *autodiscover.Response {
	t.Helper()
	require.Equal(t, http.StatusOK, a.StatusCode, "%s", a.body)
	r, err := autodiscover.ParseResponse(a.body)
	require.NoError(t, err, "%s", a.body)
	return r
}

func (a answer) account(t testing.TB) *autodiscover.POXResponse {
	t.Helper()
	require.Equal(t, http.StatusOK, a.StatusCode, "%s", a.body)
	r, err := autodiscover.ParsePOXResponse(a.body)
	require.NoError(t, err, "%s", a.body)
	return r
}

func (a answer) poxError(t testing.TB) *autodiscover.POXError {
	t.Helper()
	require.Equal(t, http.StatusOK, a.StatusCode, "%s", a.body)
	_, err := autodiscover.ParsePOXResponse(a.body)
	failure, ok := errors.AsType[*autodiscover.POXError](err)
	require.True(t, ok, "%s", a.body)
	return failure
}

// sending is an organisation that sends those elsewhere who ask about some.
func sending() route.Topology {
	return route.Topology{Autodiscover: discovery.Config{
		Redirects: []discovery.Redirect{
			{User: "*@old.example", Address: target},
			{User: "user000002@contoso.com", URL: "https://other.example/autodiscover/autodiscover.svc"},
			{User: "user000003@contoso.com", Location: "https://other.example/autodiscover/there"},
		},
		Errors: []discovery.Failure{
			{Code: autodiscover.ServerBusy, User: "user000004@contoso.com"},
			{Code: autodiscover.SettingIsNotAvailable, Setting: autodiscover.GroupingInformation, User: "user000005@contoso.com"},
		},
	}}
}

// What GetUserSettings answers, fact by fact (MS docs: Get user settings from Exchange by using Autodiscover; Handling
// Autodiscover error messages).
func TestAutodiscoverSOAP(t *testing.T) {
	t.Parallel()
	s := newServer(t, sending())
	send := func(t *testing.T, p probe) *autodiscover.Response { return p.send(t, s.Transport()).settings(t) }
	for _, row := range []struct {
		name  string
		check func(t *testing.T)
	}{
		{"header: action and version, in child elements", func(t *testing.T) {
			a := settingsOf(ewsURL(), target).send(t, s.Transport())
			assert.Equal(t, "text/xml; charset=utf-8", a.Header.Get("Content-Type"))
			assert.Contains(t, string(a.body), `<a:Action s:mustUnderstand="1">http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettingsResponse</a:Action>`)
			assert.Contains(t, string(a.body), "<h:MajorVersion>15</h:MajorVersion><h:MinorVersion>2</h:MinorVersion><h:MajorBuildNumber>986</h:MajorBuildNumber>"+
				"<h:MinorBuildNumber>26</h:MinorBuildNumber><h:Version>Exchange2015</h:Version>")
			assert.NotContains(t, string(a.body), `MajorVersion="`)
			assert.NotContains(t, string(a.body), "https://schemas")
		}},
		{"body: codes, a nil target, string settings", func(t *testing.T) {
			a := settingsOf(ewsURL(), target).send(t, s.Transport())
			assert.Contains(t, string(a.body), `<Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><ErrorCode>NoError</ErrorCode><ErrorMessage/>`+
				`<UserResponses><UserResponse><ErrorCode>NoError</ErrorCode><ErrorMessage>No error.</ErrorMessage><RedirectTarget i:nil="true"/><UserSettingErrors/>`+
				`<UserSettings><UserSetting i:type="StringSetting"><Name>ExternalEwsUrl</Name><Value>http://mock/EWS/Exchange.asmx</Value></UserSetting></UserSettings>`)
		}},
		{"every setting that the facts name", func(t *testing.T) {
			names := []autodiscover.Name{
				"ExternalEwsUrl", "InternalEwsUrl", "EwsPartnerUrl", "GroupingInformation", "CasVersion", "EwsSupportedSchemas", "UserMSOnline",
				"AutoDiscoverSMTPAddress", "InternalRpcClientServer", "UserDisplayName",
			}
			u := send(t, settingsOf(names, target)).Users[0]
			assert.Empty(t, u.Errors)
			assert.Len(t, u.Settings, len(names))
			server, _ := u.Get("InternalRpcClientServer")
			assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}@contoso\.com$`, server)
		}},
		{"PublicFolderInformation, by a switch", func(t *testing.T) {
			none := newServer(t, route.Topology{PublicFolderMailboxes: -1})
			ask := settingsOf([]autodiscover.Name{"PublicFolderInformation"}, target)
			assert.Equal(t, autodiscover.SettingIsNotAvailable, ask.send(t, none.Transport()).settings(t).Outcome())
			with := newServer(t, route.Topology{Autodiscover: discovery.Config{PublicFolders: target}})
			value, _ := settingsOf([]autodiscover.Name{"PublicFolderInformation"}, target).send(t, with.Transport()).settings(t).Users[0].Get("PublicFolderInformation")
			assert.Equal(t, target, value)
		}},
		{"several users, in their order", func(t *testing.T) {
			r := send(t, settingsOf(ewsURL(), target, "nobody@contoso.com", "user000004@contoso.com", "x@old.example"))
			var codes []autodiscover.Code
			for _, u := range r.Users {
				codes = append(codes, u.Code)
			}
			assert.Equal(t, []autodiscover.Code{"NoError", "InvalidUser", "ServerBusy", "RedirectAddress"}, codes)
			assert.Equal(t, autodiscover.NoError, r.Code)
		}},
		{"code of the whole request: no version", func(t *testing.T) {
			p := settingsOf(ewsURL(), target)
			p.body = bytes.Replace(p.body, []byte("Exchange2013"), []byte("V2015_10_05"), 1)
			r := send(t, p)
			assert.Equal(t, autodiscover.InvalidRequest, r.Code)
			assert.Equal(t, "The RequestedServerVersion header is missing or invalid.", r.Text)
			assert.Empty(t, r.Users)
		}},
		{"code of the whole request: no users, no settings", func(t *testing.T) {
			assert.Equal(t, autodiscover.InvalidRequest, send(t, settingsOf(ewsURL())).Code)
			assert.Equal(t, autodiscover.InvalidRequest, send(t, settingsOf(nil, target)).Code)
		}},
		{"code of the whole request: too many users, by a switch", func(t *testing.T) {
			assert.Equal(t, autodiscover.NoError, send(t, settingsOf(ewsURL(), slices.Repeat([]string{target}, 100)...)).Code)
			assert.Equal(t, autodiscover.InvalidRequest, send(t, settingsOf(ewsURL(), slices.Repeat([]string{target}, 101)...)).Code)
		}},
		{"code of a user: InvalidUser", func(t *testing.T) {
			for _, nobody := range []string{"nobody@contoso.com", "user000001@elsewhere.example", "svc-nomailbox@contoso.com", "", "x"} {
				assert.Equal(t, autodiscover.InvalidUser, send(t, settingsOf(ewsURL(), nobody)).Users[0].Code, nobody)
			}
		}},
		{"code of a user: RedirectAddress", func(t *testing.T) {
			u := send(t, settingsOf(ewsURL(), "elvin@old.example")).Users[0]
			assert.Equal(t, autodiscover.UserResponse{Code: "RedirectAddress", Text: "Redirection address.", Target: target, Errors: []autodiscover.SettingError{}, Settings: []autodiscover.Setting{}}, u)
		}},
		{"code of a user: RedirectUrl", func(t *testing.T) {
			u := send(t, settingsOf(ewsURL(), "user000002@contoso.com")).Users[0]
			assert.Equal(t, autodiscover.RedirectURL, u.Code)
			assert.Equal(t, "https://other.example/autodiscover/autodiscover.svc", string(u.Target))
		}},
		{"code of a setting: InvalidSetting, SettingIsNotAvailable", func(t *testing.T) {
			u := send(t, settingsOf([]autodiscover.Name{"NoSuchThing", "ExternalOABUrl", "UserDN"}, target)).Users[0]
			assert.Equal(t, autodiscover.NoError, u.Code)
			assert.Equal(t, []autodiscover.SettingError{
				{Code: "InvalidSetting", Text: "There is no such setting.", Name: "NoSuchThing"},
				{Code: "SettingIsNotAvailable", Text: "The setting is not available.", Name: "ExternalOABUrl"},
			}, u.Errors)
			assert.Len(t, u.Settings, 1)
			u = send(t, settingsOf([]autodiscover.Name{"GroupingInformation"}, "user000005@contoso.com")).Users[0]
			assert.Equal(t, autodiscover.SettingIsNotAvailable, u.Errors[0].Code)
		}},
		{"HTTP 302 for one user", func(t *testing.T) {
			a := settingsOf(ewsURL(), target, "user000003@contoso.com").send(t, s.Transport())
			assert.Equal(t, http.StatusFound, a.StatusCode)
			assert.Equal(t, "https://other.example/autodiscover/there", a.Header.Get("Location"))
			assert.Empty(t, a.body)
		}},
		{"an action that is not known", func(t *testing.T) {
			p := settingsOf(ewsURL(), target)
			p.body = bytes.Replace(p.body, []byte("Autodiscover/GetUserSettings<"), []byte("Autodiscover/GetFederationInformation<"), 1)
			a := p.send(t, s.Transport())
			assert.Equal(t, http.StatusInternalServerError, a.StatusCode)
			assert.Contains(t, string(a.body), `<faultcode xmlns:a="http://www.w3.org/2005/08/addressing">a:ActionNotSupported</faultcode>`)
			assert.Contains(t, string(a.body), "ContractFilter mismatch")
		}},
		{"XML that is none", func(t *testing.T) {
			p := settingsOf(ewsURL(), target)
			p.body = p.body[:100]
			a := p.send(t, s.Transport())
			assert.Equal(t, http.StatusBadRequest, a.StatusCode)
			assert.Contains(t, a.Header.Get("Content-Type"), "text/html")
		}},
		{"too long", func(t *testing.T) {
			p := settingsOf(ewsURL(), target)
			p.body = append(p.body, bytes.Repeat([]byte(" "), 8<<20)...)
			assert.Equal(t, http.StatusRequestEntityTooLarge, p.send(t, s.Transport()).StatusCode)
		}},
		{"the path in any letters", func(t *testing.T) {
			p := settingsOf(ewsURL(), target)
			p.url = "http://mock/AutoDiscover/AUTODISCOVER.svc"
			assert.Equal(t, autodiscover.NoError, send(t, p).Outcome())
			p.url = "http://mock/autodiscover/autodiscover.svc/wssecurity"
			assert.Equal(t, http.StatusNotFound, p.send(t, s.Transport()).StatusCode)
		}},
	} {
		t.Run(row.name, func(t *testing.T) { t.Parallel(); row.check(t) })
	}
}

// Plain XML, fact by fact (MS docs: POX Autodiscover response for Exchange; MS-OXDSCLI).
func TestAutodiscoverPOX(t *testing.T) {
	t.Parallel()
	s := newServer(t, sending())
	for _, row := range []struct {
		name  string
		check func(t *testing.T)
	}{
		{"namespaces, settings, protocols", func(t *testing.T) {
			a := plain(target).send(t, s.Transport())
			assert.True(t, strings.HasPrefix(string(a.body), `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">`+
				`<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">`), "%s", a.body)
			r := a.account(t)
			assert.Equal(t, autodiscover.ActionSettings, r.Account.Action)
			assert.Equal(t, target, r.User.Address)
			require.Len(t, r.Account.Protocols, 3)
			for _, p := range r.Account.Protocols[:2] {
				assert.Equal(t, "http://mock/EWS/Exchange.asmx", p.EWSURL)
				assert.Equal(t, "http://mock/EWS/Exchange.asmx", p.ASURL)
			}
		}},
		{"GroupingInformation under EXPR alone", func(t *testing.T) {
			a := plain(target).send(t, s.Transport())
			assert.Equal(t, 1, strings.Count(string(a.body), "<GroupingInformation>SITE</GroupingInformation>"))
			for _, p := range a.account(t).Account.Protocols {
				assert.Equal(t, p.Type == autodiscover.ProtocolEXPR, p.GroupingInformation != "", p.Type)
			}
		}},
		{"redirectAddr", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXAccount{Action: "redirectAddr", RedirectAddress: target}, plain("elvin@old.example").send(t, s.Transport()).account(t).Account)
		}},
		{"redirectUrl", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXAccount{Action: "redirectUrl", RedirectURL: "https://other.example/autodiscover/autodiscover.svc"},
				plain("user000002@contoso.com").send(t, s.Transport()).account(t).Account)
		}},
		{"HTTP 302", func(t *testing.T) {
			a := plain("user000003@contoso.com").send(t, s.Transport())
			assert.Equal(t, http.StatusFound, a.StatusCode)
			assert.Equal(t, "https://other.example/autodiscover/there", a.Header.Get("Location"))
		}},
		{"error 500: no such address", func(t *testing.T) {
			e := plain("nobody@contoso.com").send(t, s.Transport()).poxError(t)
			assert.Equal(t, autodiscover.POXNoAddress, e.Code)
			assert.Equal(t, "The email address can't be found.", e.Text)
			assert.Regexp(t, regexp.MustCompile(`^\d\d:\d\d:\d\d\.\d{7}$`), e.Time)
			assert.Regexp(t, regexp.MustCompile(`^\d+$`), e.ID)
		}},
		{"error 501: no mailbox", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXBadAddress, plain("svc-nomailbox@contoso.com").send(t, s.Transport()).poxError(t).Code)
		}},
		{"error 600: no request", func(t *testing.T) {
			for _, body := range []string{"", "<a", "<a/>", string(settingsOf(ewsURL(), target).body)} {
				p := plain(target)
				p.body = []byte(body)
				e := p.send(t, s.Transport()).poxError(t)
				assert.Equal(t, autodiscover.POXInvalidRequest, e.Code, body)
				assert.Equal(t, "Invalid Request", e.Text)
			}
		}},
		{"error 601: another schema", func(t *testing.T) {
			p := plain(target)
			p.body = bytes.ReplaceAll(p.body, []byte("outlook/"), []byte("mobilesync/"))
			assert.Equal(t, autodiscover.POXNoProvider, p.send(t, s.Transport()).poxError(t).Code)
		}},
		{"error 603: a user fails", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXInternal, plain("user000004@contoso.com").send(t, s.Transport()).poxError(t).Code)
		}},
	} {
		t.Run(row.name, func(t *testing.T) { t.Parallel(); row.check(t) })
	}
}

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

// A program groups mailboxes by GroupingInformation and ExternalEwsUrl, and subscribes for each group on one server (MS docs: How
// to maintain affinity between a group of subscriptions and the Mailbox server).
func TestGroupsByAutodiscover(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site")
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, topology)
		org := s.Organisation()
		var users []string
		for p := route.Principal(1); p <= 30; p++ {
			users = append(users, org.Address(p))
		}
		groups := map[string][]string{}
		names := []autodiscover.Name{autodiscover.GroupingInformation, autodiscover.ExternalEWSURL}
		for i, u := range settingsOf(names, users...).send(t, s.Transport()).settings(t).Users {
			group, _ := u.Get(autodiscover.GroupingInformation)
			address, _ := u.Get(autodiscover.ExternalEWSURL)
			groups[group+address] = append(groups[group+address], users[i])
		}
		require.Len(t, groups, 2)
		for _, members := range groups {
			require.Greater(t, len(members), 1)
			slices.Sort(members)
			first := soap(members[0], streaming()).with("X-Preferserveraffinity", "true").send(t, s.Transport())
			require.True(t, first.outcome().OK())
			i := slices.IndexFunc(first.Cookies(), func(c *http.Cookie) bool { return c.Name == ews.CookieBackEndOverride })
			cookie := first.Cookies()[i].Name + "=" + first.Cookies()[i].Value
			sites := map[string]bool{}
			for _, member := range members[1:] {
				id, _ := subscribe(t, s, soap(member, streaming()).with("X-Anchormailbox", members[0]).with("X-Preferserveraffinity", "true").with("Cookie", cookie))
				assert.Equal(t, notify.Server(text(first.body, "SubscriptionId")), notify.Server(id))
				p, _ := org.Find(member)
				home, _ := org.Home(p)
				sites[org.Site(org.BackEnd(home))] = true
			}
			assert.Len(t, sites, 1, "a group is a site")
		}
	})
}

// What the journal has of requests, and what they leave in the answer.
func TestAutodiscoverInTheJournal(t *testing.T) {
	t.Parallel()
	s := newServer(t, sending())
	last := func() mockews.Entry { all, _ := s.JournalSince(0); return all[len(all)-1] }
	for _, row := range []struct {
		name   string
		p      probe
		op     ews.Op
		status int
		code   ews.Code
		target string
	}{
		{"settings", settingsOf(ewsURL(), target), "GetUserSettings", 200, "NoError", target},
		{"an error of a user", settingsOf(ewsURL(), target, "nobody@contoso.com"), "GetUserSettings", 200, "InvalidUser", target},
		{"an error of a setting", settingsOf([]autodiscover.Name{"x"}, target), "GetUserSettings", 200, "InvalidSetting", target},
		{"a redirection", settingsOf(ewsURL(), "x@old.example"), "GetUserSettings", 200, "RedirectAddress", ""},
		{"HTTP 302", settingsOf(ewsURL(), "user000003@contoso.com"), "GetUserSettings", 302, "", "user000003@contoso.com"},
		{"plain XML", plain(target), "Autodiscover", 200, "NoError", target},
		{"plain XML, nobody", plain("nobody@contoso.com"), "Autodiscover", 200, "InvalidUser", ""},
		{"plain XML, unreadable", probe{method: http.MethodPost, url: poxURL, user: bench, password: "ewsbench", body: []byte("x")}, "Autodiscover", 200, "InvalidRequest", ""},
		{"unreadable", probe{method: http.MethodPost, url: soapURL, user: bench, password: "ewsbench", body: []byte("x")}, "GetUserSettings", 400, "", ""},
		{"no password", probe{method: http.MethodPost, url: soapURL}, "GetUserSettings", 401, "", ""},
		{"a fault", probe{method: http.MethodPost, url: soapURL, user: bench, password: "ewsbench", body: own(getInbox())}, "GetUserSettings", 500, "MessageAddressingHeaderRequired", ""},
		{"GET", probe{method: http.MethodGet, url: poxURL, user: bench, password: "ewsbench"}, "", 200, "InvalidRequest", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.p.send(t, s.Transport())
			e := last()
			assert.Equal(t, row.op, e.Op)
			assert.Equal(t, row.status, e.Status)
			assert.Equal(t, row.code, e.Code)
			assert.Equal(t, row.target, e.Target)
			if row.p.user != "" {
				assert.Equal(t, bench, e.Caller)
			}
		})
	}
	assert.Zero(t, s.Judged(), "the rules for clients are about EWS")

	routed := newServer(t, profile(t, "onprem-2site"))
	a := settingsOf(ewsURL(), target).with("X-AnchorMailbox", target).with("Client-Request-Id", "one").send(t, routed.Transport())
	e := routed.Journal()[0]
	assert.Equal(t, route.SourceAnchor, e.AnchorSource)
	assert.Equal(t, "one", e.ID)
	assert.Zero(t, e.Hops, "every back end knows where a mailbox is")
	assert.Equal(t, e.Final, a.Header.Get("X-BEServer"))
	assert.Equal(t, e.FrontEnd, a.Header.Get("X-FEServer"))
	assert.Empty(t, a.Header.Get(ews.HeaderEwsHandler))
	hit := routed.Inject(fault.Rule{Fault: fault.Fault{LinkDown: &fault.LinkDown{Between: []string{"east", "west"}}}})
	defer hit()
	for p := route.Principal(1); p <= 20; p++ {
		r := settingsOf(ewsURL(), routed.Organisation().Address(p)).send(t, routed.Transport()).settings(t)
		assert.Equal(t, autodiscover.NoError, r.Outcome())
	}
	for _, e := range routed.Journal()[1:] {
		assert.Equal(t, route.SourceIdentity, e.AnchorSource)
		assert.Zero(t, e.Hops)
		assert.Equal(t, e.Calculated, e.Final)
		assert.Empty(t, e.Faults)
	}
	cookies := strings.Join(a.Header["Set-Cookie"], "\n")
	assert.Contains(t, cookies, "; path=/Autodiscover")
	assert.NotContains(t, cookies, "path=/EWS")
}

// Faults hit Autodiscover as they hit EWS, and come in its words.
func TestAutodiscoverFaults(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		rule   fault.Rule
		status int
		code   autodiscover.Code // of SOAP
		number autodiscover.POXCode
	}{
		{"message: all users", fault.Rule{Fault: fault.Fault{Message: &fault.Message{Code: ews.ErrorServerBusy}}}, 200, "ServerBusy", 603},
		{"message: the first", fault.Rule{Fault: fault.Fault{Message: &fault.Message{Code: ews.ErrorNonExistentMailbox, Part: 1}}}, 200, "InvalidUser", 500},
		{"message: the second", fault.Rule{Fault: fault.Fault{Message: &fault.Message{Code: ews.ErrorServerBusy, Part: 2}}}, 200, "ServerBusy", 0},
		{"soap: the whole request", fault.Rule{Fault: fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorInvalidRequest}}}, 200, "InvalidRequest", 600},
		{"soap: something else", fault.Rule{Fault: fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorAccessDenied}}}, 200, "InternalServerError", 603},
		{"soap with status 503", fault.Rule{Fault: fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy, Status: 503}}}, 503, "", 0},
		{"page", fault.Rule{Fault: fault.Fault{Page: &fault.Page{}}}, 503, "", 0},
		{"another operation", fault.Rule{Match: fault.Match{Op: ews.OpGetItem}, Fault: fault.Fault{Page: &fault.Page{}}}, 200, "NoError", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, route.Topology{})
			s.Inject(row.rule)
			a := settingsOf(ewsURL(), target, "user000001@contoso.com").send(t, s.Transport())
			b := plain(target).send(t, s.Transport())
			require.Equal(t, row.status, a.StatusCode)
			require.Equal(t, row.status, b.StatusCode)
			if row.status != http.StatusOK {
				return
			}
			r := a.settings(t)
			assert.Equal(t, row.code, r.Outcome())
			if row.rule.Fault.Message != nil {
				assert.Equal(t, autodiscover.NoError, r.Code)
			}
			if row.number == 0 {
				assert.Equal(t, autodiscover.ActionSettings, b.account(t).Account.Action)
			} else {
				assert.Equal(t, row.number, b.poxError(t).Code)
			}
			if row.code != autodiscover.NoError {
				assert.Equal(t, []string{row.rule.Fault.Name()}, s.Journal()[0].Faults)
			}
		})
	}
	t.Run("by operation, later and with a reset", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newServer(t, route.Topology{})
			s.Inject(fault.Rule{Match: fault.Match{Op: ews.OpGetUserSettings}, Fault: fault.Fault{Latency: &fault.Latency{Fixed: time.Second}}})
			off := s.Inject(fault.Rule{Match: fault.Match{Op: ews.OpAutodiscover}, Fault: fault.Fault{Reset: &fault.Reset{}}})
			begin := time.Now()
			assert.Equal(t, autodiscover.NoError, settingsOf(ewsURL(), target).send(t, s.Transport()).settings(t).Outcome())
			assert.Equal(t, time.Second, time.Since(begin))
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, poxURL, bytes.NewReader(plain(target).body))
			require.NoError(t, err)
			r.SetBasicAuth(bench, "ewsbench")
			_, err = s.Transport().RoundTrip(r)
			require.ErrorContains(t, err, "connection reset")
			off()
			begin = time.Now()
			assert.Equal(t, autodiscover.ActionSettings, plain(target).send(t, s.Transport()).account(t).Account.Action)
			assert.Zero(t, time.Since(begin))
		})
	})
	t.Run("a full queue", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newServer(t, route.Topology{
				Service: route.Service{Ops: map[ews.Op]route.Lognormal{ews.OpGetUserSettings: {Median: time.Second}}},
				Sites:   []route.Site{{Name: "a", FrontEnds: 1, BackEnds: []route.BackEnd{{Workers: 1, Queue: 1}}}},
			})
			statuses := make(chan int, 3)
			for range 3 {
				go func() { statuses <- settingsOf(ewsURL(), target).send(t, s.Transport()).StatusCode }()
			}
			all := []int{<-statuses, <-statuses, <-statuses}
			slices.Sort(all)
			assert.Equal(t, []int{200, 200, 503}, all)
		})
	})
}

func FuzzAutodiscover(f *testing.F) {
	s := newServer(f, sending())
	f.Add(settingsOf(ewsURL(), target).body, true)
	f.Add(plain(target).body, false)
	f.Add([]byte("<a"), true)
	f.Fuzz(func(t *testing.T, body []byte, inSOAP bool) {
		p := plain(target)
		if inSOAP {
			p = settingsOf(ewsURL(), target)
		}
		p.body = body
		a := p.send(t, s.Transport())
		if !inSOAP {
			_, err := autodiscover.ParsePOXResponse(a.body)
			_, failed := errors.AsType[*autodiscover.POXError](err)
			assert.True(t, a.StatusCode == http.StatusFound || err == nil || failed, "%s", a.body)
			return
		}
		assert.Contains(t, []int{200, 302, 400, 500}, a.StatusCode)
		if a.StatusCode == http.StatusOK {
			a.settings(t)
		}
	})
}
