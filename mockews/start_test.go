package mockews_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// recorder is a TB that notes what is said to it.
type recorder struct {
	cleanups []func()
	said     []string
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Logf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}
func (r *recorder) Errorf(format string, args ...any) { r.Logf("error: "+format, args...) }
func (r *recorder) Fatalf(format string, args ...any) { r.Logf("fatal: "+format, args...) }

func TestStartEndsWithTheTest(t *testing.T) {
	t.Parallel()
	var tb recorder
	mx := mockews.Start(&tb, profile(t, "ideal"))
	require.NotNil(t, mx)
	assert.Contains(t, tb.said[0], mx.URL)
	p := soap(target, getInbox())
	p.url = mx.URL
	assert.True(t, p.send(t, &http.Transport{DisableKeepAlives: true}).outcome().OK())
	for _, f := range tb.cleanups {
		f()
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, mx.URL, nil)
	require.NoError(t, err)
	_, err = (&http.Transport{}).RoundTrip(r)
	require.Error(t, err)
	assert.False(t, strings.Contains(strings.Join(tb.said, "\n"), "error:"), tb.said)
}

func TestStartRefusesABadTopology(t *testing.T) {
	t.Parallel()
	var tb recorder
	assert.Nil(t, mockews.Start(&tb, route.Topology{Mailboxes: -1}))
	require.Len(t, tb.said, 1)
	assert.Contains(t, tb.said[0], "fatal: mockews: topology: mailboxes")
}
