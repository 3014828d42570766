package mockews

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

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
}

// Start serves the topology on a free port of 127.0.0.1 until the test ends.
func Start(tb TB, t route.Topology) *Running {
	tb.Helper()
	s, err := New(t)
	if err != nil {
		tb.Fatalf("%v", err)
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatalf("mockews: %v", err)
		return nil
	}
	web := &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() {
		if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			tb.Errorf("mockews: %v", err)
		}
	}()
	tb.Cleanup(func() { _ = web.Close() })
	running := &Running{Server: s, URL: "http://" + listener.Addr().String() + Path}
	tb.Logf("mockews: %s serves %s", running.URL, t.Name)
	return running
}
