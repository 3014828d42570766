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
)

// ways is a topology in which nothing takes time but the way: 6 ms within a site and 40 ms between the two.
func ways(t *testing.T) route.Topology {
	t.Helper()
	topology := profile(t, "onprem-2site")
	topology.FrontEnd, topology.Parse, topology.Service = route.Lognormal{}, 0, route.Service{}
	topology.Identity, topology.Hop, topology.Stalls = route.Identity{}, route.Hop{}, route.Stalls{}
	for i := range topology.Sites {
		topology.Sites[i].RTT = 6 * time.Millisecond
	}
	return topology
}

// userAt is the address of a user whose mailbox is on that back end.
func userAt(t *testing.T, s *mockews.Server, backEnd int) string {
	t.Helper()
	org := s.Organisation()
	for p := route.Principal(1); p < 1000; p++ {
		if home, _ := org.Home(p); home == backEnd {
			return org.Address(p)
		}
	}
	require.FailNow(t, "nobody is there")
	return ""
}

// An event travels from the server of the mailbox to that of the subscription, and along a stream that was proxied.
func TestWayOfAnEvent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name              string
		anchored, grouped bool
		anchor, owner     int // back ends
		want              time.Duration
	}{
		{"subscription beside the mailbox", true, true, 0, 0, 0},
		{"at the other server of the site", true, true, 1, 0, 6 * time.Millisecond},
		{"stream proxied within the site", false, false, 1, 1, 3 * time.Millisecond},
		{"stream proxied from the other site", false, false, 3, 3, 20 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newServer(t, ways(t))
				owner, anchor := userAt(t, s, c.owner), userAt(t, s, c.anchor)
				asked := func(body ews.Body) probe {
					p := soap(owner, body)
					p.header.Del("X-Anchormailbox")
					if c.anchored {
						p = p.with("X-Anchormailbox", anchor)
					}
					if c.grouped {
						p = p.with("X-Preferserveraffinity", "true")
					}
					return p
				}
				id, _ := subscribe(t, s, asked(streaming()))
				envelopes, closed := openStream(t, s, asked(ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1}))
				defer closed()
				require.Contains(t, <-envelopes, ">OK<")
				write(t, s, owner)
				begin := time.Now()
				require.Contains(t, <-envelopes, "CreatedEvent")
				assert.Equal(t, c.want, time.Since(begin))
			})
		})
	}
}

// A server that pauses passes no event on before it goes on: here that of the subscription, not that of the mailbox.
func TestEventWaitsForAServerThatPauses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		topology := ways(t)
		topology.Stalls = route.Stalls{Every: 4 * time.Second, Median: time.Second}
		s := newServer(t, topology)
		owner, anchor := userAt(t, s, 0), userAt(t, s, 1)
		asked := func(body ews.Body) probe {
			return soap(owner, body).with("X-Anchormailbox", anchor).with("X-Preferserveraffinity", "true")
		}
		id, _ := subscribe(t, s, asked(streaming()))
		envelopes, closed := openStream(t, s, asked(ews.GetStreamingEvents{IDs: []string{id}, Timeout: 30}))
		defer closed()
		require.Contains(t, <-envelopes, ">OK<")
		held := 0
		for range 100 {
			write(t, s, owner)
			begin := time.Now()
			require.Contains(t, <-envelopes, "CreatedEvent")
			if took := time.Since(begin); took > 6*time.Millisecond {
				assert.LessOrEqual(t, took, 1006*time.Millisecond)
				held++
			}
			time.Sleep(97 * time.Millisecond)
		}
		assert.Greater(t, held, 2, "one in four events meets a pause of a second in four, but for those that the mail waited for")
	})
}

// News of one mailbox that is still on its way does not come with that of another.
func TestNewsOnItsWayIsNotSeenBefore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, ways(t))
		far, near := userAt(t, s, 0), userAt(t, s, 1)
		asked := func(user string, body ews.Body) probe {
			return soap(user, body).with("X-Anchormailbox", near).with("X-Preferserveraffinity", "true")
		}
		one, _ := subscribe(t, s, asked(near, streaming()))
		other, _ := subscribe(t, s, asked(far, streaming()))
		envelopes, closed := openStream(t, s, asked(near, ews.GetStreamingEvents{IDs: []string{one, other}, Timeout: 1}))
		defer closed()
		require.Contains(t, <-envelopes, ">OK<")
		synctest.Wait()
		write(t, s, far)
		write(t, s, near)
		first, second := <-envelopes, <-envelopes
		assert.Contains(t, first, one)
		assert.NotContains(t, first, other)
		assert.Contains(t, second, other)
	})
}
