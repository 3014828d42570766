package route

import "time"

// pair is the way from one back end to another: its round trip, the proxy pool, and the connections that are open.
type pair struct {
	Hop
	rtt  time.Duration
	pool gate
	idle []time.Duration // when each open connection was last used, the latest last
}

// pair returns the way that a call takes when it is proxied.
func (e *Engine) pair(f *flight) *pair {
	key := [2]int{f.call.First, f.home}
	p, ok := e.pairs[key]
	if !ok {
		t := e.org.topology
		p = &pair{Hop: t.Hop, rtt: e.org.RTT(f.call.First, f.home), pool: gate{queue: t.Proxy.Queue}}
		e.pairs[key] = p
	}
	return p
}

// connect takes the connection that was used last, and is what it costs: nothing if it is still open.
func (p *pair) connect(now time.Duration) time.Duration {
	if last := len(p.idle) - 1; last >= 0 && (p.Idle == 0 || now < p.idle[last]+p.Idle) {
		p.idle = p.idle[:last]
		return 0
	}
	p.idle = p.idle[:0] // the others are older still
	return p.TLS + time.Duration(p.RoundTrips)*p.rtt
}

// release puts a connection back and lets the next call use the pool.
func (p *pair) release(e *Engine) {
	p.idle = append(p.idle, e.now)
	p.pool.leave(e)
}
