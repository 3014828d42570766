package mockews_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const (
	bench    = "svc-bench@contoso.com"
	endpoint = "http://mock" + mockews.Path
)

// probe is a request that a test changes before it sends it.
type probe struct {
	method, url    string
	user, password string
	header         http.Header
	body           []byte
}

// answer is what came back, read to its end.
type answer struct {
	*http.Response
	body []byte
}

func newServer(t testing.TB, topology route.Topology) *mockews.Server {
	s, err := mockews.New(topology)
	require.NoError(t, err)
	return s
}

func profile(t testing.TB, name string) route.Topology {
	topology, err := mockews.Profile(name)
	require.NoError(t, err)
	return topology
}

// soap is a request of the service account that acts as a user, with the right anchor.
func soap(user string, body ews.Body) probe {
	r := ews.Request{Impersonate: ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: user}, Body: body}
	return probe{
		method: http.MethodPost, url: endpoint, user: bench, password: "ewsbench",
		header: http.Header{"X-Anchormailbox": {user}, "Content-Type": {ews.ContentType}}, body: r.Append(nil),
	}
}

func (p probe) with(key, value string) probe {
	p.header = p.header.Clone()
	p.header.Set(key, value)
	return p
}

func (p probe) send(t testing.TB, transport http.RoundTripper) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), p.method, p.url, bytes.NewReader(p.body))
	require.NoError(t, err)
	r.Header = p.header.Clone()
	if p.user != "" {
		if r.Header == nil {
			r.Header = http.Header{}
		}
		r.SetBasicAuth(p.user, p.password)
	}
	response, err := transport.RoundTrip(r)
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return answer{Response: response, body: body}
}

func (a answer) outcome() ews.Outcome { return ews.Classify(a.StatusCode, a.Header, a.body) }

// do sends a request and returns its outcome and body.
func do(t testing.TB, s *mockews.Server, user string, body ews.Body) (ews.Outcome, []byte) {
	t.Helper()
	a := soap(user, body).send(t, s.Transport())
	return a.outcome(), a.body
}

var inbox = ews.FolderID{Distinguished: "inbox"}

func getInbox() ews.Body {
	return ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{inbox}}
}
