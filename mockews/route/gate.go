package route

import (
	"slices"
	"time"
)

// gate lets a bounded number of calls in at once; others wait in the order in which they came, up to a bound. A call may
// be let in as long as fewer calls are inside than its own limit, so that some places can be kept for some calls.
type gate struct {
	queue   int // -1: no bound
	inside  int
	waiting []waiter
}

// waiter is a call that waits at a gate, and the step that it takes once it is let in.
type waiter struct {
	flight *flight
	limit  int // 0: none
	since  time.Duration
	then   step
}

func (w waiter) mayEnter(inside int) bool { return w.limit == 0 || inside < w.limit }

// enter lets a call in, which then takes its next step at once, or makes it wait. It is false if the queue is full.
func (g *gate) enter(e *Engine, f *flight, limit int, then step) bool {
	w := waiter{flight: f, limit: limit, since: e.now, then: then}
	switch {
	case w.mayEnter(g.inside):
		g.admit(e, w)
	case g.queue >= 0 && len(g.waiting) >= g.queue:
		return false
	default:
		g.waiting = append(g.waiting, w)
	}
	return true
}

func (g *gate) admit(e *Engine, w waiter) {
	g.inside++
	w.flight.waited += e.now - w.since
	w.then(e, w.flight)
}

// leave lets the next call in that may enter.
func (g *gate) leave(e *Engine) {
	g.inside--
	i := slices.IndexFunc(g.waiting, func(w waiter) bool { return w.mayEnter(g.inside) })
	if i < 0 {
		return
	}
	next := g.waiting[i]
	g.waiting = slices.Delete(g.waiting, i, i+1)
	g.admit(e, next)
}

// abandon takes a call out of the queue. It is false if the call does not wait here.
func (g *gate) abandon(e *Engine, f *flight) bool {
	i := slices.IndexFunc(g.waiting, func(w waiter) bool { return w.flight == f })
	if i < 0 {
		return false
	}
	f.waited += e.now - g.waiting[i].since
	g.waiting = slices.Delete(g.waiting, i, i+1)
	return true
}
