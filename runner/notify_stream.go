package runner

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// silence is how long a stream may say nothing: twice the time after which clients
// expect a sign of life (HeartbeatFrequencyDefault of the EWS Managed API, 45 s).
const silence = 90 * time.Second

// What ends a stream from our side.
var (
	errRenewed = errors.New("runner: there are new subscriptions to listen to")
	errSilent  = errors.New("runner: the stream said nothing for 90 s")
)

const codeSilent = "silent" // an open stream without a sign of life

// connection is one GetStreamingEvents.
type connection struct {
	*listener
	ctx    context.Context
	cancel context.CancelCauseFunc
	watch  *time.Timer // ends it when it keeps silent for too long
	opened results.Sample
	begin  atomic.Bool // the first envelope has come
	open   func()      // told when it has
}

// giveUp ends a stream that did not come about in time, or keeps silent.
func (c *connection) giveUp() {
	if c.begin.Load() {
		c.cancel(errSilent)
		return
	}
	c.cancel(errTimedOut)
}

// connect holds a stream open until it ends. It says whether to open the next one at
// once.
func (l *listener) connect(ctx context.Context, ids []string, open func()) (again bool) {
	// The sender's context sees which connections are used; ours ends the stream.
	streaming, cancel := context.WithCancelCause(l.sender.lanes.ctx)
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
	l.mu.Lock()
	l.end = cancel
	number := l.streams
	l.streams++
	l.mu.Unlock()
	c := &connection{listener: l, ctx: streaming, cancel: cancel, open: open}
	c.watch = time.AfterFunc(l.Timeout, c.giveUp)
	defer c.watch.Stop()

	lane := newLane(streaming)
	defer lane.cancel(nil)
	request := l.sender.inquire(inquiry{
		body:  ews.GetStreamingEvents{IDs: ids, Timeout: ews.MaxStreamMinutes},
		box:   l.group.members[0],
		about: l.group.call(),
		id:    askStream + number<<32 + l.group.first(),
	}, lane)
	now := l.clock.now()
	c.opened = results.Sample{
		Arm: l.sender.name, Call: l.group.first(), Op: string(ews.OpGetStreamingEvents), Due: now, Start: now, Out: int64(len(lane.envelope)),
	}
	response, err := l.sender.dispatch(request, l.group.members[0])
	if err != nil {
		return c.refused(judgeError(err, errors.Is(context.Cause(streaming), errTimedOut)))
	}
	if response.StatusCode != http.StatusOK {
		return c.unopened(response, lane)
	}
	defer response.Body.Close()
	return c.read(response.Body)
}

// unopened reads an answer that is no stream.
func (c *connection) unopened(response *http.Response, l *lane) bool {
	c.opened.Status = response.StatusCode
	if err := l.read(response); err != nil {
		return c.refused(judgeError(err, false))
	}
	outcome := ews.Classify(l.status, l.header, l.answer)
	c.sender.obey(outcome, c.clock.now())
	return c.refused(judge(outcome))
}

// refused keeps that the stream did not come about.
func (c *connection) refused(class results.Class, code string) bool {
	if c.ctx.Err() != nil && !errors.Is(context.Cause(c.ctx), errTimedOut) {
		return errors.Is(context.Cause(c.ctx), errRenewed)
	}
	c.opened.End, c.opened.Class, c.opened.Code = c.clock.now(), class, code
	c.sender.counts.add(false)
	c.put(c.opened)
	return false
}

// read takes in envelope after envelope.
func (c *connection) read(body io.Reader) (again bool) {
	s := bufio.NewScanner(body)
	s.Buffer(make([]byte, firstAnswer), maxAnswer)
	s.Split(ews.SplitStreamed)
	for first := true; s.Scan(); first = false {
		at := c.clock.now()
		c.begin.Store(true)
		c.watch.Reset(silence)
		m, ok := ews.ReadStreamed(s.Bytes())
		if first && !c.begun(at, m, ok, len(s.Bytes())) {
			return len(m.ErrorIDs) > 0
		}
		for _, e := range m.Events {
			if e.Item != "" {
				c.office.board.hear(e.Item, heard{c.arm, at})
			}
		}
		if c.failed(at, m) {
			return len(m.ErrorIDs) > 0
		}
		if m.Status == statusClosed {
			return true
		}
	}
	if !c.begin.Load() {
		return c.refused(judgeError(cmp.Or(s.Err(), io.EOF), errors.Is(context.Cause(c.ctx), errTimedOut)))
	}
	return c.broken(s.Err())
}

// statusClosed is the last word of a stream (MS docs: ConnectionStatus).
const statusClosed = "Closed"

// begun keeps the sample of the stream, by its first envelope. It says whether the
// stream goes on.
func (c *connection) begun(at time.Duration, m ews.Streamed, soap bool, length int) bool {
	c.opened.End, c.opened.Status, c.opened.In = at, http.StatusOK, int64(length)
	switch code := codeOfStream(m); {
	case !soap:
		c.opened.Class, c.opened.Code = results.ClassError, codeNotSOAP
	case code != "":
		c.opened.Class, c.opened.Code = results.ClassError, code
		c.lose(lost(m, c.subscribed))
	default:
		c.opened.Class, c.opened.Code = results.ClassOK, results.CodeOK
		c.open()
	}
	c.sender.counts.add(false)
	c.put(c.opened)
	return c.opened.Class == results.ClassOK
}

// codeOfStream is the error that an envelope tells of, "" for none.
func codeOfStream(m ews.Streamed) string {
	switch {
	case m.Fault != nil:
		return string(m.Fault.Code)
	case m.Class == ews.Error:
		return string(m.Code)
	default:
		return ""
	}
}

// lost are the subscriptions that an error speaks of: those that it names, or all if
// it says that there is none and names none.
func lost(m ews.Streamed, all func() []string) []string {
	if len(m.ErrorIDs) > 0 || m.Code != ews.ErrorSubscriptionNotFound {
		return m.ErrorIDs
	}
	return all()
}

// failed keeps an error that an open stream tells of. It says whether the stream is
// over: after events were missed it goes on (MS docs: Handling notification-related
// errors in EWS).
func (c *connection) failed(at time.Duration, m ews.Streamed) bool {
	code := codeOfStream(m)
	if code == "" {
		return false
	}
	c.trouble(at, code)
	if m.Code == ews.ErrorMissedNotificationEvents {
		return false
	}
	c.lose(lost(m, c.subscribed))
	return true
}

// broken says what to do after a stream that ended without a word.
func (c *connection) broken(err error) (again bool) {
	switch cause := context.Cause(c.ctx); {
	case errors.Is(cause, errRenewed):
		return true
	case errors.Is(cause, errSilent):
		c.trouble(c.clock.now(), codeSilent)
	case c.ctx.Err() != nil: // the run is over
	case err == nil:
		c.trouble(c.clock.now(), codeEOF)
	default:
		_, code := judgeError(err, false)
		c.trouble(c.clock.now(), code)
	}
	return false
}

// trouble keeps an error of an open stream.
func (c *connection) trouble(at time.Duration, code string) {
	c.put(results.Sample{
		Arm: c.sender.name, Call: c.opened.Call, Op: string(scenarios.OpStreamError), Due: at, Start: at, End: at,
		Class: results.ClassError, Code: code,
	})
}
