package audit

import (
	"sync"

	"github.com/ewsbench/ewsbench/ews"
)

// underway counts what is going on at once. The zero value is ready; what is
// over leaves nothing behind.
type underway struct {
	parts [1 << 8]struct {
		mu     sync.Mutex
		key    uint64 // of whom there is something, and
		n      int    // how much; 0: there is no key
		others map[uint64]int
	}
}

// begin says how many there are now.
func (u *underway) begin(key uint64) int {
	p := &u.parts[key%uint64(len(u.parts))]
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.key == key || p.n == 0 && p.others[key] == 0 {
		p.key = key
		p.n++
		return p.n
	}
	if p.others == nil {
		p.others = map[uint64]int{}
	}
	p.others[key]++
	return p.others[key]
}

// end takes one out, if it is in: it may have begun with another auditor.
func (u *underway) end(key uint64) {
	p := &u.parts[key%uint64(len(u.parts))]
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.key == key && p.n > 0:
		p.n--
	case p.others[key] > 1:
		p.others[key]--
	default:
		delete(p.others, key)
	}
}

// streaming says that the request opens a stream.
func (e *Exchange) streaming() bool { return e.Op == ews.OpGetStreamingEvents }
