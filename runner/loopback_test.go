package runner

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// serve serves on a loopback address until the test ends.
func serve(t testing.TB, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// folders answers every request with a folder.
func folders() http.HandlerFunc {
	answer := folderAnswer()
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		_, _ = w.Write(answer)
	}
}

// at is the pair of arms, each with a transport of its own, on a URL.
func at(t testing.TB, url string) []Arm {
	t.Helper()
	arms := pair(nil)
	for i := range arms {
		transport := NewTransport(nil)
		t.Cleanup(transport.CloseIdleConnections)
		arms[i].Target = Target{URL: url, Transport: transport}
	}
	return arms
}

func TestConnectionsAreCounted(t *testing.T) {
	t.Parallel()
	_, stats := run(t, Experiment{
		Plan: plan(t), Arms: at(t, serve(t, folders()).URL), MaxWorkers: 1, Calls: 50,
	})
	for _, a := range stats.Arms {
		assert.Equal(t, ArmStats{Name: a.Name, Sent: 50, Opened: 1, Reused: 49}, a)
	}
}

func TestArmsWithOneTransportShareItsConnections(t *testing.T) {
	t.Parallel()
	arms := at(t, serve(t, folders()).URL)
	arms[1].Target.Transport = arms[0].Target.Transport
	_, stats := run(t, Experiment{Plan: plan(t), Arms: arms, MaxWorkers: 1, Calls: 50})
	assert.Equal(t, int64(1), stats.Arms[0].Opened+stats.Arms[1].Opened)
	assert.Equal(t, int64(99), stats.Arms[0].Reused+stats.Arms[1].Reused)
}

func TestAnArmWithoutATransportGetsItsOwn(t *testing.T) {
	t.Parallel()
	arms := at(t, serve(t, folders()).URL)
	arms[0].Target.Transport, arms[1].Target.Transport = nil, nil
	_, stats := run(t, Experiment{Plan: plan(t), Arms: arms, MaxWorkers: 1, Calls: 5})
	assert.Equal(t, int64(1), stats.Arms[0].Opened)
	assert.Equal(t, int64(1), stats.Arms[1].Opened)
}

func TestAsFastAsPossibleOnASocket(t *testing.T) {
	t.Parallel()
	var under, most atomic.Int64
	inner := folders()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n := under.Add(1); n > most.Load() {
			most.Store(n)
		}
		inner(w, r)
		under.Add(-1)
	})
	kept, stats := run(t, Experiment{
		Plan: plan(t), Arms: at(t, server.URL), MaxWorkers: 4,
		Duration: 300 * time.Millisecond,
	})
	for _, s := range kept {
		require.Equal(t, s.Start, s.Due, "no due time: due when it starts")
		require.Equal(t, results.ClassOK, s.Class, s.Code)
	}
	assert.NotEmpty(t, kept)
	assert.LessOrEqual(t, most.Load(), int64(4))
	assert.Equal(t, stats.Arms[0].Sent, stats.Arms[1].Sent, "no group is cut by the end")
}

// Each of these is met by a client of a real server sooner or later.
func TestTransportErrorsHaveCodes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		handler http.HandlerFunc
		url     func(*httptest.Server) string // nil: the server's own
		class   results.Class
		code    string
	}{
		{"timeout", hang, nil, results.ClassTimeout, "timeout"},
		{"timeout within the answer", hangWithin, nil, results.ClassTimeout, "timeout"},
		{"closed without an answer", hangUp, nil, results.ClassError, "eof"},
		{"closed within the answer", hangUpWithin, nil, results.ClassError, "eof"},
		{"reset", reset, nil, results.ClassError, "reset"},
		{"refused", hang, refused, results.ClassError, "refused"},
		{"no TLS there", hang, overTLS, results.ClassError, "tls"},
		{"a login page", loginPage, nil, results.ClassError, "not_soap"},
		{"a redirect is not followed", redirect, nil, results.ClassError, "http_302"},
		{"a proxy's 502", badGateway, nil, results.ClassError, "http_502"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, tt.handler)
			url := server.URL
			if tt.url != nil {
				url = tt.url(server)
			}
			kept, _ := run(t, Experiment{
				Plan: plan(t), Arms: at(t, url)[:1], MaxWorkers: 1, Calls: 1, Timeout: 200 * time.Millisecond,
			})
			require.Len(t, kept, 1)
			assert.Equal(t, tt.class, kept[0].Class)
			assert.Equal(t, tt.code, kept[0].Code)
		})
	}
}

func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // else the server does not see the client go
	<-r.Context().Done()
}

func hangWithin(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write(folderAnswer()[:20])
	w.(http.Flusher).Flush()
	hang(w, r)
}

func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func hangUpWithin(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write(folderAnswer()[:20])
}

func reset(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

func loginPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = io.WriteString(w, "<!DOCTYPE html><html><body>Sign in</body></html>")
}

func redirect(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/elsewhere", http.StatusFound)
}

func badGateway(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }

func refused(server *httptest.Server) string {
	server.Close()
	return server.URL
}

func overTLS(server *httptest.Server) string {
	return strings.Replace(server.URL, "http:", "https:", 1)
}

// On a real socket the same holds as in a bubble: the answer is whole, whatever
// its size, and bytes are counted.
func TestLongAnswersAreReadWhole(t *testing.T) {
	t.Parallel()
	long := append(folderAnswer(), strings.Repeat(" ", 300_000)...)
	for name, length := range map[string]bool{"with a length": true, "in chunks": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				if !length {
					w.(http.Flusher).Flush()
				}
				_, _ = w.Write(long)
			})
			kept, _ := run(t, Experiment{
				Plan: plan(t), Arms: at(t, server.URL)[:1], MaxWorkers: 1, Calls: 3,
			})
			for _, s := range kept {
				assert.Equal(t, "ok", s.Code)
				assert.Equal(t, int64(len(long)), s.In)
				assert.Positive(t, s.Out)
			}
		})
	}
}

func TestServiceAccountAnchorOverTheWire(t *testing.T) {
	t.Parallel()
	got := make(chan string, 1)
	inner := folders()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got <- r.Header.Get("X-AnchorMailbox")
		inner(w, r)
	})
	arms := at(t, server.URL)[:1]
	arms[0].Anchor = scenarios.AnchorServiceAccount
	run(t, Experiment{Plan: plan(t), Arms: arms, MaxWorkers: 1, Calls: 1, Caller: "svc-bench@contoso.com"})
	assert.Equal(t, "svc-bench@contoso.com", <-got)
}
