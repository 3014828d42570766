package runner

import (
	"context"
	"slices"
	"sync"
	"time"
)

// lanes are those of one arm: as many as it ever had requests under way.
//
// One timer watches over all of them. Since each request may take equally long,
// a timer set for one of them rings before the time of a later one is up, and can
// then be set for that. A timer for each request would be set and stopped for
// nothing all the time, and its mere presence makes the scheduler look at the
// clock: on a busy client that costs one request in twenty.
type lanes struct {
	ctx     context.Context // of the arm
	timeout time.Duration

	mu    sync.Mutex
	all   []*lane
	free  []*lane
	timer *time.Timer
	set   bool // the timer has yet to ring
}

// enter returns a free lane whose time runs.
func (p *lanes) enter() *lane {
	deadline := time.Now().Add(p.timeout)
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.take()
	l.deadline = deadline
	if !p.set {
		p.watch(p.timeout)
	}
	return l
}

// take returns a free lane, or a new one. The caller holds the lock.
func (p *lanes) take() *lane {
	last := len(p.free) - 1
	if last < 0 {
		l := newLane(p.ctx)
		p.all = append(p.all, l)
		return l
	}
	l := p.free[last]
	p.free = p.free[:last]
	return l
}

// watch sets the timer. The caller holds the lock.
func (p *lanes) watch(wait time.Duration) {
	p.set = true
	if p.timer == nil {
		p.timer = time.AfterFunc(wait, p.ring)
		return
	}
	p.timer.Reset(wait)
}

// ring ends the requests whose time is up, and sets the timer for the next.
func (p *lanes) ring() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, next := time.Now(), time.Time{}
	p.all = slices.DeleteFunc(p.all, func(l *lane) bool {
		switch {
		case l.deadline.IsZero():
			return false
		case !l.deadline.After(now):
			l.cancel(errTimedOut)
			return true
		case next.IsZero() || l.deadline.Before(next):
			next = l.deadline
		}
		return false
	})
	p.set = false
	if !next.IsZero() {
		p.watch(next.Sub(now))
	}
}

// leave frees a lane. One whose context has ended cannot be used again.
func (p *lanes) leave(l *lane) {
	if cap(l.answer) > maxKept {
		l.answer = make([]byte, 0, firstAnswer)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	l.deadline = time.Time{}
	if l.ctx.Err() == nil {
		p.free = append(p.free, l)
	}
}

// close ends all lanes, once nothing is under way.
func (p *lanes) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
	for _, l := range p.all {
		l.cancel(nil)
	}
}
