package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestShare(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fault.Share{"0.05": 0.05, "5%": 0.05, "1": 1, "100%": 1} {
		var s fault.Share
		assert.NoError(t, s.UnmarshalText([]byte(text)), text)
		assert.InDelta(t, float64(want), float64(s), 1e-12, text)
	}
}

// Whatever is read as a share is one.
func FuzzShare(f *testing.F) {
	for _, text := range []string{"0.05", "5%", "0", "NaN", "-1", "1e-400", "101%", "%", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s fault.Share
		if err := s.UnmarshalText([]byte(text)); err != nil {
			assert.Zero(t, s)
			return
		}
		assert.True(t, s > 0 && s <= 1, "%q is read as %g", text, s)
	})
}
