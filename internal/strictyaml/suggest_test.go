package strictyaml_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	keys := []string{"rate", "name", "max_changes", "op", "warmup"}
	for _, tc := range []struct {
		name, word, want string
	}{
		{"swapped", "raet", "rate"},
		{"left out", "rte", "rate"},
		{"put in", "ratee", "rate"},
		{"changed", "nane", "name"},
		{"two slips in a long word", "max_chnge", "max_changes"},
		{"case", "WarmUp", "warmup"},
		{"two slips in a short word", "raxx", ""},
		{"far", "colour", ""},
		{"too short to guess", "ob", ""},
		{"empty", "", ""},
		{"long", strings.Repeat("x", 10_000), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, strictyaml.Nearest(tc.word, keys))
		})
	}
}

func TestNearestPrefersTheFirstOfEquals(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "rate", strictyaml.Nearest("rxte", []string{"rate", "rote"}))
	assert.Equal(t, "rote", strictyaml.Nearest("rotes", []string{"rates", "rote"}[1:]))
}

func TestDidYouMean(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `, did you mean "rate"?`, strictyaml.DidYouMean("raet", []string{"rate"}))
	assert.Empty(t, strictyaml.DidYouMean("colour", []string{"rate"}))
}
