package mockews_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// limited is a server with few of what stands for a while.
func limited(t *testing.T) *mockews.Server {
	topology := profile(t, "ideal")
	topology.Throttling = throttle.Policy{Enabled: true, Streams: 2, Subscriptions: 3, Messages: 2}
	return newServer(t, topology)
}

// Limits on what stands for a while: each with its code.
func TestStandingLimitsOfOperations(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := limited(t)
		var ids []string
		for range 3 {
			id, _ := subscribe(t, s, soap(target, streaming()))
			ids = append(ids, id)
		}
		o, _ := do(t, s, target, streaming())
		assert.Equal(t, ews.ErrorExceededSubscriptionCount, o.Code(), "EWSMaxSubscriptions")
		assert.Equal(t, 200, o.HTTP)
		other, _ := subscribe(t, s, soap(frank, streaming()))
		assert.NotEmpty(t, other, "another mailbox has a budget of its own")

		for _, id := range ids[:2] {
			envelopes, closed := openStream(t, s, soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1}))
			defer closed()
			<-envelopes
		}
		o, _ = do(t, s, target, ews.GetStreamingEvents{IDs: ids[2:], Timeout: 1})
		assert.Equal(t, ews.ErrorExceededConnectionCount, o.Code(), "HangingConnectionLimit")
		assert.Equal(t, 500, o.HTTP)

		o, _ = do(t, s, target, ews.Unsubscribe{ID: ids[2]})
		require.True(t, o.OK())
		o, _ = do(t, s, target, streaming())
		assert.True(t, o.OK(), "what was given up makes room")
	})
}

// MessageRateLimit: what is too much comes later, without an error.
func TestMessageRateLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := limited(t)
		m := ews.Object{Kind: ews.KindMessage}
		m.Set(ews.Path{URI: "item:Subject"}, "one of many")
		m.Set(ews.Path{URI: "message:ToRecipients"}, ews.Recipients{Mailboxes: []ews.Mailbox{{Address: frank}}})
		for range 3 {
			o, body := do(t, s, target, ews.CreateItem{Disposition: ews.SendOnly, Items: []ews.Object{m}})
			require.True(t, o.OK(), "%s", body)
		}
		arrived := func() int {
			_, body := do(t, s, frank, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(10)}, Restriction: &ews.Restriction{
				Expression: ews.Expression{Is: ews.IsEqualTo, Path: ews.Path{URI: "item:Subject"}, Value: "one of many"},
			}})
			return len(ews.ItemIDs(body, 10))
		}
		assert.Equal(t, 2, arrived())
		time.Sleep(61 * time.Second)
		assert.Equal(t, 3, arrived())
	})
}

// Subscriptions that cannot be where they are asked for.
func TestMisplacedSubscriptions(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "onprem-2site"))
	org := s.Organisation()
	home, _ := org.Home(1)
	away := route.Principal(0)
	for p := route.Principal(2); p < 200 && away == 0; p++ {
		if other, _ := org.Home(p); org.Site(org.BackEnd(other)) != org.Site(org.BackEnd(home)) {
			away = p
		}
	}
	require.NotZero(t, away)
	far := soap(org.Address(away), streaming()).with("X-Anchormailbox", org.Address(1)).with("X-Preferserveraffinity", "true")
	o := far.send(t, s.Transport()).outcome()
	assert.Equal(t, []any{500, ews.ErrorProxyCallFailed}, []any{o.HTTP, o.Code()}, "grouped subscription, second mailbox elsewhere")
	lost := soap(target, pull(10)).with("X-Preferserveraffinity", "true")
	lost.header.Del("X-Anchormailbox")
	o = lost.send(t, s.Transport()).outcome()
	assert.Equal(t, []any{200, ews.ErrorInternalServerError}, []any{o.HTTP, o.Code()}, "pull subscription with the preference and no anchor")
}

// A page of a search is never longer than a thousand.
func TestLargestPage(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	m := ews.Object{Kind: ews.KindMessage}
	m.Set(ews.Path{URI: "item:Subject"}, "note")
	items := make([]ews.Object, 1100)
	for i := range items {
		items[i] = m
	}
	outbox := ews.FolderID{Distinguished: "outbox"}
	o, _ := do(t, s, target, ews.CreateItem{Disposition: ews.SaveOnly, Folder: &ews.TargetFolder{ID: outbox}, Items: items})
	require.True(t, o.OK())
	_, body := do(t, s, target, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{outbox}, Page: &ews.IndexedView{Max: new(5000)}})
	assert.Len(t, ews.ItemIDs(body, 5000), 1000)
	assert.Contains(t, string(body), `IndexedPagingOffset="1000" IncludesLastItemInRange="false" TotalItemsInView="1100"`)
}

// A server lets a connection hang for an hour at most (shipped web.config in microsoft/CSS-Exchange), and a request may ask for
// half of it (MS docs: ConnectionTimeout).
func TestLongestStream(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	id, _ := subscribe(t, s, soap(target, streaming()))
	for _, minutes := range []int{0, 31, 60} {
		o := soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: minutes}).send(t, s.Transport()).outcome()
		assert.Equal(t, ews.ErrorSchemaValidation, o.Code(), "%d minutes", minutes)
	}
}
