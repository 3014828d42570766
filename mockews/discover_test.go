package mockews_test

import (
	"bytes"
	"errors"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/discovery"
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
