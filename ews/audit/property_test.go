package audit_test

import (
	"fmt"
	"maps"
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

	state  map[string]uint64 // to synchronise from, by mailbox
	offset map[string]int    // of the next page, by mailbox
	pulled map[string]pulled // by mailbox
	made   int               // subscriptions and states
}

// pulled is a subscription, and where its next events begin.
type pulled struct {
	id   string
	mark uint64
}

func (c *client) mailbox() string { return fmt.Sprintf("user%d@contoso.com", c.rng.IntN(20)) }

// next is the client's next request, with whatever a server may answer.
func (c *client) next() audit.Exchange {
	mailbox := c.mailbox()
	c.now = max(c.now+time.Duration(c.rng.IntN(1000))*time.Millisecond, c.ready[mailbox])
	e := exemplary(c.now)
	e.Mailbox, e.Anchor, e.Anchored = mailbox, mailbox, mailbox
	e.Items, e.Page = c.rng.IntN(11), c.rng.IntN(1001)
	learn := func(*audit.Exchange) {}
	switch c.rng.IntN(7) {
	case 0:
		c.join(&e)
	case 1: // the service account's own mailbox
		e.Mailbox, e.Anchor, e.Anchored = "", "", ""
		e.Came = max(c.now, c.ready[""])
	case 2, 3:
		learn = c.sync(&e)
	case 4:
		learn = c.page(&e)
	case 5, 6:
		learn = c.pull(&e)
	}
	e.RequestID = exemplary(e.Came + time.Duration(c.made)).RequestID
	c.made++
	e.Answered = e.Came + time.Duration(c.rng.IntN(500))*time.Millisecond
	c.meet(&e)
	learn(&e)
	c.now = e.Answered
	return e
}

// sync goes on from the last state, and afresh if that is refused.
func (c *client) sync(e *audit.Exchange) func(*audit.Exchange) {
	box := e.Mailbox
	e.Op, e.Asked = ews.OpSyncFolderItems, audit.Asked{Version: ews.DefaultVersion, Folder: 1, State: c.state[box]}
	e.Next, e.Last, e.Shown = e.State, true, 0
	if c.rng.IntN(2) == 0 || e.State == 0 {
		e.Next, e.Last, e.Shown = uint64(1000+c.made), c.rng.IntN(2) == 0, 1+c.rng.IntN(5)
	}
	return func(e *audit.Exchange) {
		switch {
		case e.Code != ews.NoError:
		case e.State != 0 && c.rng.IntN(8) == 0:
			e.Code, c.state[box] = ews.ErrorInvalidSyncStateData, 0
		default:
			c.state[box] = e.Next
		}
		c.ready[box] = max(c.ready[box], e.Answered+second)
	}
}

// page goes on from where the last one ended, and stops at the last.
func (c *client) page(e *audit.Exchange) func(*audit.Exchange) {
	box := e.Mailbox
	e.Op, e.Asked = ews.OpFindItem, audit.Asked{Version: ews.DefaultVersion, Query: 1, Text: uint64(2 + c.offset[box]), Page: 10, Offset: c.offset[box]}
	e.Shown, e.Last = 1+c.rng.IntN(10), c.rng.IntN(3) == 0
	return func(e *audit.Exchange) {
		switch {
		case e.Code != ews.NoError:
		case e.Last:
			c.offset[box] = 0
		default:
			c.offset[box] += e.Shown
		}
	}
}

// pull subscribes, gets events from where the last ones ended, and subscribes anew when that is lost.
func (c *client) pull(e *audit.Exchange) func(*audit.Exchange) {
	box := e.Mailbox
	s, ok := c.pulled[box]
	e.Op, e.Asked = ews.OpSubscribe, audit.Asked{Version: ews.DefaultVersion}
	e.Made, e.NextMark = fmt.Sprint("s", c.made), uint64(c.made+1)
	if ok {
		e.Op, e.Subscriptions, e.Mark, e.Made = ews.OpGetEvents, []string{s.id}, s.mark, ""
	}
	return func(e *audit.Exchange) {
		switch {
		case e.Code != ews.NoError:
		case ok && c.rng.IntN(5) == 0:
			e.Code = ews.ErrorSubscriptionNotFound
			delete(c.pulled, box)
		case ok:
			c.pulled[box] = pulled{s.id, e.NextMark}
		default:
			c.pulled[box] = pulled{e.Made, e.NextMark}
		}
		c.ready[box] = max(c.ready[box], e.Answered+second)
	}
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
	met := map[audit.ID]uint64{}
	for seed := range uint64(50) {
		a := audit.Auditor{Situations: true}
		c := client{rng: rand.New(rand.NewPCG(seed, 0)), ready: map[string]time.Duration{}, cookie: map[string]bool{}}
		c.state, c.offset, c.pulled = map[string]uint64{}, map[string]int{}, map[string]pulled{}
		for n := range 400 {
			e := c.next()
			require.Empty(t, a.Observe(&e).String(), "seed %d, request %d: %+v", seed, n, e)
		}
		require.Empty(t, a.Counts())
		a.Finish()
		for id := range a.Counts() {
			require.Contains(t, []audit.ID{audit.SyncLeftUnfinished, audit.SubscriptionLeftBehind}, id, "it stops in the middle")
		}
		maps.Copy(met, a.Met())
	}
	for _, id := range []audit.ID{
		audit.BackoffIgnored, audit.BusyRetryStorm, audit.DeniedRetryStorm, audit.AffinityCookieDropped, audit.SyncStateStale,
		audit.SyncStateRefusedAgain, audit.PagingByPageSize, audit.PagingPastTheEnd, audit.WatermarkStale, audit.DeadSubscriptionReused,
	} {
		require.NotZero(t, met[id], "%s was never tried", id)
	}
}
