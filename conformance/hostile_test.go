package conformance_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/results"
)

// badly answers once a suite has met the server.
type badly struct {
	http.RoundTripper
	after int
	how   func(*http.Request) (*http.Response, error)
}

func (b *badly) RoundTrip(r *http.Request) (*http.Response, error) {
	if b.after > 0 {
		b.after--
		return b.RoundTripper.RoundTrip(r)
	}
	return b.how(r)
}

// answer is one of a server that does not play by the rules.
func answer(r *http.Request, status int, body io.Reader) *http.Response {
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", Header: http.Header{"Content-Type": {"text/html"}}, Request: r,
		Body: io.NopCloser(body), ContentLength: -1,
	}
}

// endless is a body that never ends.
type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) { return copy(p, e.text), nil }

// hanging is a body of which nothing comes until the request is given up.
type hanging struct{ r *http.Request }

func (h hanging) Read([]byte) (int, error) {
	<-h.r.Context().Done()
	return 0, h.r.Context().Err()
}

// TestHostileServers lets a server misbehave: it costs each clause its own time limit and nothing more, and passes for no verdict.
func TestHostileServers(t *testing.T) {
	t.Parallel()
	const limit = 5 * time.Second
	clauses, _ := conformance.Select(conformance.Server(), []string{"imp.scope", "batch", "notify.stream"})
	for _, c := range []struct {
		name string
		how  func(*http.Request) (*http.Response, error)
		want results.Status
	}{
		{"hangs", func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}, results.Errored},
		{"hangs amid the body", func(r *http.Request) (*http.Response, error) {
			return answer(r, 200, io.MultiReader(strings.NewReader("<s:Envelope"), hanging{r})), nil
		}, results.Errored},
		{"resets", func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, results.Errored},
		{"resets amid the body", func(r *http.Request) (*http.Response, error) {
			return answer(r, 200, io.MultiReader(strings.NewReader("<s:Envelope"), broken{})), nil
		}, results.Errored},
		{"answers in HTML", func(r *http.Request) (*http.Response, error) {
			return answer(r, 200, strings.NewReader("<html><body>Welcome</body></html>")), nil
		}, results.Fail},
		{"never ends", func(r *http.Request) (*http.Response, error) { return answer(r, 200, endless{"<a>"}), nil }, results.Errored},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := mock(t, flavour.Exchange2019)
				w := world(server, server)
				bad := &badly{after: 1, how: c.how, RoundTripper: w.Accounts[conformance.Service].Transport}
				for role, account := range w.Accounts {
					account.Transport = bad
					w.Accounts[role] = account
				}
				suite := conformance.Suite{World: w, Clauses: clauses, Limit: limit}
				identity, err := suite.Meet(t.Context())
				require.NoError(t, err)
				began := time.Now()
				found := suite.Run(t.Context(), identity)
				assert.LessOrEqual(t, time.Since(began), time.Duration(len(clauses))*2*limit, "its own limit, and as long again to clear up")
				for _, f := range found.Findings {
					assert.Contains(t, []results.Status{c.want, results.Errored}, f.Status, "%s: %s", f.Clause, f.Reason)
				}
				assert.NotEqual(t, "pass", found.Verdict())
			})
		})
	}
}

// broken is a connection that ends.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
