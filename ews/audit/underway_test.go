package audit

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestUnderwayLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	var u underway
	u.end(7) // begun with another auditor
	assert.Equal(t, 1, u.begin(7))
	assert.Equal(t, 2, u.begin(7))
	assert.Equal(t, 1, u.begin(8))
	u.end(7)
	u.end(7)
	u.end(7)
	u.end(8)
	assert.Empty(t, u.counts)
}

// A place holds one key, the last.
func TestLossyForgets(t *testing.T) {
	t.Parallel()
	var l lossy
	_, known := l.swap(5, 1)
	assert.False(t, known)
	old, known := l.swap(5, 2)
	assert.True(t, known)
	assert.EqualValues(t, 1, old)
	_, known = l.swap(5+places, 3)
	assert.False(t, known, "another key in the same place")
	_, known = l.swap(5, 4)
	assert.False(t, known, "has been driven out")
}

func TestDigestsTellTextsApart(t *testing.T) {
	t.Parallel()
	seen := map[uint64]string{}
	text := ""
	for range 300 {
		if old, ok := seen[digest(text)]; ok {
			assert.Fail(t, "two texts with one digest", "%q and %q", old, text)
		}
		seen[digest(text)] = text
		text += "\x00"
	}
	assert.Zero(t, digest(""))
	assert.Equal(t, digest("abc"), digest([]byte("abc")))
	assert.NotEqual(t, join(1, 2), join(2, 1))
	assert.NotEqual(t, join(1), join(1, 0))
}
