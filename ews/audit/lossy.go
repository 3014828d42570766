package audit

import "sync/atomic"

// places is how many entries a lossy holds.
const places = 1 << 10

// lossy remembers a number for each of some keys. Every key has one place, and
// drives out who had it before. It takes no lock, and never grows. The zero
// value is ready.
type lossy struct {
	places [places]struct{ key, value atomic.Uint64 }
}

// swap remembers a value and returns the one that the key had. Under way at the
// same time, one of two may be missed. What is there already is not written
// again: most requests are like the one before.
func (l *lossy) swap(key, value uint64) (old uint64, known bool) {
	p := &l.places[key%places]
	if p.key.Load() == key && p.value.Load() == value {
		return value, true
	}
	known = p.key.Swap(key) == key
	if old = p.value.Swap(value); !known {
		return 0, false
	}
	return old, true
}

// streaks counts requests in a row for which a client opened a connection each.
type streaks struct {
	seen    lossy // connections
	callers lossy // how many in a row
}

// next is how many fresh connections there were in a row, with this one.
func (s *streaks) next(caller, connection uint64) uint64 {
	if _, used := s.seen.swap(connection, 0); used {
		s.callers.swap(caller, 0)
		return 0
	}
	n := s.callers.add(caller)
	return n
}

// add counts one up.
func (l *lossy) add(key uint64) uint64 {
	p := &l.places[key%places]
	if p.key.Swap(key) != key {
		p.value.Store(0)
	}
	return p.value.Add(1)
}
