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
	anchor    scenarios.Anchor
	caller    string
	version   ews.Version
	jars      *jars    // nil: no cookies
	backOff   *backOff // nil: not obeyed
	clock     clock
	lanes     *lanes
	counts    counts

	contentType, userAgent, yes []string // values of headers, equal in all requests
}

// headerRoom holds all headers of a request, with those of a transport that
// signs it.
const headerRoom = 8

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

func newSender(ctx context.Context, e Experiment, arm Arm, c clock) (*sender, error) {
	blank, err := http.NewRequest(http.MethodPost, arm.Target.URL, nil) //nolint:noctx // each request gets its own
	if err != nil {
		return nil, fmt.Errorf("runner: arm %s: target: %w", arm.Name, err)
	}
	s := &sender{
		name: arm.Name, plan: e.Plan, transport: arm.Target.Transport,
		anchor: arm.Anchor, caller: e.Caller, version: e.Version, clock: c, blank: blank,
		contentType: []string{ews.ContentType}, userAgent: []string{e.UserAgent}, yes: []string{"true"},
	}
	if s.transport == nil {
		s.transport = NewTransport(nil)
	}
	if arm.Affinity {
		s.jars = newJars()
	}
	s.lanes = &lanes{
		ctx:     httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: s.gotConn}),
		timeout: e.Timeout,
	}
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
func (s *sender) perform(call scenarios.Call, sample *results.Sample) bool {
	l := s.lanes.enter()
	defer s.lanes.leave(l)
	sample.Late = s.bind(call, l)
	sample.Out = int64(len(l.envelope))

	request := s.request(call, l)
	sample.Start = s.clock.now()
	response, err := s.exchange(request, call.Mailbox, l)
	sample.End = s.clock.now()
	if err != nil && s.stopped() {
		return false
	}
	s.count(sample.Late)
	s.conclude(call, sample, response, err, l)
	return true
}

// stopped says whether the run has ended before its time.
func (s *sender) stopped() bool { return s.lanes.ctx.Err() != nil }

func (s *sender) count(late bool) {
	s.counts.sent.Add(1)
	if late {
		s.counts.late.Add(1)
	}
}

// conclude judges what came back, learns from it, and obeys it.
func (s *sender) conclude(call scenarios.Call, sample *results.Sample, response *http.Response, err error, l *lane) {
	if err != nil {
		sample.Class, sample.Code = judgeError(err, l.timedOut())
		s.session.Observe(s.index, call, ews.Outcome{}, nil)
		return
	}
	outcome := ews.Classify(response.StatusCode, response.Header, l.answer)
	sample.Status, sample.In = response.StatusCode, int64(len(l.answer))
	sample.Class, sample.Code = judge(outcome)
	s.session.Observe(s.index, call, outcome, l.answer)
	if quiet := outcome.BackOff(); quiet > 0 && s.backOff != nil {
		s.backOff.ask(sample.End, quiet)
	}
}

// bind renders the envelope and the id of a call from what the session knows by
// now. It says whether the session lacked an answer that the call depends on.
func (s *sender) bind(call scenarios.Call, l *lane) (late bool) {
	message, late := s.session.Request(s.index, call)
	if s.version != "" {
		message.Version = s.version
	}
	l.envelope = message.Append(l.envelope[:0])
	l.id = s.plan.AppendRequestID(l.id[:0], call.N)
	return late
}

// request makes the HTTP request of what was rendered into the lane. The reader
// of the body is one that net/http knows to be in memory: headers and body then
// leave in one write.
func (s *sender) request(call scenarios.Call, l *lane) *http.Request {
	varying := &struct {
		id, anchor [1]string
		body       bytes.Reader
	}{}
	varying.id[0] = string(l.id)
	varying.body.Reset(bytes.Clone(l.envelope))

	header := make(http.Header, headerRoom)
	header["Content-Type"] = s.contentType
	header["User-Agent"] = s.userAgent
	header[keyRequestID] = varying.id[:]
	header[keyReturnID] = s.yes
	if s.jars != nil {
		header[keyAffinity] = s.yes
	}
	if anchor := s.anchorOf(call); anchor != "" {
		varying.anchor[0] = anchor
		header[keyAnchor] = varying.anchor[:]
	}
	request := s.blank.WithContext(l.ctx)
	request.Header = header
	request.Body = io.NopCloser(&varying.body)
	request.ContentLength = int64(len(l.envelope))
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

// exchange sends a request and reads its whole answer into the l.
func (s *sender) exchange(request *http.Request, mailbox string, l *lane) (*http.Response, error) {
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
	return response, l.read(response)
}

// admitted waits for the target's quiet to end, as long as the patience lasts,
// and says whether a call may go then.
func (s *sender) admitted(patience time.Duration) bool {
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
		case <-s.lanes.ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
}

// withhold records that a call was not sent. It says whether there is a sample:
// there is none if the run was stopped.
func (s *sender) withhold(_ scenarios.Call, sample *results.Sample) bool {
	if s.stopped() {
		return false
	}
	s.counts.withheld.Add(1)
	sample.Start = s.clock.now()
	sample.End = sample.Start
	sample.Class, sample.Code = results.ClassWithheld, results.CodeWithheld
	return true
}
