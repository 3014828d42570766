package audit

import (
	"sync"

	"github.com/ewsbench/ewsbench/ews"
)

// underway counts what is going on at once. The zero value is ready; what is
// over leaves nothing behind.
type underway struct {
	mu     sync.Mutex
	counts map[uint64]int
}

// begin says how many there are now.
func (u *underway) begin(key uint64) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.counts == nil {
		u.counts = map[uint64]int{}
	}
	u.counts[key]++
	return u.counts[key]
}

// end takes one out, if it is in: it may have begun with another auditor.
func (u *underway) end(key uint64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.counts[key] > 1 {
		u.counts[key]--
	} else {
		delete(u.counts, key)
	}
}

// streaming says that the request opens a stream.
func (e *Exchange) streaming() bool { return e.Op == ews.OpGetStreamingEvents }
