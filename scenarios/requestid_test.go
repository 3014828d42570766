package scenarios_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	p, other := planOf(t, sample(), 1), planOf(t, sample(), 2)
	seen := map[string]bool{}
	for n := range uint64(2000) {
		id := string(p.AppendRequestID(nil, n))
		assert.Regexp(t, uuid, id)
		assert.False(t, seen[id])
		seen[id] = true
		assert.NotEqual(t, id, string(other.AppendRequestID(nil, n)))
	}
}

// TestRequestIDsKnowOnlySeedAndCall: the same call meets the same weather in
// each arm, and in each scenario.
func TestRequestIDsKnowOnlySeedAndCall(t *testing.T) {
	t.Parallel()
	assert.Equal(t,
		planOf(t, sample(), 1).AppendRequestID(nil, 42),
		planOf(t, visiting(9), 1).AppendRequestID(nil, 42))
	assert.Equal(t, "x65860fae", string(planOf(t, sample(), 1).AppendRequestID([]byte("x"), 0))[:9])
}
