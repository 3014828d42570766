package mockews_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// polite is a request of a client that names itself.
func polite(user string, body ews.Body) probe {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	return soap(user, body).with("User-Agent", "archiver/2.1").with("return-client-request-id", "true").
		with("client-request-id", fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]))
}

// What the auditor is told of a request is what the client sent, in whichever way.
func TestVerdictsOfRequests(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	org := s.Organisation()
	as := func(kind ews.SIDKind, value string) func(*probe) {
		return func(p *probe) {
			r := ews.Request{Impersonate: ews.ConnectingSID{Kind: kind, Value: value}, Body: getInbox()}
			p.body = r.Append(nil)
		}
	}
	body := func(b ews.Body) func(*probe) {
		return func(p *probe) { p.body = soap(target, b).body }
	}
	header := func(key, value string) func(*probe) { return func(p *probe) { *p = p.with(key, value) } }
	items := make([]ews.ItemRef, 11)
	for i := range items {
		items[i].ID = "x"
	}
	for _, c := range []struct {
		name   string
		change func(*probe)
		want   string
	}{
		{"polite", func(*probe) {}, ""},
		{"no anchor", func(p *probe) { p.header.Del("X-AnchorMailbox") }, "anchor-missing"},
		{"anchor of another", header("X-AnchorMailbox", "user000007@contoso.com"), "anchor-mismatch"},
		{"anchor of the service account", header("X-AnchorMailbox", bench), "anchor-mismatch"},
		{"anchor of nobody", header("X-AnchorMailbox", "nobody@contoso.com"), "anchor-unknown"},
		{"anchor without a mailbox", header("X-AnchorMailbox", "svc-nomailbox@contoso.com"), "anchor-unknown"},
		{"anchor by a proxy address", header("X-AnchorMailbox", "AAD-SMTP:user000042@mail.contoso.com"), ""},
		{"public folder", func(p *probe) {
			*p = p.with("X-AnchorMailbox", "user000007@contoso.com").with("X-PublicFolderMailbox", "x@contoso.com")
		}, ""},
		{"by SID", as(ews.SID, org.SID(42)), ""},
		{"by SID, of another", as(ews.SID, org.SID(43)), "anchor-mismatch"},
		{"by proxy address", as(ews.SmtpAddress, "user000042@mail.contoso.com"), ""},
		{"by principal name", as(ews.PrincipalName, target), ""},
		{"refused, and rightly anchored", as(ews.PrimarySmtpAddress, "user000042@mail.contoso.com"), ""},
		{"refused SID, and rightly anchored", func(p *probe) { as(ews.SID, org.SID(42))(p); p.user = "svc-none@contoso.com" }, ""},
		{"nobody, anchored elsewhere", as(ews.PrimarySmtpAddress, "nobody@contoso.com"), "anchor-mismatch"},
		{"a user's own mailbox", func(p *probe) { p.user, p.body = target, own(getInbox()); p.header.Del("X-AnchorMailbox") }, ""},
		{"own mailbox, anchored", func(p *probe) { p.user, p.body = target, own(getInbox()) }, ""},
		{"affinity", header("X-PreferServerAffinity", "True"), "affinity-on-ordinary-call"},
		{"affinity cookie", header("Cookie", ews.CookieBackEndOverride+"=x"), "affinity-on-ordinary-call"},
		{"affinity as header", header(ews.CookieBackEndOverride, "x"), "affinity-as-header"},
		{"eleven items", body(ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Items: items}), "oversized-batch"},
		{"ten items", body(ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Items: items[:10]}), ""},
		{"a large page", body(ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(2000)}}), "oversized-page"},
		{"items with properties", body(ews.SyncFolderItems{Folder: ews.TargetFolder{ID: inbox}, MaxChanges: 3}), "sync-with-properties"},
		{"hierarchy with properties", body(ews.SyncFolderHierarchy{}), "sync-with-properties"},
		{"unnamed", func(p *probe) { p.header.Del("client-request-id") }, "no-client-request-id"},
		{"a library", header("User-Agent", "Go-http-client/1.1"), "default-user-agent"},
		{"malformed anchor", header("X-AnchorMailbox", "Alfred <"+target+">"), "anchor-malformed"},
		{"id is no GUID", header("client-request-id", "17"), "request-id-not-guid"},
		{"id is not wanted back", header("return-client-request-id", ""), "request-id-not-returned"},
		{"SOAP 1.2", header("Content-Type", "application/soap+xml"), "content-type-not-xml"},
		{"everything at once", body(ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{inbox}}), "find-unpaged"},
		{"too many changes", body(ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: inbox}, MaxChanges: 513}), "oversized-sync-page,schema-violation"},
		{"too many people", body(availability(101, time.Hour)), "oversized-availability"},
		{"too long a time", body(availability(1, 50*24*time.Hour)), "long-availability-window"},
		{"no version", func(p *probe) {
			p.body = bytes.ReplaceAll(p.body, []byte(`<t:RequestServerVersion Version="Exchange2013_SP1"/>`), nil)
		}, "version-missing"},
		{"unreadable", func(p *probe) { p.body = []byte("hello") }, ""},
		{"not authenticated", func(p *probe) { p.user = ""; p.header.Del("X-AnchorMailbox") }, ""},
	} {
		p := polite(target, getInbox())
		c.change(&p)
		before := len(s.Journal())
		p.send(t, s.Transport())
		entries := s.Journal()
		require.Len(t, entries, before+1, c.name)
		assert.Equal(t, c.want, entries[before].Verdicts.String(), c.name)
	}
	assert.EqualValues(t, 5, s.Verdicts()[audit.AnchorMismatch]+s.Verdicts()[audit.AnchorMissing])
	assert.EqualValues(t, len(s.Journal())-2, s.Judged(), "two were no requests that could be read")
}

func availability(people int, window time.Duration) ews.Body {
	begin := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	b := ews.GetUserAvailability{FreeBusy: &ews.FreeBusyOptions{
		Window: ews.TimeWindow{Start: ews.WindowTime{Time: begin}, End: ews.WindowTime{Time: begin.Add(window)}}, View: "FreeBusy",
	}}
	for range people {
		b.Mailboxes = append(b.Mailboxes, ews.MailboxData{Email: ews.AvailabilityAddress{Address: target}, AttendeeType: "Required"})
	}
	return b
}

// Whoever sends a password over a network without TLS is told so.
func TestCredentialsInClearAreSeen(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	for remote, want := range map[string]string{"192.0.2.7:50000": "credentials-in-clear", "[::1]:50000": "", "127.0.0.1:50000": "", "in-process": ""} {
		p := polite(target, getInbox())
		r := httptest.NewRequest(p.method, p.url, bytes.NewReader(p.body))
		r.Header = p.header
		r.SetBasicAuth(p.user, p.password)
		r.RemoteAddr = remote
		s.ServeHTTP(httptest.NewRecorder(), r)
		entries := s.Journal()
		assert.Equal(t, want, entries[len(entries)-1].Verdicts.String(), remote)
	}
}

// A group's cookie is offered by the mock and remembered by the auditor.
func TestDroppedCookieIsSeen(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	subscribe := func(user, cookie string) answer {
		p := polite(user, ews.Subscribe{Streaming: &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}}}).
			with("X-PreferServerAffinity", "true").with("X-AnchorMailbox", target)
		if cookie != "" {
			p = p.with("Cookie", cookie)
		}
		return p.send(t, s.Transport())
	}
	cookie := subscribe(target, "").Cookies()[0]
	require.Equal(t, ews.CookieBackEndOverride, cookie.Name)
	subscribe("user000043@contoso.com", cookie.Name+"="+cookie.Value)
	assert.Empty(t, s.Verdicts())
	subscribe("user000044@contoso.com", "")
	assert.Equal(t, map[audit.ID]uint64{audit.AffinityCookieDropped: 1}, s.Verdicts())
}

// A full server is asked again at once, without a pause.
func TestRetryStormIsSeen(t *testing.T) {
	t.Parallel()
	topology := route.Topology{
		Service: route.Service{Default: route.Lognormal{Median: time.Hour}},
		Sites:   []route.Site{{Name: "a", FrontEnds: 1, BackEnds: []route.BackEnd{{Workers: 1, Queue: 1}}}},
	}
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, topology)
		for range 2 { // one at work, one in the queue
			go polite("user000001@contoso.com", getInbox()).send(t, s.Transport())
			time.Sleep(time.Millisecond) // or they would come at one instant, in the order of their ids
		}
		for range 5 {
			assert.Equal(t, 503, polite(target, getInbox()).send(t, s.Transport()).StatusCode)
		}
		assert.Equal(t, map[audit.ID]uint64{audit.BusyRetryStorm: 2}, s.Verdicts())
		time.Sleep(3 * time.Hour) // virtual ones, for the two under way to be answered before the bubble ends
	})
}

func TestWithoutAudit(t *testing.T) {
	t.Parallel()
	s, err := mockews.New(route.Topology{}, mockews.WithoutAudit())
	require.NoError(t, err)
	soap(target, getInbox()).send(t, s.Transport())
	assert.Empty(t, s.Verdicts())
	assert.Zero(t, s.Judged())
	assert.Zero(t, s.Journal()[0].Verdicts)
}
