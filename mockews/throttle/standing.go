package throttle

import "time"

// Stream opens a streaming connection, until it is closed; a refusal is for one too many. Without a policy there is no limit.
func (g *Governor) Stream(now time.Time, k Key) (closed func(), refusal Refusal) {
	return g.stand(now, k, PartStreams, func(r *rules) int { return r.limits.Streams }, func(a *account) *int { return &a.streams })
}

// Subscribe keeps a subscription, until it ends; a refusal is for one too many.
func (g *Governor) Subscribe(now time.Time, k Key) (ended func(), refusal Refusal) {
	return g.stand(now, k, PartSubscribed, func(r *rules) int { return r.limits.Subscriptions }, func(a *account) *int { return &a.subscriptions })
}

// stand counts something that stands for a while.
func (g *Governor) stand(now time.Time, k Key, part Part, limit func(*rules) int, count func(*account) *int) (func(), Refusal) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.rules.Load()
	a := g.account(k, now, r)
	n := count(a)
	if r.policy.Enabled && full(*n, limit(r)) {
		return nil, Refusal{Part: part, Value: limit(r)}
	}
	*n++
	var once bool
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if !once {
			once = true
			*n--
		}
	}, Refusal{}
}

// Send counts a message that is sent, and is how long it is delayed: until the minute of those before it is over.
func (g *Governor) Send(now time.Time, k Key) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.rules.Load()
	if !r.policy.Enabled || r.limits.Messages == 0 {
		return 0
	}
	a := g.account(k, now, r)
	if now.Sub(a.minute) >= time.Minute {
		a.minute, a.messages = now, 0
	}
	a.messages++
	return time.Duration((a.messages-1)/r.limits.Messages) * time.Minute
}
