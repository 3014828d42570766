package route

import "time"

// flight is a call under way.
type flight struct {
	call   Call
	home   int // the back end that has to do the work
	waited time.Duration

	// What the caller is told: set before answered is closed, and not touched afterwards.
	passage  Passage
	end      time.Duration
	answered chan struct{}
}

// Forget makes the back ends forget whom they know.
func (e *Engine) Forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, h := range e.hosts {
		h.identities.entries, h.identities.order = map[Principal]identity{}, nil
	}
}

func (e *Engine) newFlight(c Call) *flight {
	f := &flight{call: c, home: c.First, answered: make(chan struct{})}
	if home, ok := e.org.Home(c.opens()); ok && !c.Refused && !c.Stays {
		f.home = home
	}
	return f
}

// answer tells the caller how the call ends, as soon as that is certain: often before it has ended.
func (e *Engine) answer(f *flight, end time.Duration, p Passage) {
	p.Queue = f.waited
	f.passage, f.end = p, end
	close(f.answered)
}

// serviceTime is the operation's own time, drawn for the call.
func (e *Engine) serviceTime(f *flight) time.Duration {
	if f.call.Idle {
		return 0
	}
	s := e.org.topology.Service
	l, ok := s.Ops[f.call.Op]
	if !ok {
		l = s.Default
	}
	return e.org.dice.Duration(l, "service", f.call.Key)
}

// joinFirst asks the chosen back end for a worker.
func (e *Engine) joinFirst(f *flight) {
	h := e.hosts[f.call.First]
	if !h.workers.enter(e, f, h.outer, (*Engine).workAtFirst) {
		e.answer(f, e.now, Passage{BackEnd: f.call.First, Failure: FailureBusy})
	}
}

// workAtFirst reads the envelope and looks the target up; then the back end does the work, or finds that it is another's.
func (e *Engine) workAtFirst(f *flight) {
	h := e.hosts[f.call.First]
	ready := e.org.topology.Parse + h.identities.lookUp(f.call.Target, e.now)
	switch {
	case f.home != f.call.First:
		e.plan(h.stalls.finish(e.now, ready+e.org.topology.Hop.Token), rankJoin, f, (*Engine).joinPool)
	case f.call.Refused:
		e.answerAtFirst(f, h.stalls.finish(e.now, ready), 0)
	default:
		begin := h.stalls.finish(e.now, ready)
		end := h.stalls.finish(begin, e.serviceTime(f))
		e.answerAtFirst(f, end, end-begin)
	}
}

func (e *Engine) answerAtFirst(f *flight, end, service time.Duration) {
	e.answer(f, end, Passage{BackEnd: f.call.First, Service: service})
	e.plan(end, rankLeave, f, (*Engine).leaveFirst)
}

func (e *Engine) leaveFirst(f *flight) { e.hosts[f.call.First].workers.leave(e) }

// joinPool asks for a place in the proxy pool, with the worker of the first back end held.
func (e *Engine) joinPool(f *flight) {
	proxy := e.org.topology.Proxy
	if !e.pair(f).pool.enter(e, f, proxy.Size, (*Engine).depart) {
		e.fail(f, FailureBusy)
		return
	}
	if proxy.Timeout > 0 {
		e.plan(e.now+proxy.Timeout, rankGiveUp, f, (*Engine).giveUp)
	}
}

// giveUp ends a wait for the pool that has lasted too long; it comes to nothing if the call is on its way.
func (e *Engine) giveUp(f *flight) {
	if e.pair(f).pool.abandon(e, f) {
		e.fail(f, FailureProxy)
	}
}

// fail ends a call that did not get into the pool.
func (e *Engine) fail(f *flight, why Failure) {
	e.answer(f, e.now, Passage{BackEnd: f.call.First, Failure: why})
	e.leaveFirst(f)
}

// depart goes the way to the right back end.
func (e *Engine) depart(f *flight) {
	p := e.pair(f)
	e.plan(e.now+p.connect(e.now)+p.rtt/2, rankJoin, f, (*Engine).joinHome)
}

// joinHome asks the right back end for a worker.
func (e *Engine) joinHome(f *flight) {
	h := e.hosts[f.home]
	if h.workers.enter(e, f, h.all, (*Engine).workAtHome) {
		return
	}
	back := e.now + e.pair(f).rtt/2
	e.answer(f, back, Passage{BackEnd: f.home, Hops: 1, Failure: FailureBusy})
	e.plan(back, rankLeave, f, (*Engine).comeBack)
}

// workAtHome does at the right back end what the first one would have done.
func (e *Engine) workAtHome(f *flight) {
	h := e.hosts[f.home]
	ready := e.org.topology.Parse + e.org.topology.Hop.Token + h.identities.lookUp(f.call.Target, e.now)
	begin := h.stalls.finish(e.now, ready)
	end := h.stalls.finish(begin, e.serviceTime(f))
	e.answer(f, end+e.pair(f).rtt/2, Passage{BackEnd: f.home, Hops: 1, Service: end - begin})
	e.plan(end, rankLeave, f, (*Engine).leaveHome)
}

func (e *Engine) leaveHome(f *flight) {
	e.hosts[f.home].workers.leave(e)
	e.plan(e.now+e.pair(f).rtt/2, rankLeave, f, (*Engine).comeBack)
}

// comeBack frees the pool and the worker that was held all the while.
func (e *Engine) comeBack(f *flight) {
	e.pair(f).release(e)
	e.leaveFirst(f)
}
