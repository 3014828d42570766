package discovery_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const (
	u1 = "user000001@contoso.com"
	u2 = "user000002@contoso.com"
	u3 = "user000003@contoso.com"
)

// registry is an organisation whose mailboxes have plain names.
type registry struct{ *route.Organisation }

func (registry) MailboxGUID(p route.Principal) string {
	return fmt.Sprintf("%08d-0000-4000-8000-000000000000", p)
}

func twoSites(f flavour.Name) route.Topology {
	return route.Topology{Flavour: f, Mailboxes: 20, Sites: []route.Site{
		{Name: "east", FrontEnds: 1, BackEnds: []route.BackEnd{{Databases: 2}, {}}}, {Name: "west", FrontEnds: 1, BackEnds: []route.BackEnd{{}}},
	}}
}

func service(t *testing.T, f flavour.Name, c discovery.Config) (*discovery.Service, *route.Organisation) {
	t.Helper()
	topology := twoSites(f)
	if f == flavour.Online {
		topology.Sites[0].Name, topology.Sites[1].Name = "AMS", "DUB"
	}
	topology.Autodiscover = c
	org, err := route.Build(topology)
	require.NoError(t, err)
	return discovery.New(c, org.Flavour(), registry{org}), org
}

func ask(settings ...autodiscover.Name) *autodiscover.Request {
	return &autodiscover.Request{Version: "Exchange2013", Users: []string{u1}, Settings: settings}
}

var client = discovery.Client{Secure: true, Host: "mail.contoso.com", Basic: true}

// The value of each setting.
func TestValues(t *testing.T) {
	t.Parallel()
	const guid, group = "00000001-0000-4000-8000-000000000000", "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)"
	s, org := service(t, "", discovery.Config{PublicFolders: u3})
	want := map[autodiscover.Name]string{
		"UserDisplayName": org.DisplayName(1), "UserDN": group + "/cn=Recipients/cn=" + strings.ReplaceAll(guid, "-", "") + "-user000001",
		"UserDeploymentId": org.DeploymentID(), "UserMSOnline": "False", "AutoDiscoverSMTPAddress": u1,
		"ExternalEwsUrl": "https://mail.contoso.com/EWS/Exchange.asmx", "InternalEwsUrl": "https://mail.contoso.com/EWS/Exchange.asmx",
		"EwsPartnerUrl":       "https://mail.contoso.com/EWS/Exchange.asmx",
		"EwsSupportedSchemas": "Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013, Exchange2013_SP1, Exchange2016",
		"CasVersion":          "15.02.0986.026", "ExternalEwsVersion": "15.02.0986.026", "GroupingInformation": org.Grouping(1),
		"PublicFolderInformation": u3, "InternalRpcClientServer": guid + "@contoso.com", "InternalMailboxServer": guid + "@contoso.com",
		"InternalMailboxServerDN": group + "/cn=Configuration/cn=Servers/cn=" + guid + "@contoso.com",
		"MailboxDN":               group + "/cn=Configuration/cn=Servers/cn=" + guid + "@contoso.com/cn=Microsoft Private MDB",
		"ExternalMailboxServer":   "mail.contoso.com", "ExternalMailboxServerRequiresSSL": "True",
		"ExternalMailboxServerAuthenticationMethods": "Basic", "InternalServerExclusiveConnect": "Off", "ExternalServerExclusiveConnect": "On",
		"MapiHttpEnabled": "False", "CrossOrganizationSharingEnabled": "False", "ShowGalAsDefaultView": "True",
	}
	r := s.Settings(ask(autodiscover.Names()...), client)
	require.Len(t, r.Users, 1)
	got := map[autodiscover.Name]string{}
	for _, v := range r.Users[0].Settings {
		got[v.Name] = v.Value
		assert.Equal(t, "StringSetting", v.Type)
	}
	assert.Equal(t, want, got)
	assert.Len(t, r.Users[0].Errors, len(autodiscover.Names())-len(want))
	assert.NotEmpty(t, org.Grouping(1))

	old, _ := service(t, flavour.Exchange2013, discovery.Config{})
	r = old.Settings(ask("EwsSupportedSchemas", "CasVersion", "ExternalMailboxServerAuthenticationMethods"), discovery.Client{})
	assert.NotContains(t, r.Users[0].Settings[0].Value, "Exchange2016")
	assert.Equal(t, "15.00.1156.009", r.Users[0].Settings[1].Value)
	assert.Equal(t, "ExternalMailboxServerAuthenticationMethods", string(r.Users[0].Errors[0].Name), "without passwords there is no word for it")
	assert.Equal(t, "Exchange2013_SP1", old.Version().Version)
}

// Mailboxes of a site are one group, wherever in the site, and a move to the other site changes it.
func TestGrouping(t *testing.T) {
	t.Parallel()
	s, org := service(t, "", discovery.Config{})
	group := func(p route.Principal) string {
		q := ask(autodiscover.GroupingInformation)
		q.Users = []string{org.Address(p)}
		value, _ := s.Settings(q, client).Users[0].Get(autodiscover.GroupingInformation)
		return value
	}
	groups := map[string]int{}
	for p := route.Principal(1); p <= 20; p++ {
		home, _ := org.Home(p)
		assert.Equal(t, strings.ToUpper(org.Site(org.BackEnd(home))), group(p))
		groups[group(p)]++
	}
	assert.Len(t, groups, 2)
	west := org.Databases()[len(org.Databases())-1]
	for p := route.Principal(1); p <= 20; p++ {
		require.NoError(t, org.Move(p, west.Name, time.Time{}, 0))
		assert.Equal(t, "WEST", group(p))
	}
	assert.Empty(t, org.Grouping(-3), "an account without a mailbox")
}

// What fails, and on which level.
func TestCodes(t *testing.T) {
	t.Parallel()
	c := discovery.Config{
		MaxUsers: 3,
		Redirects: []discovery.Redirect{
			{User: "*@old.example", Address: u2}, {User: u2, URL: "https://other.example/autodiscover/autodiscover.svc"},
		},
		Errors: []discovery.Failure{
			{Code: autodiscover.ServerBusy, User: u3, Text: "later"},
			{Code: autodiscover.SettingIsNotAvailable, Setting: autodiscover.GroupingInformation, User: u1},
			{Code: autodiscover.InternalServerError, Setting: autodiscover.CASVersion},
		},
	}
	s, org := service(t, "", c)
	for _, test := range []struct {
		name         string
		change       func(*autodiscover.Request)
		whole, user  autodiscover.Code
		setting      autodiscover.Code
		text, target string
	}{
		{"nothing wrong", func(q *autodiscover.Request) { q.Settings = []autodiscover.Name{"ExternalEwsUrl"} }, "NoError", "NoError", "", "No error.", ""},
		{"no version", func(q *autodiscover.Request) { q.Version = "" }, "InvalidRequest", "", "", "The RequestedServerVersion header is missing or invalid.", ""},
		{"a build date", func(q *autodiscover.Request) { q.Version = "V2015_10_05" }, "InvalidRequest", "", "", "The RequestedServerVersion header is missing or invalid.", ""},
		{"Exchange 2007", func(q *autodiscover.Request) { q.Version = "Exchange2007_SP1" }, "InvalidRequest", "", "", "The RequestedServerVersion header is missing or invalid.", ""},
		{"nobody", func(q *autodiscover.Request) { q.Users = nil }, "InvalidRequest", "", "", "The request asks about no user.", ""},
		{"too many", func(q *autodiscover.Request) { q.Users = []string{u1, u1, u1, u1} }, "InvalidRequest", "", "", "The request asks about more than 3 users.", ""},
		{"no settings", func(q *autodiscover.Request) { q.Settings = nil }, "InvalidRequest", "", "", "The request asks for no setting.", ""},
		{"somebody unknown", func(q *autodiscover.Request) { q.Users = []string{"nobody@contoso.com"} }, "NoError", "InvalidUser", "", "The user is invalid.", ""},
		{"no mailbox", func(q *autodiscover.Request) { q.Users = []string{"svc-nomailbox@contoso.com"} }, "NoError", "InvalidUser", "", "The user is invalid.", ""},
		{"another address", func(q *autodiscover.Request) { q.Users = []string{"Elvin@OLD.example"} }, "NoError", "RedirectAddress", "", "Redirection address.", u2},
		{"another server", func(q *autodiscover.Request) { q.Users = []string{u2} }, "NoError", "RedirectUrl", "", "Redirection URL.", "https://other.example/autodiscover/autodiscover.svc"},
		{"a user fails", func(q *autodiscover.Request) { q.Users = []string{u3} }, "NoError", "ServerBusy", "", "later", ""},
		{"no such setting", func(q *autodiscover.Request) { q.Settings = []autodiscover.Name{"NoSuchThing"} }, "NoError", "NoError", "InvalidSetting", "There is no such setting.", ""},
		{"not available", func(q *autodiscover.Request) { q.Settings = []autodiscover.Name{"ExternalOABUrl"} }, "NoError", "NoError", "SettingIsNotAvailable", "The setting is not available.", ""},
		{"a setting of a user fails", func(q *autodiscover.Request) { q.Settings = []autodiscover.Name{"GroupingInformation"} }, "NoError", "NoError", "SettingIsNotAvailable", "The setting is not available.", ""},
		{"a setting fails", func(q *autodiscover.Request) { q.Settings = []autodiscover.Name{"CasVersion"} }, "NoError", "NoError", "InternalServerError", "An internal server error occurred.", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			q := ask("UserDN")
			test.change(q)
			r := s.Settings(q, client)
			require.Equal(t, test.whole, r.Code)
			if test.user == "" {
				assert.Empty(t, r.Users)
				assert.Equal(t, test.text, r.Text)
				return
			}
			u := r.Users[0]
			assert.Empty(t, r.Text)
			assert.Equal(t, test.user, u.Code)
			assert.Equal(t, test.target, string(u.Target))
			if test.setting == "" {
				assert.Equal(t, test.text, u.Text)
				return
			}
			require.Len(t, u.Errors, 1)
			assert.Equal(t, autodiscover.SettingError{Code: test.setting, Text: test.text, Name: q.Settings[0]}, u.Errors[0])
			assert.Empty(t, u.Settings)
		})
	}
	r := s.Settings(&autodiscover.Request{Version: "Exchange2016", Users: []string{u3, "x", u1}, Settings: []autodiscover.Name{"UserDN", "UserDN"}}, client)
	assert.Equal(t, []autodiscover.Code{"ServerBusy", "InvalidUser", "NoError"}, []autodiscover.Code{r.Users[0].Code, r.Users[1].Code, r.Users[2].Code})
	assert.Len(t, r.Users[2].Settings, 1, "a setting that is asked for twice is there once")
	assert.NotNil(t, org)

	whole, _ := service(t, "", discovery.Config{Errors: []discovery.Failure{{Code: autodiscover.NotFederated}}})
	assert.Equal(t, autodiscover.NotFederated, whole.Settings(ask("UserDN"), client).Code)
}

// A mailbox goes by any of its addresses, and by its distinguished name.
func TestFind(t *testing.T) {
	t.Parallel()
	s, _ := service(t, "", discovery.Config{})
	dn, ok := s.Settings(ask("UserDN"), client).Users[0].Get("UserDN")
	require.True(t, ok)
	for name, want := range map[string]route.Principal{
		u1: 1, strings.ToUpper(u1): 1, "user000001@mail.contoso.com": 1, dn: 1, strings.ToLower(dn): 1,
		strings.Replace(dn, "000", "111", 1): 0, "/o=x": 0, "/": 0, "": 0, "user000001": 0,
	} {
		assert.Equal(t, want, s.Find(name), name)
	}
}

// Where the client is sent on to, by how it came.
func TestURLs(t *testing.T) {
	t.Parallel()
	fixed, _ := service(t, "", discovery.Config{EWSURL: "https://there/EWS/Exchange.asmx"})
	s, _ := service(t, "", discovery.Config{})
	for _, test := range []struct {
		s      *discovery.Service
		client discovery.Client
		want   string
	}{
		{s, discovery.Client{Host: "127.0.0.1:8080"}, "http://127.0.0.1:8080/EWS/Exchange.asmx"},
		{s, discovery.Client{Host: "[::1]:443", Secure: true}, "https://[::1]:443/EWS/Exchange.asmx"},
		{s, discovery.Client{}, "http://contoso.com/EWS/Exchange.asmx"},
		{fixed, discovery.Client{Host: "127.0.0.1:8080"}, "https://there/EWS/Exchange.asmx"},
	} {
		got, _ := test.s.Settings(ask("ExternalEwsUrl"), test.client).Users[0].Get("ExternalEwsUrl")
		assert.Equal(t, test.want, got)
		r, _, _ := test.s.POX(&autodiscover.POXRequest{Address: u1, Schema: autodiscover.SchemaOutlook}, test.client)
		assert.Equal(t, test.want, r.Account.Protocols[0].EWSURL)
	}
}

func TestPOX(t *testing.T) {
	t.Parallel()
	s, org := service(t, flavour.Online, discovery.Config{
		PublicFolders: u3,
		Redirects:     []discovery.Redirect{{User: "*@old.example", Address: u2}, {User: u2, URL: "https://other.example/"}},
		Errors:        []discovery.Failure{{Code: autodiscover.ServerBusy, User: u3}, {Code: autodiscover.InvalidDomain, User: "user000004@contoso.com"}},
	})
	r, number, outcome := s.POX(&autodiscover.POXRequest{Address: u1, Schema: autodiscover.SchemaOutlook}, client)
	require.NotNil(t, r)
	assert.Zero(t, number)
	assert.Equal(t, autodiscover.NoError, outcome)
	assert.Equal(t, "True", r.Account.MicrosoftOnline)
	assert.Equal(t, u3, r.Account.PublicFolders.Address)
	assert.Equal(t, u1, r.User.Address)
	types := []autodiscover.ProtocolType{}
	for _, p := range r.Account.Protocols {
		types = append(types, p.Type)
		if p.Type == autodiscover.ProtocolEXPR {
			assert.Equal(t, org.Grouping(1), p.GroupingInformation)
			assert.Regexp(t, "^(AMS|DUB)PR01$", p.GroupingInformation)
		} else {
			assert.Empty(t, p.GroupingInformation)
		}
	}
	assert.Equal(t, []autodiscover.ProtocolType{"EXCH", "EXPR", "WEB"}, types)
	assert.Equal(t, "73D4A241", r.Account.Protocols[0].ServerVersion, "0x70008000, 15 << 22, 20 << 16 and 8769")
	assert.Equal(t, "https://mail.contoso.com/EWS/Exchange.asmx", r.Account.Protocols[2].Internal.Protocol.ASURL)
	for _, test := range []struct {
		name    string
		q       autodiscover.POXRequest
		number  autodiscover.POXCode
		outcome autodiscover.Code
		action  autodiscover.Action
	}{
		{"somebody unknown", autodiscover.POXRequest{Address: "x@contoso.com"}, 500, "InvalidUser", ""},
		{"no mailbox", autodiscover.POXRequest{Address: "svc-nomailbox@contoso.com"}, 501, "InvalidUser", ""},
		{"another schema", autodiscover.POXRequest{Address: u1, Schema: "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006"}, 601, "InvalidRequest", ""},
		{"a user fails", autodiscover.POXRequest{Address: u3}, 603, "ServerBusy", ""},
		{"a domain fails", autodiscover.POXRequest{Address: "user000004@contoso.com"}, 500, "InvalidDomain", ""},
		{"another address", autodiscover.POXRequest{Address: "a@old.example"}, 0, "RedirectAddress", autodiscover.ActionRedirectAddress},
		{"another server", autodiscover.POXRequest{Address: u2}, 0, "RedirectUrl", autodiscover.ActionRedirectURL},
		{"by distinguished name", autodiscover.POXRequest{LegacyDN: r.User.LegacyDN}, 0, "NoError", autodiscover.ActionSettings},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.q.Schema == "" {
				test.q.Schema = autodiscover.SchemaOutlook
			}
			r, number, outcome := s.POX(&test.q, client)
			assert.Equal(t, test.number, number)
			assert.Equal(t, test.outcome, outcome)
			if test.number == 0 {
				assert.Equal(t, test.action, r.Account.Action)
			} else {
				assert.Nil(t, r)
			}
		})
	}
	fail := func(n int) discovery.Client {
		c := client
		c.Fail = func(nth int) (autodiscover.Code, string) {
			if nth == n {
				return autodiscover.InvalidRequest, ""
			}
			return autodiscover.NoError, ""
		}
		return c
	}
	for n, want := range []autodiscover.POXCode{600, 600, 0} {
		_, number, _ := s.POX(&autodiscover.POXRequest{Address: u1, Schema: autodiscover.SchemaOutlook}, fail(n))
		assert.Equal(t, want, number)
	}
	whole := s.Settings(ask("UserDN"), fail(0))
	assert.Equal(t, autodiscover.InvalidRequest, whole.Code)
	assert.Equal(t, autodiscover.InvalidRequest, s.Settings(ask("UserDN"), fail(1)).Users[0].Code)
}

func TestLocation(t *testing.T) {
	t.Parallel()
	s, _ := service(t, "", discovery.Config{Redirects: []discovery.Redirect{{User: u2, Location: "https://a/"}, {User: u3, Address: u1}}})
	assert.Equal(t, "https://a/", s.Location(u1, u3, u2))
	assert.Empty(t, s.Location(u1, u3))
	assert.Equal(t, autodiscover.NoError, s.Settings(&autodiscover.Request{Version: "Exchange2016", Users: []string{u2}, Settings: []autodiscover.Name{"UserDN"}}, client).Users[0].Code)
}

func TestCheck(t *testing.T) {
	t.Parallel()
	org, err := route.Build(route.Topology{})
	require.NoError(t, err)
	for name, test := range map[string]struct {
		config discovery.Config
		want   string
	}{
		"location":       {discovery.Config{Location: "mail.contoso.com"}, `autodiscover.location: location is "mail.contoso.com": write a whole URL`},
		"ews_url":        {discovery.Config{EWSURL: "ftp://a/b"}, "ews_url"},
		"public folders": {discovery.Config{PublicFolders: "x@contoso.com"}, "nobody's address"},
		"max_users":      {discovery.Config{MaxUsers: -1}, "must not be negative"},
		"no user":        {discovery.Config{Redirects: []discovery.Redirect{{Address: u1}}}, "write an address, or *@domain"},
		"half a pattern": {discovery.Config{Redirects: []discovery.Redirect{{User: "a*@b", Address: u1}}}, "write an address, or *@domain"},
		"two targets":    {discovery.Config{Redirects: []discovery.Redirect{{User: u1, Address: u2, URL: "https://a/"}}}, "exactly one of address, url and location"},
		"no target":      {discovery.Config{Redirects: []discovery.Redirect{{User: u1}}}, "exactly one of"},
		"a pattern":      {discovery.Config{Redirects: []discovery.Redirect{{User: u1, Address: "*@b"}}}, `address is "*@b": write an address`},
		"a path":         {discovery.Config{Redirects: []discovery.Redirect{{User: u1, URL: "/a"}}}, "write a whole URL"},
		"where to":       {discovery.Config{Redirects: []discovery.Redirect{{User: u1, Location: "a"}}}, "write a whole URL"},
		"no such code":   {discovery.Config{Errors: []discovery.Failure{{Code: "ServrBusy"}}}, `did you mean "ServerBusy"?`},
		"no error":       {discovery.Config{Errors: []discovery.Failure{{Code: autodiscover.RedirectURL}}}, "which is no error"},
		"error's user":   {discovery.Config{Errors: []discovery.Failure{{Code: autodiscover.ServerBusy, User: "x"}}}, "errors[0].user"},
		"setting":        {discovery.Config{Errors: []discovery.Failure{{Code: autodiscover.ServerBusy, Setting: "CasVersio"}}}, `did you mean "CasVersion"?`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var report strictyaml.Report
			test.config.Check(&report, "autodiscover", org)
			require.ErrorContains(t, report.Err(), test.want)
			assert.Error(t, route.Topology{Autodiscover: test.config}.Validate())
		})
	}
}

// Every key changes something that a client can see.
func TestEveryKeyMatters(t *testing.T) {
	t.Parallel()
	base := func() discovery.Config {
		return discovery.Config{
			Location: "https://a/", EWSURL: "https://b/", PublicFolders: u1, MaxUsers: 2,
			Redirects: []discovery.Redirect{{User: u2, Address: u3}, {User: u3, URL: "https://c/"}, {User: "d@contoso.com", Location: "https://d/"}},
			Errors:    []discovery.Failure{{Code: autodiscover.ServerBusy, User: u1, Setting: autodiscover.UserDN, Text: "x"}},
		}
	}
	seen := func(c discovery.Config) string {
		s, _ := service(t, "", c)
		var out strings.Builder
		fmt.Fprintln(&out, s.Serves(true), s.Serves(false), s.Everybody(), s.Location("d@contoso.com"), s.Location("e@contoso.com"))
		for _, u := range []string{u1, u2, u3} {
			q := ask(autodiscover.UserDN, autodiscover.UserDisplayName, autodiscover.ExternalEWSURL, autodiscover.PublicFolderInformation)
			q.Users = []string{u, u}
			fmt.Fprintln(&out, s.Settings(q, client))
		}
		return out.String()
	}
	changes := map[string]func(*discovery.Config){
		"no_soap": func(c *discovery.Config) { c.NoSOAP = true }, "no_pox": func(c *discovery.Config) { c.NoPOX = true },
		"location": func(c *discovery.Config) { c.Location = "" }, "ews_url": func(c *discovery.Config) { c.EWSURL = "" },
		"public_folders": func(c *discovery.Config) { c.PublicFolders = u2 }, "max_users": func(c *discovery.Config) { c.MaxUsers = 1 },
		"redirects.user":     func(c *discovery.Config) { c.Redirects[0].User = "x@contoso.com" },
		"redirects.address":  func(c *discovery.Config) { c.Redirects[0].Address = u1 },
		"redirects.url":      func(c *discovery.Config) { c.Redirects[1].URL = "https://e/" },
		"redirects.location": func(c *discovery.Config) { c.Redirects[2].Location = "https://e/" },
		"errors.code":        func(c *discovery.Config) { c.Errors[0].Code = autodiscover.InvalidUser },
		"errors.user":        func(c *discovery.Config) { c.Errors[0].User = u3 },
		"errors.setting":     func(c *discovery.Config) { c.Errors[0].Setting = autodiscover.UserDisplayName },
		"errors.text":        func(c *discovery.Config) { c.Errors[0].Text = "y" },
	}
	first := seen(base())
	require.Equal(t, first, seen(base()))
	for _, key := range keys(reflect.TypeFor[discovery.Config](), "") {
		change, ok := changes[key]
		if !assert.True(t, ok, "no test for %s", key) {
			continue
		}
		c := base()
		change(&c)
		assert.NotEqual(t, first, seen(c), key)
	}
}

// keys are the paths of all values that the configuration may hold.
func keys(of reflect.Type, prefix string) (all []string) {
	for of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return []string{strings.TrimPrefix(prefix, ".")}
	}
	for f := range of.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		all = append(all, keys(f.Type, prefix+"."+name)...)
	}
	return all
}
