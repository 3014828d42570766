package runner

import (
	"sync/atomic"
	"time"
)

// MaxBackOff is the longest quiet that a target can ask for: a larger
// BackOffMilliseconds or Retry-After counts as this much. Exchange asks for at
// most its budget's recharge, a matter of minutes.
const MaxBackOff = 5 * time.Minute

// backOff is the time until which a target wants no calls. Safe for concurrent use.
type backOff struct{ until atomic.Int64 }

// ask extends the quiet to so long after a time since the run's start.
func (b *backOff) ask(at, quiet time.Duration) {
	until := int64(at + min(quiet, MaxBackOff))
	for {
		asked := b.until.Load()
		if until <= asked || b.until.CompareAndSwap(asked, until) {
			return
		}
	}
}

// left is how much quiet is left at a time since the run's start, 0 if none.
func (b *backOff) left(at time.Duration) time.Duration {
	return max(time.Duration(b.until.Load())-at, 0)
}
