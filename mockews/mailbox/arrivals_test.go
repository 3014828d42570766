package mailbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// Mail that arrives by itself is the same whether somebody looks all the time or once; synchronisation and searches find it, when it
// is due and not before.
func TestMailArrives(t *testing.T) {
	t.Parallel()
	const every = 10 * time.Minute
	synctest.Test(t, func(t *testing.T) {
		watched, _ := newStore(t, 3, noGrants)
		left, _ := newStore(t, 3, noGrants)
		none, _ := newStore(t, 3, noGrants)
		watched.MailEvery, left.MailEvery = every, every
		inbox := func(c client) []ews.Object { return c.found(named("inbox"), ews.FindItem{}) }
		me := as(t, watched, 1)
		before := len(inbox(me))
		state := me.syncAll("inbox", "", nil)

		at, ok := watched.NextMail(1)
		require.True(t, ok)
		time.Sleep(time.Until(at) - time.Nanosecond)
		assert.Len(t, inbox(me), before, "not yet")
		time.Sleep(time.Nanosecond)
		assert.Len(t, inbox(me), before+1)
		newest := inbox(me)[0]
		assert.Equal(t, at.UTC().Truncate(time.Second), newest.Get(path("item:DateTimeReceived")))
		assert.False(t, newest.Bool("message:IsRead"))

		var created []ews.ItemChange
		for range 24 {
			time.Sleep(time.Hour)
			state = me.syncAll("inbox", state, &created)
		}
		all := inbox(me)
		assert.InDelta(t, 144, len(all)-before, 48, "four standard deviations of what arrives in a day")
		assert.Len(t, created, len(all)-before, "each is told of once")
		assert.Equal(t, subjects(all), subjects(inbox(as(t, left, 1))), "nobody has looked in between")
		assert.NotEqual(t, len(all), len(inbox(as(t, left, 2))), "others have mail of their own")
		assert.Len(t, inbox(as(t, none, 1)), before, "off by default")
		_, ok = none.NextMail(1)
		assert.False(t, ok)
	})
}

// syncAll asks for all changes of a folder behind a state, and returns the state behind them.
func (c client) syncAll(folder, state string, to *[]ews.ItemChange) string {
	c.tb.Helper()
	for {
		r, code := do[ews.SyncFolderItemsResponse](c, ews.SyncFolderItems{
			Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: named(folder)}, State: state, MaxChanges: 512,
		})
		require.Equal(c.tb, ews.NoError, code)
		if to != nil {
			*to = append(*to, r.Messages[0].Changes...)
		}
		if state = r.Messages[0].State; r.Messages[0].Last {
			return state
		}
	}
}
