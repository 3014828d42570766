package audit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestTooManyConnections(t *testing.T) {
	t.Parallel()
	var a audit.Auditor
	ids := 0
	next := func() *audit.Exchange {
		ids++
		e := exemplary(second + time.Duration(ids))
		a.Arrive(&e)
		return &e
	}
	var under []*audit.Exchange
	for range 27 {
		under = append(under, next())
	}
	over := next()
	assert.Equal(t, audit.VerdictsOf(audit.TooManyConnections), a.Observe(over), "the 28th")
	other := exemplary(3 * second)
	other.Mailbox, other.Anchor, other.Anchored = sadie, sadie, sadie
	a.Arrive(&other)
	assert.Empty(t, a.Observe(&other).String(), "another mailbox")
	for _, e := range under {
		assert.Empty(t, a.Observe(e).String())
	}
	assert.Empty(t, a.Observe(next()).String(), "once they are over")
	told := refused(exemplary(5*second), ews.ErrorExceededConnectionCount)
	assert.Equal(t, audit.VerdictsOf(audit.TooManyConnections), a.Observe(&told), "the server says so")
}
