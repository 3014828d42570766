package mockews

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"

	"github.com/ewsbench/ewsbench/mockews/route"
)

// TB is what Start needs of a testing.TB, so that this package does not link testing.
type TB interface {
	Helper()
	Cleanup(f func())
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Running is a server that listens on loopback.
type Running struct {
	*Server
	// URL is the EWS endpoint.
	URL string
	// Authority is what a client has to trust, nil without TLS.
	Authority *Authority
}

// Client is an HTTP client that trusts the server.
func (r *Running) Client() *http.Client {
	if r.Authority == nil {
		return &http.Client{}
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: r.Authority.Pool()}}}
}

// Start serves the topology on a free port of 127.0.0.1 until the test ends.
func Start(tb TB, t route.Topology, options ...Option) *Running {
	tb.Helper()
	return start(tb, t, nil, options)
}

// StartTLS is Start over TLS, with an authority of its own.
func StartTLS(tb TB, t route.Topology, options ...Option) *Running {
	tb.Helper()
	authority, err := NewAuthority(Hosts(t)...)
	if err != nil {
		tb.Fatalf("%v", err)
		return nil
	}
	return start(tb, t, authority, options)
}

func start(tb TB, t route.Topology, authority *Authority, options []Option) *Running {
	tb.Helper()
	s, err := New(t, options...)
	if err != nil {
		tb.Fatalf("%v", err)
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatalf("mockews: %v", err)
		return nil
	}
	scheme, web := "http://", s.HTTP()
	if authority != nil {
		scheme, listener = "https://", tls.NewListener(listener, authority.Config())
	}
	go func() {
		if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			tb.Errorf("mockews: %v", err)
		}
	}()
	tb.Cleanup(func() { _ = web.Close() })
	running := &Running{Server: s, URL: scheme + listener.Addr().String() + Path, Authority: authority}
	tb.Logf("mockews: %s serves %s", running.URL, t.Name)
	return running
}
