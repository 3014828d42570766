package throttle

import (
	"time"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// Key is whose budget is charged (MS docs: EWS throttling in Exchange; a post in the blog webdav_101): a caller's own, or, for
// impersonated calls, a copy of the target's that all who impersonate it share.
type Key struct {
	Owner  access.Principal
	Copied bool
}

// account is the budget of one, and what goes on for it.
type account struct {
	balance time.Duration // at the instant
	at      time.Time
	until   time.Time // before which a refused caller was told to come back no more
	running int
	syncs   int
	found   int

	streams, subscriptions int
	minute                 time.Time // in which messages were sent
	messages               int
}

// settle brings the balance up to an instant.
func (a *account) settle(now time.Time, r *rules) {
	if passed := now.Sub(a.at); passed > 0 {
		a.balance = min(r.burst, a.balance+time.Duration(float64(passed)*r.rate))
		a.at = now
	}
}

// idle reports whether the account is as if it had never been.
func (a *account) idle(now time.Time, r *rules) bool {
	a.settle(now, r)
	return a.balance == r.burst && a.running == 0 && a.streams == 0 && a.subscriptions == 0 && now.After(a.until)
}

// delay is the micro-delay for a part of a request: nothing above zero, then growing with the debt.
func (a *account) delay(r *rules) time.Duration {
	if a.balance >= 0 || r.cutoff == 0 {
		return 0
	}
	return min(r.delay, time.Duration(float64(r.delay)*float64(-a.balance)/float64(r.cutoff)))
}

// minBackOff is the shortest time that a refused caller is told to wait.
const minBackOff = time.Second

// backOff is how long it takes until the debt is no more beyond the cut-off.
func (a *account) backOff(r *rules) time.Duration {
	beyond := -a.balance - r.cutoff
	return max(minBackOff, time.Duration(float64(beyond)/r.rate)).Round(time.Millisecond)
}
