package runner

import (
	"context"
	"fmt"
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
	arm       int                  // index of the arm
	sessions  []*scenarios.Session // by cell
	blank     *http.Request        // to the endpoint, with neither headers nor body
	transport http.RoundTripper
	own       *http.Transport // made for this arm alone; nil: the caller's
	anchor    scenarios.Anchor
	caller    string
	version   ews.Version
	jars      *jars    // nil: no cookies
	backOff   *backOff // nil: not obeyed
	clock     clock
	lanes     *lanes
	counts    *counts

	contentType, userAgent, yes []string // values of headers, equal in all requests
}

// counts are what an arm has done so far.
type counts struct{ sent, opened, reused, late, withheld atomic.Int64 }

func (c *counts) add(late bool) {
	c.sent.Add(1)
	if late {
		c.late.Add(1)
	}
}

func newSender(ctx context.Context, e Experiment, arm Arm, c clock) (*sender, error) {
	blank, err := http.NewRequest(http.MethodPost, arm.Target.URL, nil) //nolint:noctx // each request gets its own
	if err != nil {
		return nil, fmt.Errorf("runner: arm %s: target: %w", arm.Name, err)
	}
	s := &sender{
		name: arm.Name, plan: e.Plan, transport: arm.Target.Transport,
		anchor: arm.Anchor, caller: e.Caller, version: e.Version, clock: c, blank: blank, counts: new(counts),
		contentType: []string{ews.ContentType}, userAgent: []string{e.UserAgent}, yes: []string{"true"},
	}
	if s.transport == nil {
		s.own = NewTransport(nil)
		s.transport = s.own
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

// join makes the sender that of an arm, on the ground that it shares with others.
func (s *sender) join(g *ground, arm int, obey bool) {
	s.arm, s.sessions = arm, g.sessions
	if obey {
		s.backOff = g.quiet
	}
}

// close ends what is held open: lanes, and connections that nobody else knows of.
func (s *sender) close() {
	s.lanes.close()
	if s.own != nil {
		s.own.CloseIdleConnections()
	}
}

func (s *sender) gotConn(info httptrace.GotConnInfo) {
	if info.Reused {
		s.counts.reused.Add(1)
	} else {
		s.counts.opened.Add(1)
	}
}

// errand is a call to be sent, and the session of its mailbox.
type errand struct {
	scenarios.Call
	session *scenarios.Session
	learn   func(answer []byte) // from an answer without an error; nil: nothing
}

// perform sends a call and fills its sample in. It says whether there is a
// sample: a request that was cut off by the end of the run is none.
func (s *sender) perform(x errand, sample *results.Sample) bool {
	l := s.lanes.enter()
	defer s.lanes.leave(l)
	sample.Late = s.bind(x, l)
	sample.Out = int64(len(l.envelope))

	request := s.request(x.Call, l)
	sample.Start = s.clock.now()
	err := s.exchange(request, x.Mailbox, l)
	sample.End = s.clock.now()
	if err != nil && s.stopped() {
		return false
	}
	s.counts.add(sample.Late)
	s.conclude(x, sample, l, err)
	return true
}

// stopped says whether the run has ended before its time.
func (s *sender) stopped() bool { return s.lanes.ctx.Err() != nil }

// conclude judges what came back, learns from it, and obeys it.
func (s *sender) conclude(x errand, sample *results.Sample, l *lane, err error) {
	if err != nil {
		sample.Class, sample.Code = judgeError(err, l.timedOut())
		x.session.Observe(s.arm, x.Call, ews.Outcome{}, nil)
		return
	}
	outcome := ews.Classify(l.status, l.header, l.answer)
	sample.Status, sample.In = l.status, int64(len(l.answer))
	sample.Class, sample.Code = judge(outcome)
	x.session.Observe(s.arm, x.Call, outcome, l.answer)
	if x.learn != nil && sample.Class == results.ClassOK {
		x.learn(l.answer)
	}
	s.obey(outcome, sample.End)
}

// obey heeds the quiet that an answer asks for.
func (s *sender) obey(o ews.Outcome, at time.Duration) {
	if quiet := o.BackOff(); quiet > 0 && s.backOff != nil {
		s.backOff.ask(at, quiet)
	}
}

// exchange sends a request and reads its whole answer into the lane.
func (s *sender) exchange(request *http.Request, mailbox string, l *lane) error {
	response, err := s.dispatch(request, mailbox)
	if err != nil {
		return err
	}
	return l.read(response)
}

// dispatch sends a request with the cookies of a mailbox, and keeps those of the answer.
func (s *sender) dispatch(request *http.Request, mailbox string) (*http.Response, error) {
	var jar http.CookieJar
	if s.jars != nil {
		jar = s.jars.of(mailbox)
		for _, cookie := range jar.Cookies(request.URL) {
			request.AddCookie(cookie)
		}
	}
	response, err := s.transport.RoundTrip(request)
	if err == nil && jar != nil {
		jar.SetCookies(request.URL, response.Cookies())
	}
	return response, err
}

// admitted waits for the target's quiet to end, as long as the timetable has the
// patience, and says whether a call may go then.
func (s *sender) admitted(t timetable) bool {
	if s.backOff == nil {
		return true
	}
	for {
		now := s.clock.now()
		left, patience := s.backOff.left(now), t.patience(now)
		if left == 0 || patience <= 0 {
			return left == 0
		}
		select {
		case <-s.lanes.ctx.Done():
			return false
		case <-time.After(min(left, patience)):
		}
	}
}

// withhold records that a call was not sent. It says whether there is a sample:
// there is none if the run was stopped.
func (s *sender) withhold(_ errand, sample *results.Sample) bool {
	if s.stopped() {
		return false
	}
	s.counts.withheld.Add(1)
	sample.Start = s.clock.now()
	sample.End = sample.Start
	sample.Class, sample.Code = results.ClassWithheld, results.CodeWithheld
	return true
}
