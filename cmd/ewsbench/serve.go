package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// endpoint is the path of EWS on every Exchange server since 2007.
const endpoint = "/EWS/Exchange.asmx"

// topology finds a profile: a built-in one by its bare name, or a file.
func topology(profile string) (route.Topology, error) {
	if strings.ContainsAny(profile, `/\`) || strings.HasSuffix(profile, ".yaml") {
		data, err := os.ReadFile(profile)
		if err != nil {
			return route.Topology{}, usageError(fmt.Errorf("profile: %w", err), "name a readable YAML file, or one of %s", strings.Join(mockews.Profiles(), ", "))
		}
		t, err := route.Parse(profile, data)
		if err != nil {
			return t, usageError(err, "docs/mock.md describes a profile key by key")
		}
		return t, nil
	}
	t, err := mockews.Profile(profile)
	if err != nil {
		return t, usageError(err, "the profiles are %s; a file needs a / or .yaml in its name", strings.Join(mockews.Profiles(), ", "))
	}
	return t, nil
}

// served is a mock server behind a real listener.
type served struct {
	url   string
	mock  *mockews.Server
	http  *http.Server
	ended chan error
}

// serve starts a mock on an address; port 0 takes a free one. With an authority it speaks TLS.
func serve(t route.Topology, address string, authority *mockews.Authority, options ...mockews.Option) (*served, error) {
	mock, err := mockews.New(t, options...)
	if err != nil {
		return nil, usageError(err, "docs/mock.md describes a profile key by key")
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", address)
	if err != nil {
		return nil, failure(fmt.Errorf("mock: %w", err), "choose another address with --listen; port 0 takes a free one")
	}
	s := &served{url: "http://" + listener.Addr().String() + endpoint, mock: mock, http: mock.HTTP(), ended: make(chan error, 1)}
	if authority != nil {
		s.url = "https://" + listener.Addr().String() + endpoint
		listener = tls.NewListener(listener, authority.Config())
	}
	go func() { s.ended <- s.http.Serve(listener) }()
	return s, nil
}

// stop lets calls that are being answered end, for a moment, then closes.
func (s *served) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		_ = s.http.Close() // the listener is closed already; what is left are hung calls
	}
}

// wait returns when the context ends, or when the server fails by itself.
func (s *served) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.ended:
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return failure(fmt.Errorf("mock: %w", err), "is the address still there?")
	}
}
