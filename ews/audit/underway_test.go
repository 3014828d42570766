package audit

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
	for i := range u.parts {
		assert.Zero(t, u.parts[i].n)
		assert.Empty(t, u.parts[i].others)
	}
}

// Keys that share a place are counted by themselves, in whatever order they come and go.
func TestUnderwayTellsKeysApart(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	var u underway
	places, want := uint64(len(u.parts)), map[uint64]int{}
	for range 5000 {
		key := 3 + places*uint64(rng.IntN(4))
		if rng.IntN(2) == 0 {
			want[key]++
			require.Equal(t, want[key], u.begin(key))
			continue
		}
		u.end(key)
		want[key] = max(0, want[key]-1)
	}
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
