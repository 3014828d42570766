package route

import (
	"cmp"
	"container/heap"
	"context"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Engine takes calls through an organisation. It is safe for concurrent use, and does its work in the callers' goroutines
// and in the callback of one timer.
//
// It is a discrete event simulation on the wall clock: every step of a call has a planned instant, computed from the
// planned instant of the step before, and steps are taken in the order of these instants. A timer that fires late thus
// delays nothing but the last sleep, and two calls meet in a queue in the order in which they were planned to, whatever
// the scheduler does.
type Engine struct {
	org     *Organisation
	instant bool

	mu     sync.Mutex
	origin time.Time // arrival of the first call: instant zero
	now    time.Duration
	agenda agenda
	timer  *time.Timer
	hosts  []*host
	pairs  map[[2]int]*pair
}

// Call is what the engine has to know of a request.
type Call struct {
	// Key is the key of the request's draws.
	Key uint64
	Op  ews.Op
	// Arrived is when the front end had the request.
	Arrived time.Time
	// First is the back end that the front end chose.
	First int
	// Target is whom the request acts for. The first back end looks it up in its identity cache.
	Target Principal
	// Opens is whose mailbox the request is for; 0: the target's own.
	Opens Principal
	// Tie orders calls that came at the same instant and are alike in all the rest.
	Tie uint64
	// Refused says that the first back end answers with a fault instead of working or proxying.
	Refused bool
	// Stays says that the first back end does the work, wherever the mailbox is.
	Stays bool
	// Idle says that the back end that holds the mailbox answers with a fault instead of working.
	Idle bool
}

func (c Call) opens() Principal { return cmp.Or(c.Opens, c.Target) }

// Passage is what a call met on its way.
type Passage struct {
	// BackEnd is the one that answered.
	BackEnd int
	// Hops is how many times the call was proxied.
	Hops int
	// Queue is the time spent waiting for workers and for the proxy pool, Service that of the operation proper, pauses of
	// the back end included.
	Queue, Service time.Duration
	// Failure says how the call failed on the way, if it did.
	Failure Failure
}

// Failure is how a call fails on its way.
type Failure string

const (
	// FailureNone is a call that came through.
	FailureNone Failure = ""
	// FailureBusy is a queue that was full: HTTP 503 from the web server, not SOAP.
	FailureBusy Failure = "busy"
	// FailureProxy is a wait for the proxy pool that was over: SOAP fault ErrorProxyCallFailed.
	FailureProxy Failure = "proxy"
)

// NewEngine starts with empty queues and cold caches.
func NewEngine(o *Organisation) *Engine {
	e := &Engine{org: o, instant: o.Instant(), pairs: map[[2]int]*pair{}}
	for i := range o.backEnds {
		e.hosts = append(e.hosts, newHost(o, i))
	}
	return e
}

// Pass takes a call through and returns when its answer leaves the front end. The error is that of the context, if it
// ends before; servers work on for a client that has gone.
func (e *Engine) Pass(ctx context.Context, c Call) (Passage, error) {
	if e.instant {
		return e.org.direct(c), nil
	}
	f := e.admit(c)
	select {
	case <-f.answered:
	case <-ctx.Done():
		return Passage{BackEnd: c.First}, context.Cause(ctx)
	}
	return f.passage, sleepUntil(ctx, e.origin.Add(f.end))
}

// Resumes is when a back end goes on that may pause at an instant: the instant itself if it does not.
func (e *Engine) Resumes(backEnd int, at time.Time) time.Time {
	if e.instant {
		return at
	}
	e.mu.Lock()
	origin := e.origin
	e.mu.Unlock()
	if origin.IsZero() {
		return at
	}
	return origin.Add(e.hosts[backEnd].stalls.resumes(at.Sub(origin)))
}

// direct is the passage where nothing takes time.
func (o *Organisation) direct(c Call) Passage {
	home, ok := o.Home(c.opens())
	if !ok || c.Refused || c.Stays || home == c.First {
		return Passage{BackEnd: c.First}
	}
	return Passage{BackEnd: home, Hops: 1}
}

// sleepUntil returns at the instant, or before with the context's error.
func sleepUntil(ctx context.Context, instant time.Time) error {
	wait := time.Until(instant)
	if wait <= 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// admit puts a call's first step on the agenda.
func (e *Engine) admit(c Call) *flight {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.origin.IsZero() {
		e.origin = c.Arrived
	}
	f := e.newFlight(c)
	overhead := e.org.dice.Duration(e.org.topology.FrontEnd, "front-end-time", c.Key)
	e.plan(c.Arrived.Sub(e.origin)+overhead, rankJoin, f, (*Engine).joinFirst)
	e.arm()
	return f
}

// plan puts a step on the agenda.
func (e *Engine) plan(at time.Duration, r rank, f *flight, do step) {
	heap.Push(&e.agenda, event{at: at, rank: r, flight: f, do: do})
}

// arm sets the timer for the next step: one tick after its instant, so that in a synctest bubble everything that happens
// at that very instant is on the agenda before the first of it is done.
func (e *Engine) arm() {
	if len(e.agenda) == 0 {
		return
	}
	wait := max(0, time.Until(e.origin.Add(e.agenda[0].at))) + time.Nanosecond
	if e.timer == nil {
		e.timer = time.AfterFunc(wait, e.advance)
		return
	}
	e.timer.Reset(wait)
}

// advance takes all steps whose instant has passed.
func (e *Engine) advance() {
	e.mu.Lock()
	defer e.mu.Unlock()
	until := time.Since(e.origin)
	for len(e.agenda) > 0 && e.agenda[0].at < until {
		next := heap.Pop(&e.agenda).(event)
		e.now = max(e.now, next.at)
		next.do(e, next.flight)
	}
	e.arm()
}
