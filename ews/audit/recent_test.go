package audit

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// A recent keeps the last keys whatever comes, and no more than twice as many.
func TestRecentIsBounded(t *testing.T) {
	t.Parallel()
	var r recent[int]
	assert.True(t, r.empty())
	const last = 5*generation + generation/2
	for key := range uint64(last) {
		r.update(key, func(int) int { return int(key) })
		assert.LessOrEqual(t, r.size.Load(), int64(2*generation))
	}
	for key := uint64(last - generation); key < last; key++ {
		value, ok := r.get(key)
		assert.True(t, ok)
		assert.Equal(t, int(key), value)
	}
	_, ok := r.get(0)
	assert.False(t, ok, "the oldest make room")
	r.forget(last - generation)
	_, ok = r.get(last - generation)
	assert.False(t, ok, "what is old can be forgotten too")
}

func TestRecentUpdatesAndForgets(t *testing.T) {
	t.Parallel()
	var r recent[int]
	count := func(n int) int { return n + 1 }
	r.update(7, count)
	r.update(7, count)
	value, ok := r.get(7)
	assert.True(t, ok)
	assert.Equal(t, 2, value)
	r.forget(7)
	r.forget(8)
	assert.True(t, r.empty())
}

func TestKeysTellNamesApart(t *testing.T) {
	t.Parallel()
	assert.Equal(t, keyOf("Svc@a", "x@A"), keyOf("svc@a", "x@a"))
	assert.NotEqual(t, keyOf("ab", "c"), keyOf("a", "bc"))
	assert.NotEqual(t, keyOf("a", ""), keyOf("", "a"))
	assert.NotEqual(t, keyOf("a\x00", "b"), keyOf("a", "\x00b"))
}

// Callers that were told to wait, and have waited, leave nothing behind.
func TestMemoryIsGivenBack(t *testing.T) {
	t.Parallel()
	var a Auditor
	e := Exchange{Op: "GetItem", Caller: "a", Code: "ErrorServerBusy", BackOff: time.Second}
	a.Observe(&e)
	assert.False(t, a.memory.pace.empty())
	e = Exchange{Op: "GetItem", Caller: "a", Came: 2 * time.Second}
	a.Observe(&e)
	assert.True(t, a.memory.pace.empty())
}
