// Package refclient is a client of Exchange Web Services that does everything as
// public documents ask for, and can be given one defect at a time. It is for the
// tests of what judges clients: for each clause there is a defect under which
// that clause fails.
package refclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Config is what a client works with.
type Config struct {
	URL, User, Password string
	Targets             []string // mailboxes to impersonate
	// TokenURL, ClientID and ClientSecret are of an application.
	TokenURL, ClientID, ClientSecret string
	// Case is what to do: the name of a case of package conformance.
	Case string
	// Defect is the id of the rule to break; empty: none.
	Defect string
	// Transport sends the requests. nil: one of its own.
	Transport http.RoundTripper
}

// FromEnv is what the environment of a case says.
func FromEnv(get func(string) string) Config {
	return Config{
		URL: get("EWS_URL"), User: get("EWS_USER"), Password: get("EWS_PASS"), Targets: strings.Split(get("EWS_TARGETS"), ","),
		TokenURL: get("EWS_TOKEN_URL"), ClientID: get("EWS_CLIENT_ID"), ClientSecret: get("EWS_CLIENT_SECRET"), Case: get("EWS_CASE"),
	}
}

// ErrUnsupported is the error for a case that the client does not know.
var ErrUnsupported = errors.New("refclient: there is no such case")

// Run does what the case asks for.
func Run(ctx context.Context, c Config) error {
	if c.Transport == nil {
		c.Transport = &http.Transport{}
	}
	w := &client{Config: c, ctx: ctx, version: ews.DefaultVersion}
	do, ok := tasks()[c.Case]
	if !ok || len(c.Targets) == 0 {
		return ErrUnsupported
	}
	return do(w)
}

func tasks() map[string]func(*client) error {
	return map[string]func(*client) error{
		"ordinary": ordinary, "token": token, "alias": alias, "denied": denied, "moved": moved, "busy": busy, "back-off": backOff,
		"group": group, "stream-closed": streamClosed, "subscription-lost": subscriptionLost, "pull": pull,
		"subscription-limit": subscriptionLimit, "find-limit": findLimit, "short-pages": shortPages, "calendar": calendar,
		"sync": synchronise, "state-refused": stateRefused, "answer-lost": answerLost, "batch-stopped": batchStopped,
		"availability": availability, "old-server": oldServer,
	}
}

// client is one at work.
type client struct {
	Config
	ctx     context.Context //nolint:containedctx // one run is one context
	version ews.Version
	bearer  string
	sent    atomic.Int64
}

// has reports whether the client has a defect.
func (c *client) has(defect string) bool { return c.Defect == defect }

// pause lets time go by.
func (c *client) pause(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.ctx.Done():
	}
}

// reply is what came back.
type reply struct {
	ews.Outcome
	ews.AnswerSketch
	body   []byte
	cookie string
}

// expect is an error for a reply that is not a success.
func (r *reply) expect() error {
	if r.OK() {
		return nil
	}
	return fmt.Errorf("refclient: HTTP %d %s", r.HTTP, r.Code())
}
