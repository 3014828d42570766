package audit

import (
	"sync"
	"sync/atomic"
)

// generation is how many keys a generation of a recent holds.
const generation = 1 << 13

// recent is a map that forgets: it holds the last 8192 keys that were written,
// and up to as many older ones. The zero value is ready.
type recent[T any] struct {
	size       atomic.Int64 // so that asking an empty one takes no lock
	mu         sync.Mutex
	young, old map[uint64]T
}

func (r *recent[T]) empty() bool { return r.size.Load() == 0 }

func (r *recent[T]) get(key uint64) (value T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.find(key)
}

func (r *recent[T]) find(key uint64) (value T, ok bool) {
	if value, ok = r.young[key]; !ok {
		value, ok = r.old[key]
	}
	return value, ok
}

// update replaces the value of a key by what change makes of it.
func (r *recent[T]) update(key uint64, change func(T) T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	value, _ := r.find(key)
	if r.young == nil {
		r.young, r.old = map[uint64]T{}, map[uint64]T{}
	}
	if len(r.young) >= generation {
		r.young, r.old = r.old, r.young
		clear(r.young)
	}
	r.young[key] = change(value)
	r.measure()
}

// put replaces the value of a key.
func (r *recent[T]) put(key uint64, value T) { r.update(key, func(T) T { return value }) }

// each calls visit with all that is remembered.
func (r *recent[T]) each(visit func(T)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, value := range r.young {
		visit(value)
	}
	for key, value := range r.old {
		if _, again := r.young[key]; !again {
			visit(value)
		}
	}
}

func (r *recent[T]) forget(key uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.young, key)
	delete(r.old, key)
	r.measure()
}

func (r *recent[T]) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.young, r.old = nil, nil
	r.measure()
}

func (r *recent[T]) measure() { r.size.Store(int64(len(r.young) + len(r.old))) }

// prime is the one of FNV-1a.
const prime = 1099511628211

// keyOf is a number for two names, in upper and lower case alike (FNV-1a).
func keyOf(a, b string) uint64 {
	const basis = 14695981039346656037
	key := keyOn(basis, a)
	key = (key ^ 0xff) * prime // no byte of a name
	return keyOn(key, b)
}

// keyOn goes on with another name.
func keyOn(key uint64, name string) uint64 {
	for i := range len(name) {
		key = (key ^ uint64(lower(name[i]))) * prime
	}
	return key
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
