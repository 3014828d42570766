package audit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestTooManyStreams(t *testing.T) {
	t.Parallel()
	var a audit.Auditor
	var open []*audit.Exchange
	stream := func() audit.Verdicts {
		e := member(ews.OpGetStreamingEvents, alfred, second+time.Duration(len(open)))
		a.Arrive(&e)
		open = append(open, &e)
		return a.Observe(&e)
	}
	for range 10 {
		assert.Empty(t, stream().String())
	}
	assert.Equal(t, audit.VerdictsOf(audit.TooManyStreams), stream(), "the 11th")
	for _, e := range open {
		a.Ended(e, false)
		a.Ended(e, false) // counts once
	}
	assert.Empty(t, stream().String(), "once they are over")
	call := exemplary(3 * second)
	a.Arrive(&call)
	assert.Empty(t, a.Observe(&call).String(), "calls are counted by themselves")
	told := refused(member(ews.OpGetStreamingEvents, alfred, 4*second), ews.ErrorExceededConnectionCount)
	assert.Equal(t, audit.VerdictsOf(audit.TooManyStreams), a.Observe(&told), "the server says so")
}
