package mockews_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// flavoured is a server of a flavour, of several back ends.
func flavoured(t *testing.T, name flavour.Name) *mockews.Server {
	t.Helper()
	topology := profile(t, "onprem-2site")
	topology.Flavour, topology.Authentication.Basic = name, new(true)
	return newServer(t, topology)
}

// Each flavour states its build in every answer, and nowhere in a fault.
func TestServerVersionInfo(t *testing.T) {
	t.Parallel()
	for name, want := range map[flavour.Name]string{
		flavour.Exchange2013: `MajorVersion="15" MinorVersion="0" MajorBuildNumber="1156" MinorBuildNumber="9" Version="V2_23"`,
		flavour.Exchange2016: `MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507" MinorBuildNumber="57" Version="V2017_07_11"`,
		flavour.Exchange2019: `MajorVersion="15" MinorVersion="2" MajorBuildNumber="986" MinorBuildNumber="26" Version="V2017_07_11"`,
		flavour.ExchangeSE:   `MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="17" Version="V2017_07_11"`,
		flavour.Online:       `MajorVersion="15" MinorVersion="20" MajorBuildNumber="8769" MinorBuildNumber="35" Version="V2018_01_08"`,
	} {
		s := flavoured(t, name)
		a := soap(target, getInbox()).send(t, s.Transport())
		assert.Contains(t, string(a.body), want, name)
		assert.True(t, strings.HasPrefix(string(a.body), `<?xml version="1.0" encoding="utf-8"?>`))
		refused := soap("nobody@contoso.com", getInbox()).send(t, s.Transport())
		assert.Equal(t, 500, refused.StatusCode)
		assert.NotContains(t, string(refused.body), "ServerVersionInfo", name)
	}
}

// Diagnostic headers of answers, row by row (MS docs: Instrumenting client requests for EWS and REST in Exchange).
func TestDiagnosticHeaders(t *testing.T) {
	t.Parallel()
	premises := soap(target, getInbox()).send(t, flavoured(t, flavour.Exchange2019).Transport()).Header
	s := flavoured(t, flavour.Online)
	cloud := soap(target, getInbox()).send(t, s.Transport()).Header
	for _, row := range []struct {
		header          string
		onPremises, exo int // how many values
	}{
		{"request-id", 1, 1},
		{"client-request-id", 0, 0},
		{"X-FEServer", 1, 2},
		{"X-BEServer", 1, 1},
		{"X-DiagInfo", 1, 1},
		{"X-CalculatedBETarget", 1, 1},
		{"X-CalculatedFETarget", 0, 1},
		{"X-FEProxyInfo", 0, 1},
		{"X-FEEFZInfo", 0, 1},
		{"X-FirstHopCafeEFZ", 0, 1},
		{"X-BackEndHttpStatus", 1, 1},
		{"X-Proxy-RoutingCorrectness", 0, 1},
		{"X-Proxy-BackendServerStatus", 0, 1},
		{"X-RUM-Validated", 0, 1},
		{"x-EwsHandler", 1, 1},
		{"X-AspNet-Version", 1, 1},
		{"X-Powered-By", 1, 1},
		{"Server", 1, 1},
		{"Cache-Control", 1, 1},
	} {
		assert.Len(t, premises.Values(row.header), row.onPremises, "%s on premises", row.header)
		assert.Len(t, cloud.Values(row.header), row.exo, "%s Online", row.header)
	}
	assert.Equal(t, "Microsoft-IIS/10.0", premises.Get("Server"))
	old := soap(target, getInbox()).send(t, flavoured(t, flavour.Exchange2013).Transport()).Header
	assert.Equal(t, "Microsoft-IIS/8.5", old.Get("Server"))
	assert.Contains(t, cloud.Get("X-CalculatedBETarget"), ".prod.outlook.com")
	assert.Equal(t, cloud.Get("X-BEServer"), cloud.Get("X-DiagInfo"))

	wrong := soap(target, getInbox()).with("X-AnchorMailbox", "").with("client-request-id", "abc").with("return-client-request-id", "true").send(t, s.Transport())
	require.Equal(t, 1, s.Journal()[1].Hops)
	assert.Equal(t, "1", cloud.Get("X-Proxy-RoutingCorrectness"))
	assert.Equal(t, "0", wrong.Header.Get("X-Proxy-RoutingCorrectness"))
	assert.Len(t, wrong.Header.Values("X-BackEndHttpStatus"), 2, "one for each hop")
	assert.Equal(t, "abc", wrong.Header.Get("client-request-id"))
}

// The cookie comes with every answer of Exchange 2016, and else once, when it is asked for.
func TestOverrideCookieByFlavour(t *testing.T) {
	t.Parallel()
	offered := func(a answer) bool {
		for _, c := range a.Cookies() {
			if c.Name == ews.CookieBackEndOverride {
				return true
			}
		}
		return false
	}
	for _, name := range flavour.Names() {
		s := flavoured(t, name)
		plain := soap(target, getInbox()).send(t, s.Transport())
		assert.Equal(t, name == flavour.Exchange2016, offered(plain), name)
		wished := soap(target, getInbox()).with("X-PreferServerAffinity", "True").send(t, s.Transport())
		require.True(t, offered(wished), name)
	}
}

// A request may name no schema that is newer than the server.
func TestNewerSchemaThanTheServer(t *testing.T) {
	t.Parallel()
	p := soap(target, getInbox())
	p.body = []byte(strings.Replace(string(p.body), "Exchange2013_SP1", "Exchange2016", 1))
	old, current := flavoured(t, flavour.Exchange2013), flavoured(t, flavour.Exchange2019)
	got, fault := code(t, old, p)
	assert.Equal(t, ews.ErrorInvalidServerVersion, got)
	assert.True(t, fault)
	got, _ = code(t, current, p)
	assert.Equal(t, ews.NoError, got)
}

// farApart are two users whose mailboxes are on different back ends.
func farApart(org *route.Organisation) (one, other string) {
	home, _ := org.Home(1)
	for p := route.Principal(2); ; p++ {
		if h, _ := org.Home(p); h != home {
			return org.Address(1), org.Address(p)
		}
	}
}

// "Correctly set": the rows that ordinary requests can show. What is right gives no verdict and no hop; what is wrong gives
// one or the other.
func TestCorrectlySet(t *testing.T) {
	t.Parallel()
	far := func(s *mockews.Server) string {
		home, _ := s.Organisation().Home(-1)
		for p := route.Principal(1); ; p++ {
			if h, _ := s.Organisation().Home(p); h != home {
				return s.Organisation().Address(p)
			}
		}
	}
	last := func(s *mockews.Server) mockews.Entry {
		entries := s.Journal()
		return entries[len(entries)-1]
	}
	t.Run("ordinary op, impersonated", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, profile(t, "onprem-2site"))
		p := polite(far(s), getInbox())
		p.send(t, s.Transport())
		assert.Equal(t, 0, last(s).Hops)
		assert.Empty(t, last(s).Verdicts.String())
		p.with("X-AnchorMailbox", bench).send(t, s.Transport())
		assert.Contains(t, last(s).Verdicts.String(), "anchor-mismatch")
		p.with("X-AnchorMailbox", "").send(t, s.Transport())
		assert.Contains(t, last(s).Verdicts.String(), "anchor-missing")
		p.with("X-PreferServerAffinity", "true").send(t, s.Transport())
		assert.Contains(t, last(s).Verdicts.String(), "affinity-on-ordinary-call")
	})
	t.Run("ordinary op, delegate or explicit mailbox", func(t *testing.T) {
		t.Parallel()
		topology := profile(t, "onprem-2site")
		org := newServer(t, topology).Organisation()
		delegate, owner := farApart(org)
		topology.Access.Delegates = []access.Delegate{{Mailbox: owner, User: delegate, Inbox: access.LevelEditor}}
		s := newServer(t, topology)
		p := as(delegate, ews.GetFolder{Folders: []ews.FolderID{{Distinguished: "inbox", Mailbox: owner}}})
		explicit := p.with("X-AnchorMailbox", owner).send(t, s.Transport())
		require.True(t, explicit.outcome().OK())
		assert.Equal(t, 0, last(s).Hops, "anchored at the mailbox that is opened")
		held, _ := org.Find(owner)
		home, _ := org.Home(held)
		assert.Equal(t, org.BackEnd(home).Name, last(s).Final, "whose back end does the work")
		assert.NotContains(t, last(s).Verdicts.String(), "anchor")
		p.with("X-AnchorMailbox", "").send(t, s.Transport())
		assert.Equal(t, 1, last(s).Hops, "without the header the delegate's own mailbox decides, and it is elsewhere")
		id := ews.FolderIDs(explicit.body, 1)[0]
		as(delegate, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{id}}).with("X-AnchorMailbox", owner).send(t, s.Transport())
		assert.Equal(t, 0, last(s).Hops, "an id names its mailbox")
		as(delegate, ews.GetFolder{Folders: []ews.FolderID{inbox}}).with("X-AnchorMailbox", owner).send(t, s.Transport())
		assert.Equal(t, 1, last(s).Hops, "the delegate's own mailbox is not there")
	})
	t.Run("group: the cookie routes, and the anchor is ignored", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, profile(t, "onprem-2site"))
		first := soap(target, getInbox()).with("X-PreferServerAffinity", "true").send(t, s.Transport())
		cookie := ""
		for _, c := range first.Cookies() {
			if c.Name == ews.CookieBackEndOverride {
				cookie = c.Name + "=" + c.Value
			}
		}
		require.NotEmpty(t, cookie)
		home := last(s).Final
		for p := route.Principal(1); p <= 20; p++ {
			user := s.Organisation().Address(p)
			soap(user, getInbox()).with("X-PreferServerAffinity", "TRUE").with("X-AnchorMailbox", target).with("Cookie", cookie).send(t, s.Transport())
			assert.Equal(t, home, last(s).Calculated)
			assert.Equal(t, route.SourceAffinity, last(s).AnchorSource)
		}
		soap(target, getInbox()).with("Cookie", cookie).send(t, s.Transport())
		assert.Equal(t, route.SourceAnchor, last(s).AnchorSource, "without the wish the cookie is nothing")
		soap(target, getInbox()).with("X-PreferServerAffinity", "true").with("X-BackEndOverrideCookie", "EAST-BE1~1").send(t, s.Transport())
		assert.Contains(t, last(s).Verdicts.String(), "affinity-as-header")
	})
}
