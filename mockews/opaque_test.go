package mockews

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func newTestStore(t testing.TB, seed uint64) *store {
	org, err := route.Build(route.Topology{Seed: seed, Mailboxes: 1_000_000})
	require.NoError(t, err)
	guard, err := access.NewGuard(org, access.Grants{})
	require.NoError(t, err)
	return newStore(org, guard)
}

func TestIDsComeBack(t *testing.T) {
	t.Parallel()
	s, other := newTestStore(t, 1), newTestStore(t, 2)
	seen := map[string]bool{}
	for _, kind := range []idKind{kindFolder, kindItem, kindState} {
		for _, owner := range []route.Principal{-4, -1, 1, 1_000_000} {
			for _, place := range [][2]int{{0, 0}, {24, 0}, {1, 119}, {hierarchyState, 25}} {
				o := opaque{kind: kind, owner: owner, folder: place[0], nth: place[1]}
				id := s.encode(o)
				got, ok := s.decode(kind, id)
				assert.True(t, ok)
				assert.Equal(t, o, got)
				assert.Equal(t, "AAMk", id[:4])
				assert.False(t, seen[id])
				seen[id] = true
				_, ok = other.decode(kind, id)
				assert.False(t, ok, "an id of another organisation")
			}
		}
	}
	assert.Len(t, s.encode(opaque{kind: kindItem}), 152)
	assert.Len(t, s.encode(opaque{kind: kindFolder}), 120)
}

// What decode accepts is exactly what encode makes.
func FuzzDecode(f *testing.F) {
	s := newTestStore(f, 1)
	for _, kind := range []idKind{kindFolder, kindItem, kindState} {
		f.Add(s.encode(opaque{kind: kind, owner: 7, folder: 1, nth: 3}))
	}
	f.Add("AAMk")
	f.Fuzz(func(t *testing.T, id string) {
		for _, kind := range []idKind{kindFolder, kindItem, kindState} {
			if o, ok := s.decode(kind, id); ok {
				assert.Equal(t, id, s.encode(o))
			}
		}
	})
}
