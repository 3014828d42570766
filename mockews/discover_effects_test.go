package mockews_test

import (
	"bytes"
	"errors"
	"net/http"
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
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/notify"
	"github.com/ewsbench/ewsbench/mockews/route"
)

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
