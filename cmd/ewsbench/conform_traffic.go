package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/results"
)

// auditMock lets the mock answer until it is interrupted, and judges whatever came.
func (a *app) auditMock(ctx context.Context, f conformClientFlags, suite *conformance.ClientSuite) (results.Conformity, error) {
	if err := f.checkListen(); err != nil {
		return results.Conformity{}, err
	}
	t, err := topology(f.profile)
	if err != nil {
		return results.Conformity{}, err
	}
	server, err := serve(t, f.listen, nil, mockews.WithSituations())
	if err != nil {
		return results.Conformity{}, err
	}
	defer server.stop()
	voice := &crier{app: a, quiet: f.quiet}
	shown := &witness{live: func(e *mockews.Entry) { voice.cry(e.Op, e.Verdicts) }}
	server.mock.Observe(shown.observe)
	began := time.Now()
	a.say("mock %s answers at %s and judges what comes, until it is interrupted", f.profile, server.url)
	if err := server.wait(ctx); err != nil {
		return results.Conformity{}, err
	}
	server.stop()
	c := suite.JudgeTraffic(sightOf(server.mock, shown), began)
	c.Target = "whatever came to mock " + f.profile
	return c, nil
}

// auditUpstream lets a real server answer, until the command has ended or it is interrupted, and judges what passed through.
func (a *app) auditUpstream(ctx context.Context, f conformClientFlags, suite *conformance.ClientSuite, command []string) (results.Conformity, error) {
	if err := f.checkListen(); err != nil {
		return results.Conformity{}, err
	}
	gone := &outage{app: a}
	proxy, err := f.proxy(gone)
	if err != nil {
		return results.Conformity{}, err
	}
	voice := &crier{app: a, quiet: f.quiet}
	seer := &conformance.Seer{Next: proxy, Verdict: voice.cry}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.listen)
	if err != nil {
		return results.Conformity{}, failure(fmt.Errorf("conform: %w", err), "choose another address with --listen; port 0 takes a free one")
	}
	server := &served{
		url:  "http://" + listener.Addr().String() + endpoint,
		http: &http.Server{Handler: seer, ReadHeaderTimeout: 10 * time.Second}, ended: make(chan error, 1),
	}
	go func() { server.ended <- server.http.Serve(listener) }()
	defer server.stop()
	began := time.Now()
	a.say("%s leads to %s, and what comes is judged", server.url, f.upstream)
	if len(command) > 0 {
		if _, err := a.runCase(ctx, f.limit, command, []string{"EWS_URL=" + server.url}); err != nil && ctx.Err() == nil {
			return results.Conformity{}, failure(fmt.Errorf("conform: %w", err), "is %s on the PATH?", command[0])
		}
	} else if err := server.wait(ctx); err != nil {
		return results.Conformity{}, err
	}
	server.stop()
	if err := gone.whole(); err != nil {
		return results.Conformity{}, failure(fmt.Errorf("conform: %s never answered: %w", f.upstream, err), "is the address right, and is --ca-file needed?")
	}
	c := suite.JudgeTraffic(seer.Sight(), began)
	c.Target = "whatever came for " + f.upstream
	return c, nil
}

// checkListen refuses addresses beyond loopback: credentials would come in clear.
func (f *conformClientFlags) checkListen() error {
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return usageError(fmt.Errorf("--listen: %w", err), "such as 127.0.0.1:8080")
	}
	if !isLoopback(host) {
		return usageError(fmt.Errorf("--listen %s is not a loopback address", f.listen), "clients would send their credentials over the network in clear")
	}
	return nil
}

// proxy hands requests on to the upstream as they are, and its answers part by part.
func (f *conformClientFlags) proxy(gone *outage) (http.Handler, error) {
	u, err := checkURL("--upstream", f.upstream, f.allowRemote)
	if err != nil {
		return nil, err
	}
	config, err := trust(f.caFile)
	if err != nil {
		return nil, err
	}
	upstream := &url.URL{Scheme: u.Scheme, Host: u.Host}
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(upstream)
			r.Out.Host = upstream.Host
		},
		Transport:     plain(config, !isLoopback(u.Hostname())),
		FlushInterval: -1, // streams pass through
		ErrorLog:      log.New(io.Discard, "", 0),
		ModifyResponse: func(r *http.Response) error {
			gone.answered.Store(true)
			return unlockCookies(r)
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			gone.note(upstream.Host, err)
			w.WriteHeader(http.StatusBadGateway)
		},
	}, nil
}

// outage remembers whether an upstream has ever answered.
type outage struct {
	app      *app
	answered atomic.Bool
	mu       sync.Mutex
	last     error
}

// note says that there was no answer, unless it is the client that has gone.
func (o *outage) note(host string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	o.app.say("no answer from %s: %v", host, err)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = err
}

// whole is the last error if there was nothing else.
func (o *outage) whole() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.answered.Load() {
		return nil
	}
	return o.last
}

// unlockCookies lets a client return cookies that a server sets for https alone: the way to the proxy is plain, and ends on this machine.
func unlockCookies(r *http.Response) error {
	for i, line := range r.Header["Set-Cookie"] {
		parts := strings.Split(line, ";")
		kept := parts[:0]
		for _, part := range parts {
			if !strings.EqualFold(strings.TrimSpace(part), "secure") {
				kept = append(kept, part)
			}
		}
		r.Header["Set-Cookie"][i] = strings.Join(kept, ";")
	}
	return nil
}

// cries is how many times a rule is cried out before it is only counted.
const cries = 3

// crier says on stderr which rules are broken, while they are.
type crier struct {
	app   *app
	quiet bool
	mu    sync.Mutex
	cried map[audit.ID]int
}

func (c *crier) cry(op ews.Op, given audit.Verdicts) {
	if c.quiet {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cried == nil {
		c.cried = map[audit.ID]int{}
	}
	for _, id := range given.IDs() {
		switch c.cried[id]++; {
		case c.cried[id] < cries:
			c.app.say("%s: %s", op, id)
		case c.cried[id] == cries:
			c.app.say("%s: %s, which is only counted from now on", op, id)
		}
	}
}
