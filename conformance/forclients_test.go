package conformance_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/internal/refclient"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/results"
)

// side are the other rules that a client with a defect breaks, because it cannot but.
func side() map[audit.ID][]audit.ID {
	return map[audit.ID][]audit.ID{
		audit.AffinityWithoutAnchor: {audit.AnchorMissing},
		audit.OversizedSyncPage:     {audit.SchemaViolation},
		audit.OversizedGroup:        {audit.TooManySubscriptions},
	}
}

// network makes an in-process transport look like one to another machine: with addresses, connections that are kept, and TLS where the
// URL says so.
func network(server http.Handler) http.RoundTripper {
	var fresh atomic.Int64
	return mockews.TransportTo(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		port := int64(1024)
		if r.Close {
			port += fresh.Add(1)
		}
		r.RemoteAddr = fmt.Sprintf("192.0.2.7:%d", port)
		if r.URL.Scheme == "https" {
			r.TLS = &tls.ConnectionState{}
		}
		defer func() {
			broken := recover()
			if err, ok := broken.(error); broken != nil && (!ok || !errors.Is(err, http.ErrAbortHandler)) { // with which net/http ends a connection
				panic(broken)
			}
		}()
		server.ServeHTTP(w, r)
	}))
}

// trial lets the reference client go through a case in virtual time.
func trial(t *testing.T, c conformance.Case, defect audit.ID) (seen conformance.Trial) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		topology := topologyOf(t, c)
		server, err := mockews.New(topology, mockews.WithSituations())
		require.NoError(t, err)
		config := refclient.Config{
			URL: "https://mock" + mockews.Path, User: "svc-bench@contoso.com", Password: "ewsbench", Case: c.Name, Defect: string(defect),
			TokenURL: "https://mock/contoso.com/oauth2/v2.0/token", ClientID: mockews.DefaultApp, ClientSecret: mockews.DefaultSecret,
			Transport: network(server), Targets: targets(c.Aliases),
		}
		err = refclient.Run(t.Context(), config)
		if err != nil {
			t.Logf("%s: %v", c.Name, err)
		}
		synctest.Wait()
		server.FinishAudit()
		seen.Sight = conformance.Sight{Requests: server.Judged(), Broken: server.Verdicts(), Met: server.Met()}
	})
	return seen
}

func topologyOf(t *testing.T, c conformance.Case) (topology route.Topology) {
	t.Helper()
	if c.Topology == "" {
		return topology
	}
	topology, err := route.Parse(c.Name, []byte(c.Topology))
	require.NoError(t, err)
	return topology
}

func targets(aliases bool) (all []string) {
	domain := "contoso.com"
	if aliases {
		domain = "mail.contoso.com"
	}
	for i := range 10 {
		all = append(all, fmt.Sprintf("user%06d@%s", i+1, domain))
	}
	return all
}

func caseOf(t *testing.T, name string) conformance.Case {
	t.Helper()
	i := slices.IndexFunc(conformance.Cases(), func(c conformance.Case) bool { return c.Name == name })
	require.GreaterOrEqual(t, i, 0)
	return conformance.Cases()[i]
}

// A client that does everything right passes each clause: none is broken, and each is tried.
func TestReferenceClientPasses(t *testing.T) {
	t.Parallel()
	suite := conformance.ClientSuite{Clauses: conformance.ForClients(), Try: func(_ context.Context, c conformance.Case) (conformance.Trial, error) {
		seen := trial(t, c, "")
		assert.Empty(t, seen.Broken, c.Name)
		return seen, nil
	}}
	out := suite.Run(t.Context())
	assert.Len(t, out.Findings, len(audit.Rules()))
	for _, f := range out.Findings {
		assert.Equal(t, results.Pass, f.Status, "%s: %s", f.Clause, f.Reason)
	}
	assert.Equal(t, "pass", out.Verdict())
}

// TestClientSaboteurs gives the reference client the defect of each clause in turn: that clause fails, and with it those alone that are
// named.
func TestClientSaboteurs(t *testing.T) {
	t.Parallel()
	caught := 0
	clauses := conformance.ForClients()
	t.Run("each", func(t *testing.T) {
		for _, clause := range clauses {
			t.Run(string(clause.ID), func(t *testing.T) {
				seen := trial(t, caseOf(t, clause.Case), clause.ID)
				var got []audit.ID
				for id := range seen.Broken {
					got = append(got, id)
				}
				if assert.ElementsMatch(t, append([]audit.ID{clause.ID}, side()[clause.ID]...), got) &&
					assert.Equal(t, results.Fail, clause.Judge(seen.Sight, "").Status) {
					caught++
				}
			})
		}
	})
	t.Logf("%d of %d saboteurs of clients caught: mutation score %d %%", caught, len(clauses), 100*caught/len(clauses))
}

func TestSelectClient(t *testing.T) {
	t.Parallel()
	all := conformance.ForClients()
	ids := func(words ...string) (ids []string) {
		chosen, unmatched := conformance.SelectClient(all, words)
		for _, c := range chosen {
			ids = append(ids, string(c.ID))
		}
		for _, word := range unmatched {
			ids = append(ids, "no "+word)
		}
		return ids
	}
	assert.Len(t, ids(), len(all))
	assert.Equal(t, []string{"anchor-missing"}, ids("anchor-missing"))
	assert.Equal(t, []string{"anchor-missing", "anchor-mismatch", "anchor-malformed", "anchor-unknown"}, ids("anchor"))
	assert.Equal(t, []string{"dead-subscription-reused", "old-watermark-kept"}, ids("subscription-lost"))
	assert.Equal(t, []string{"no anch"}, ids("anch"))
	for _, c := range conformance.ClientAtLeast(all, conformance.Must) {
		assert.Equal(t, conformance.Must, c.Level)
	}
	assert.Len(t, conformance.ClientAtLeast(all, conformance.Should), len(all))
}

// Cases are whole: each can be asked for, and says what a program is to do.
func TestCasesAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range conformance.Cases() {
		assert.Regexp(t, `^[a-z]+(-[a-z]+)*$`, c.Name)
		assert.False(t, seen[c.Name], c.Name)
		seen[c.Name] = true
		assert.NotEmpty(t, c.Task, c.Name)
		assert.NotEmpty(t, c.Server, c.Name)
		assert.False(t, strings.HasSuffix(c.Task+c.Server, "."), c.Name)
		topologyOf(t, c)
	}
}
