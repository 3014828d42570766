package mockews_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const ms = time.Millisecond

// twoSites is an organisation in which reading a request takes 2 ms, each operation 20 ms, and the
// hop between its two back ends 10 ms.
func twoSites(rules ...fault.Rule) route.Topology {
	site := func(name string) route.Site {
		return route.Site{Name: name, FrontEnds: 1, BackEnds: []route.BackEnd{{}}}
	}
	return route.Topology{
		Parse: 2 * ms, Service: route.Service{Default: route.Lognormal{Median: 20 * ms}}, Sites: []route.Site{site("a"), site("b")},
		Links: []route.Link{{Between: []string{"a", "b"}, RTT: 10 * ms}}, Faults: rules,
	}
}

// elsewhere is a user whose mailbox is not where the service account's is.
func elsewhere(s *mockews.Server) string {
	for user := route.Principal(1); ; user++ {
		if home, _ := s.Organisation().Home(user); home == 1 {
			return s.Organisation().Address(user)
		}
	}
}

// met is what a client saw of a call.
type met struct {
	err  error // of the round trip, or of reading the body
	took time.Duration
	answer
}

// try sends a request and lets it fail, with a second of patience.
func try(t testing.TB, transport http.RoundTripper, p probe) (m met) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, p.method, p.url, bytes.NewReader(p.body))
	require.NoError(t, err)
	r.Header = p.header.Clone()
	r.SetBasicAuth(p.user, p.password)
	begin := time.Now()
	defer func() { m.took = time.Since(begin) }()
	m.Response, m.err = transport.RoundTrip(r)
	if m.err != nil {
		return m
	}
	defer func() { _ = m.Body.Close() }()
	m.body, m.err = io.ReadAll(m.Body)
	return m
}

// unanchored is a call that is proxied to the other site: 34 ms without any fault.
func unanchored(s *mockews.Server) probe {
	p := soap(elsewhere(s), getInbox())
	p.header.Del("X-AnchorMailbox")
	return p
}

// What each kind of fault does to a proxied call: what the client sees, when, and what the journal says.
func TestFaultKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		fault  fault.Fault
		status int // 0: no answer
		code   ews.Code
		err    error
		took   time.Duration
		final  string
	}{
		{"none", fault.Fault{None: &fault.None{}}, 200, "", nil, 34 * ms, "B-BE1"},
		{"latency", fault.Fault{Latency: &fault.Latency{Fixed: 70 * ms}}, 200, "", nil, 104 * ms, "B-BE1"},
		{"soap", fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy}}, 500, ews.ErrorServerBusy, nil, 14 * ms, "B-BE1"},
		{"soap 503", fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy, Status: 503}}, 503, ews.ErrorServerBusy, nil, 14 * ms, "B-BE1"},
		{"message", fault.Fault{Message: &fault.Message{Code: ews.ErrorItemNotFound}}, 200, ews.ErrorItemNotFound, nil, 14 * ms, "B-BE1"},
		{"page", fault.Fault{Page: &fault.Page{}}, 503, "", nil, 2 * ms, "A-BE1"},
		{"page 500", fault.Fault{Page: &fault.Page{Status: 500}}, 500, "", nil, 2 * ms, "A-BE1"},
		{"wrong site", fault.Fault{WrongSite: &fault.WrongSite{}}, 500, ews.ErrorNoRespondingCASInDestinationSite, nil, 2 * ms, "A-BE1"},
		{"token lost", fault.Fault{TokenLost: &fault.TokenLost{}}, 500, ews.ErrorInvalidExchangeImpersonationHeaderData, nil, 14 * ms, "B-BE1"},
		{"chosen back end down", fault.Fault{BackEndDown: &fault.BackEndDown{Name: "A-BE1"}}, 503, "", nil, 0, ""},
		{"right back end down", fault.Fault{BackEndDown: &fault.BackEndDown{Name: "B-BE1"}}, 500, ews.ErrorProxyCallFailed, nil, 2 * ms, "A-BE1"},
		{"link down", fault.Fault{LinkDown: &fault.LinkDown{Between: []string{"a", "b"}}}, 500, ews.ErrorNoRespondingCASInDestinationSite, nil, 2 * ms, "A-BE1"},
		{"reset", fault.Fault{Reset: &fault.Reset{}}, 0, "", syscall.ECONNRESET, 0, "A-BE1"},
		{"late reset", fault.Fault{Reset: &fault.Reset{Worked: true}}, 0, "", syscall.ECONNRESET, 34 * ms, "B-BE1"},
		{"half", fault.Fault{Half: &fault.Half{}}, 200, "", io.ErrUnexpectedEOF, 34 * ms, "B-BE1"},
		{"drip", fault.Fault{Drip: &fault.Drip{Bytes: 1000, Pause: 50 * ms}}, 200, "", nil, 84 * ms, "B-BE1"},
		{"hang", fault.Fault{Hang: &fault.Hang{}}, 0, "", context.DeadlineExceeded, time.Second, "A-BE1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newServer(t, twoSites(fault.Rule{Name: "bad day", Fault: c.fault}))
				m := try(t, s.Transport(), unanchored(s))
				assert.Equal(t, c.took, m.took)
				require.ErrorIs(t, m.err, c.err)
				if c.status != 0 {
					assert.Equal(t, c.status, m.StatusCode)
					assert.Equal(t, c.code, m.outcome().Code())
					assert.Equal(t, c.err == nil && c.status == 200 && c.code == "", m.outcome().OK())
				}
				synctest.Wait()
				entries := s.Journal()
				require.Len(t, entries, 1)
				assert.Equal(t, []string{"bad day"}, entries[0].Faults)
				assert.Equal(t, c.final, entries[0].Final)
				if c.name == "half" {
					assert.NotEmpty(t, m.body)
				}
			})
		})
	}
}

// What has no socket in a bubble behaves on a real one alike.
func TestFaultsOnSockets(t *testing.T) {
	t.Parallel()
	mx := mockews.Start(t, route.Topology{})
	p := soap(target, getInbox())
	p.url = mx.URL
	for _, c := range []struct {
		name  string
		fault fault.Fault
		err   error
	}{
		{"reset", fault.Fault{Reset: &fault.Reset{}}, syscall.ECONNRESET},
		{"late reset", fault.Fault{Reset: &fault.Reset{Worked: true}}, syscall.ECONNRESET},
		{"half", fault.Fault{Half: &fault.Half{}}, io.ErrUnexpectedEOF},
		{"drip", fault.Fault{Drip: &fault.Drip{Bytes: 400, Pause: ms}}, nil},
		{"hang", fault.Fault{Hang: &fault.Hang{}}, context.DeadlineExceeded},
	} {
		off := mx.Inject(fault.Rule{Fault: c.fault})
		m := try(t, http.DefaultTransport, p)
		require.ErrorIs(t, m.err, c.err, c.name)
		if c.name == "half" {
			assert.Contains(t, string(m.body), "<?xml")
			assert.NotContains(t, string(m.body), "</s:Envelope>")
		}
		off()
		assert.True(t, p.send(t, http.DefaultTransport).outcome().OK(), "the rule is out")
	}
}

// bare hides what a response writer can do beyond the bare minimum.
type bareWriter struct{ http.ResponseWriter }

func TestConnectionThatCannotBeTakenOverIsAborted(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{Faults: []fault.Rule{{Fault: fault.Fault{Reset: &fault.Reset{}}}}})
	p := soap(target, getInbox())
	r, err := http.NewRequestWithContext(t.Context(), p.method, p.url, bytes.NewReader(p.body))
	require.NoError(t, err)
	r.SetBasicAuth(p.user, p.password)
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { s.ServeHTTP(bareWriter{}, r) })
}

func TestInject(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, route.Topology{})
		code := func() ews.Code {
			o, _ := do(t, s, target, getInbox())
			return o.Code()
		}
		busy := fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy, BackOff: 5 * time.Second}}
		off := s.Inject(fault.Rule{Fault: busy})
		assert.Len(t, s.Faults(), 1)
		o, _ := do(t, s, target, getInbox())
		assert.Equal(t, ews.ErrorServerBusy, o.Code())
		assert.Equal(t, 5*time.Second, o.BackOff())
		off()
		assert.Empty(t, code())

		s.Inject(fault.Rule{Fault: busy, TTL: time.Minute})
		assert.Equal(t, ews.ErrorServerBusy, code())
		time.Sleep(time.Minute)
		assert.Empty(t, code(), "its time is over")
		assert.Nil(t, s.Journal()[3].Faults)

		s.Inject(fault.Rule{Fault: busy, Match: fault.Match{After: 2 * time.Minute}})
		assert.Empty(t, code())
		time.Sleep(time.Minute)
		assert.Equal(t, ews.ErrorServerBusy, code(), "two minutes after the start of the server")
	})
}

func TestInjectRefusesNonsense(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	bad := fault.Rule{Match: fault.Match{BackEnd: "SITE-BE9"}, Fault: fault.Fault{Hang: &fault.Hang{}}}
	const want = `mockews: fault: match.back_end: there is no back end "SITE-BE9", did you mean "SITE-BE1"?`
	_, err := s.TryInject(bad)
	require.EqualError(t, err, want)
	assert.PanicsWithValue(t, want, func() { s.Inject(bad) })
	assert.Empty(t, s.Faults())
	_, err = mockews.New(route.Topology{Faults: []fault.Rule{bad}})
	assert.ErrorContains(t, err, `faults[0].match.back_end: there is no back end "SITE-BE9"`)
}

// A rule sees the anchor as the front end does.
func TestFaultsByAnchor(t *testing.T) {
	t.Parallel()
	for anchor, header := range map[fault.Anchor]string{
		fault.AnchorCorrect: target, fault.AnchorWrong: "user000043@contoso.com", fault.AnchorUnknown: "nobody@contoso.com", fault.AnchorMissing: "",
	} {
		s := newServer(t, route.Topology{Faults: []fault.Rule{{Match: fault.Match{Anchor: anchor}, Fault: fault.Fault{None: &fault.None{}}}}})
		for _, sent := range []string{target, "user000043@contoso.com", "nobody@contoso.com", ""} {
			p := soap(target, getInbox())
			p.header.Del("X-AnchorMailbox")
			if sent != "" {
				p = p.with("X-AnchorMailbox", sent)
			}
			p.send(t, s.Transport())
			entries := s.Journal()
			assert.Equal(t, sent == header, len(entries[len(entries)-1].Faults) > 0, "rule for %s, anchor %q", anchor, sent)
			s = newServer(t, s.Organisation().Topology())
		}
	}
}

// messages are the codes of a GetFolder for three folders whose answer is spoilt.
func messages(t *testing.T, m fault.Message, body ews.Body) (codes []ews.Code) {
	t.Helper()
	s := newServer(t, route.Topology{Faults: []fault.Rule{{Fault: fault.Fault{Message: &m}}}})
	o, _ := do(t, s, target, body)
	assert.Equal(t, 200, o.HTTP)
	for _, sent := range o.Messages {
		codes = append(codes, sent.Code)
	}
	return codes
}

func TestPartsOfARequestFail(t *testing.T) {
	t.Parallel()
	three := ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox, inbox, inbox}}
	const none, gone, stop = ews.NoError, ews.ErrorItemNotFound, ews.ErrorBatchProcessingStopped
	for _, c := range []struct {
		name    string
		message fault.Message
		want    []ews.Code
	}{
		{"all", fault.Message{Code: gone}, []ews.Code{gone, gone, gone}},
		{"second", fault.Message{Code: gone, Part: 2}, []ews.Code{none, gone, none}},
		{"a fourth that is not there", fault.Message{Code: gone, Part: 4}, []ews.Code{none, none, none}},
		{"second, which stops the batch", fault.Message{Code: ews.ErrorMailboxStoreUnavailable, Part: 2}, []ews.Code{none, ews.ErrorMailboxStoreUnavailable, stop}},
		{"first, which stops the batch", fault.Message{Code: ews.ErrorConnectionFailed}, []ews.Code{ews.ErrorConnectionFailed, stop, stop}},
	} {
		assert.Equal(t, c.want, messages(t, c.message, three), c.name)
	}
}

func TestPartsOfEveryOperationFail(t *testing.T) {
	t.Parallel()
	for _, body := range []ews.Body{
		getInbox(),
		ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(3)}},
		ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Items: []ews.ItemRef{{ID: "x"}}},
		ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}},
		ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: inbox}, MaxChanges: 3},
		ews.GetUserOofSettings{Mailbox: target},
		ews.SetUserOofSettings{Mailbox: target, Settings: ews.OofSettings{State: ews.OofEnabled}},
	} {
		assert.Equal(t, []ews.Code{ews.ErrorServerBusy}, messages(t, fault.Message{Code: ews.ErrorServerBusy}, body), body.Op())
	}
}

// What is refused is not done; what was done before its answer got lost is.
func TestFaultsAndWork(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault fault.Fault
		done  bool
	}{
		{"message", fault.Fault{Message: &fault.Message{Code: ews.ErrorServerBusy}}, false},
		{"soap", fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy}}, false},
		{"reset", fault.Fault{Reset: &fault.Reset{}}, false},
		{"late reset", fault.Fault{Reset: &fault.Reset{Worked: true}}, true},
		{"half", fault.Fault{Half: &fault.Half{}}, true},
	} {
		s := newServer(t, route.Topology{})
		off := s.Inject(fault.Rule{Fault: c.fault})
		try(t, s.Transport(), soap(target, ews.SetUserOofSettings{Mailbox: target, Settings: ews.OofSettings{State: ews.OofEnabled}}))
		off()
		_, body := do(t, s, target, ews.GetUserOofSettings{Mailbox: target})
		assert.Equal(t, c.done, bytes.Contains(body, []byte("Enabled")), c.name)
	}
}

// The same calls meet the same faults, whatever the scheduler does.
func TestFaultsAreDeterministic(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site")
	topology.Faults = []fault.Rule{
		{Name: "late", Probability: 0.3, Fault: fault.Fault{Latency: &fault.Latency{Lognormal: fault.Lognormal{Median: 30 * ms, Sigma: 1}}}},
		{Name: "token", Probability: 0.2, Fault: fault.Fault{TokenLost: &fault.TokenLost{}}},
		{Name: "seventh", Match: fault.Match{Every: 7}, Fault: fault.Fault{Page: &fault.Page{}}},
		{Name: "outage", Match: fault.Match{After: 100 * ms, Until: 200 * ms}, Fault: fault.Fault{BackEndDown: &fault.BackEndDown{Name: "EAST-BE1"}}},
	}
	topology.Faults[3].Fault.BackEndDown.Name = newServer(t, profile(t, "onprem-2site")).Organisation().BackEnd(1).Name
	first := journalOf(t, topology, true)
	seen := map[string]int{}
	for _, e := range first {
		for _, name := range e.Faults {
			seen[name]++
		}
	}
	assert.Len(t, seen, 4, "each rule has hit: %v", seen)
	for range 10 {
		require.True(t, reflect.DeepEqual(first, journalOf(t, topology, true)))
	}
}

// Rules come and go while 16 clients send.
func TestInjectUnderLoad(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	var clients sync.WaitGroup
	for i := range 16 {
		clients.Go(func() {
			for j := range 20 {
				off := s.Inject(fault.Rule{Name: fmt.Sprint(i), Match: fault.Match{Every: 3}, Probability: 0.5, Fault: fault.Fault{Half: &fault.Half{}}})
				m := try(t, s.Transport(), soap(fmt.Sprintf("user%06d@contoso.com", j+1), getInbox()))
				if m.err != nil && !errors.Is(m.err, io.ErrUnexpectedEOF) {
					t.Error(m.err)
				}
				off()
			}
		})
	}
	clients.Wait()
	assert.Empty(t, s.Faults())
	assert.Len(t, s.Journal(), 320)
}
