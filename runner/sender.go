package runner

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// sender sends the calls of one arm. Safe for concurrent use.
type sender struct {
	name      string
	plan      *scenarios.Plan
	session   *scenarios.Session
	index     int           // of the arm among those of the session
	blank     *http.Request // to the endpoint, with neither headers nor body
	transport http.RoundTripper
	timeout   time.Duration
	anchor    scenarios.Anchor
	caller    string
	version   ews.Version
	fixed     http.Header // equal in all requests
	jars      *jars       // nil: no cookies
	backOff   *backOff    // nil: not obeyed
	clock     clock
	scratches *scratches
	trace     *httptrace.ClientTrace
	counts    counts
}

// counts are what an arm has done so far.
type counts struct{ sent, opened, reused, late, withheld atomic.Int64 }

// The protocol's headers in the spelling of http.Header's keys. A test holds
// them equal to those of package ews.
const (
	keyAnchor    = "X-Anchormailbox"
	keyAffinity  = "X-Preferserveraffinity"
	keyRequestID = "Client-Request-Id"
	keyReturnID  = "Return-Client-Request-Id"
)

func newSender(e Experiment, arm Arm, c clock) (*sender, error) {
	blank, err := http.NewRequest(http.MethodPost, arm.Target.URL, nil) //nolint:noctx // each request gets its own
	if err != nil {
		return nil, fmt.Errorf("runner: arm %s: target: %w", arm.Name, err)
	}
	s := &sender{
		name: arm.Name, plan: e.Plan, transport: arm.Target.Transport, timeout: e.Timeout,
		anchor: arm.Anchor, caller: e.Caller, version: e.Version, clock: c, scratches: new(scratches), blank: blank,
	}
	if s.transport == nil {
		s.transport = NewTransport(nil)
	}
	s.fixed = http.Header{
		"Content-Type": {ews.ContentType},
		"User-Agent":   {e.UserAgent},
		keyReturnID:    {"true"},
	}
	if arm.Affinity {
		s.fixed[keyAffinity] = []string{"true"}
		s.jars = newJars()
	}
	s.trace = &httptrace.ClientTrace{GotConn: s.gotConn}
	return s, nil
}

func (s *sender) gotConn(info httptrace.GotConnInfo) {
	if info.Reused {
		s.counts.reused.Add(1)
	} else {
		s.counts.opened.Add(1)
	}
}

// perform sends a call and fills its sample in. It says whether there is a
// sample: a request that was cut off by the end of the run is none.
func (s *sender) perform(ctx context.Context, call scenarios.Call, sample *results.Sample) bool {
	scratch := s.scratches.get()
	defer s.scratches.put(scratch)
	sample.Late = s.bind(call, scratch)
	sample.Out = int64(len(scratch.envelope))

	limited, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	request := s.request(limited, call, scratch)
	sample.Start = s.clock.now()
	response, err := s.exchange(request, call.Mailbox, scratch)
	sample.End = s.clock.now()
	if err != nil && ctx.Err() != nil {
		return false
	}
	s.count(sample.Late)
	s.conclude(call, sample, response, err, scratch)
	return true
}

func (s *sender) count(late bool) {
	s.counts.sent.Add(1)
	if late {
		s.counts.late.Add(1)
	}
}

// conclude judges what came back, learns from it, and obeys it.
func (s *sender) conclude(call scenarios.Call, sample *results.Sample, response *http.Response, err error, scratch *scratch) {
	if err != nil {
		sample.Class, sample.Code = judgeError(err)
		s.session.Observe(s.index, call, ews.Outcome{}, nil)
		return
	}
	outcome := ews.Classify(response.StatusCode, response.Header, scratch.answer)
	sample.Status, sample.In = response.StatusCode, int64(len(scratch.answer))
	sample.Class, sample.Code = judge(outcome)
	s.session.Observe(s.index, call, outcome, scratch.answer)
	if quiet := outcome.BackOff(); quiet > 0 && s.backOff != nil {
		s.backOff.ask(sample.End, quiet)
	}
}

// bind renders the envelope and the id of a call from what the session knows by
// now. It says whether the session lacked an answer that the call depends on.
func (s *sender) bind(call scenarios.Call, scratch *scratch) (late bool) {
	message, late := s.session.Request(s.index, call)
	if s.version != "" {
		message.Version = s.version
	}
	scratch.envelope = message.Append(scratch.envelope[:0])
	scratch.id = s.plan.AppendRequestID(scratch.id[:0], call.N)
	return late
}

// request makes the HTTP request of what was rendered into the scratch. The
// reader of the body is one that net/http knows to be in memory: headers and
// body then leave in one write.
func (s *sender) request(ctx context.Context, call scenarios.Call, scratch *scratch) *http.Request {
	request := s.blank.WithContext(ctx)
	request.Header = make(http.Header, len(s.fixed)+3)
	for key, values := range s.fixed {
		request.Header[key] = values
	}
	request.Header[keyRequestID] = []string{string(scratch.id)}
	if anchor := s.anchorOf(call); anchor != "" {
		request.Header[keyAnchor] = []string{anchor}
	}
	request.Body = io.NopCloser(bytes.NewReader(bytes.Clone(scratch.envelope)))
	request.ContentLength = int64(len(scratch.envelope))
	return request
}

// anchorOf is the value of X-AnchorMailbox for a call, empty for none.
func (s *sender) anchorOf(call scenarios.Call) string {
	switch s.anchor {
	case scenarios.AnchorMissing:
		return ""
	case scenarios.AnchorWrong:
		return call.Wrong
	case scenarios.AnchorServiceAccount:
		return s.caller
	case scenarios.AnchorCorrect:
		return call.Mailbox
	default:
		return call.Mailbox
	}
}

// exchange sends a request and reads its whole answer into the scratch.
func (s *sender) exchange(request *http.Request, mailbox string, scratch *scratch) (*http.Response, error) {
	var jar http.CookieJar
	if s.jars != nil {
		jar = s.jars.of(mailbox)
		for _, cookie := range jar.Cookies(request.URL) {
			request.AddCookie(cookie)
		}
	}
	response, err := s.transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if jar != nil {
		jar.SetCookies(request.URL, response.Cookies())
	}
	return response, scratch.read(response)
}

// admitted waits for the target's quiet to end, as long as the patience lasts,
// and says whether a call may go then.
func (s *sender) admitted(ctx context.Context, patience time.Duration) bool {
	if s.backOff == nil {
		return true
	}
	for {
		left := s.backOff.left(s.clock.now())
		if left == 0 || patience <= 0 {
			return left == 0
		}
		wait := min(left, patience)
		patience -= wait
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
}

// withhold records that a call was not sent. It says whether there is a sample:
// there is none if the run was stopped.
func (s *sender) withhold(ctx context.Context, sample *results.Sample) bool {
	if ctx.Err() != nil {
		return false
	}
	s.counts.withheld.Add(1)
	sample.Start = s.clock.now()
	sample.End = sample.Start
	sample.Class, sample.Code = results.ClassWithheld, results.CodeWithheld
	return true
}
