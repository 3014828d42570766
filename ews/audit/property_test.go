package audit_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

// client is a program that does everything right: it anchors, it waits when it
// is told to, and it keeps the cookies of its groups.
type client struct {
	rng    *rand.Rand
	now    time.Duration
	ready  map[string]time.Duration // when a mailbox may be asked again
	cookie map[string]bool          // of a group, by its anchor
}

func (c *client) mailbox() string { return fmt.Sprintf("user%d@contoso.com", c.rng.IntN(20)) }

// next is the client's next request, with whatever a server may answer.
func (c *client) next() audit.Exchange {
	mailbox := c.mailbox()
	c.now = max(c.now+time.Duration(c.rng.IntN(1000))*time.Millisecond, c.ready[mailbox])
	e := exemplary(c.now)
	e.Mailbox, e.Anchor, e.Anchored = mailbox, mailbox, mailbox
	e.Items, e.Page = c.rng.IntN(11), c.rng.IntN(1001)
	switch c.rng.IntN(4) {
	case 0:
		c.join(&e)
	case 1:
		e.Op = ews.OpSyncFolderItems
	case 2: // the service account's own mailbox
		e.Mailbox, e.Anchor, e.Anchored = "", "", ""
		e.Came = max(c.now, c.ready[""])
	}
	e.Answered = e.Came + time.Duration(c.rng.IntN(500))*time.Millisecond
	c.meet(&e)
	c.now = e.Answered
	return e
}

// join makes the request one of a group of subscriptions.
func (c *client) join(e *audit.Exchange) {
	anchor := fmt.Sprintf("user%d@contoso.com", c.rng.IntN(3))
	e.Op, e.Affinity, e.CookieSent = "Subscribe", true, c.cookie[anchor]
	e.Anchor, e.Anchored = anchor, anchor
	if !c.cookie[anchor] {
		e.CookieOffered, c.cookie[anchor] = true, true
	}
}

// meet is the server's mood.
func (c *client) meet(e *audit.Exchange) {
	switch c.rng.IntN(5) {
	case 0:
		e.Status, e.Code, e.BackOff = 500, ews.ErrorServerBusy, time.Duration(c.rng.IntN(5000))*time.Millisecond
	case 1:
		e.Status, e.Code = 503, ""
	case 2:
		e.Status, e.Code = 500, ews.ErrorImpersonateUserDenied
	}
	if e.Status != 200 {
		c.ready[e.Mailbox] = e.Answered + max(e.BackOff, second)
	}
}

// There is nothing to say to a client that does everything right, whatever the
// server does.
func TestExemplaryTrafficGetsNoVerdict(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		var a audit.Auditor
		c := client{rng: rand.New(rand.NewPCG(seed, 0)), ready: map[string]time.Duration{}, cookie: map[string]bool{}}
		for n := range 400 {
			e := c.next()
			require.Empty(t, a.Observe(&e).String(), "seed %d, request %d: %+v", seed, n, e)
		}
		require.Empty(t, a.Counts())
	}
}
