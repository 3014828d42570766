package mockews_test

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const concurrentCalls = 300

// journalOf plays calls in a bubble, two of them at each instant, and returns the journal.
func journalOf(t *testing.T, topology route.Topology, withIDs bool) (entries []mockews.Entry) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, topology)
		begin := time.Now()
		var calls sync.WaitGroup
		for i := range concurrentCalls {
			calls.Go(func() {
				time.Sleep(time.Until(begin.Add(time.Duration(i/2) * 3 * time.Millisecond)))
				user := fmt.Sprintf("user%06d@contoso.com", i/4+1)
				p := soap(user, getInbox())
				if i%2 == 1 {
					p.header.Del("X-AnchorMailbox")
				}
				if withIDs {
					p = p.with("client-request-id", fmt.Sprintf("%08x-0000-4000-8000-000000000000", i/2))
				}
				p.send(t, s.Transport())
			})
		}
		calls.Wait()
		entries = s.Journal()
	})
	return entries
}

// The same seed gives the same journal, whatever the scheduler does.
func TestJournalIsDeterministic(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, profile string
		withIDs       bool
		runs          int
	}{
		{"request ids", "onprem-2site", true, 20},
		{"no request ids", "onprem-2site", false, 5},
		{"hostile", "hostile", true, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			topology := profile(t, c.profile)
			first := journalOf(t, topology, c.withIDs)
			require.Len(t, first, concurrentCalls)
			for range c.runs {
				require.True(t, reflect.DeepEqual(first, journalOf(t, topology, c.withIDs)))
			}
			topology.Seed++
			assert.False(t, reflect.DeepEqual(first, journalOf(t, topology, c.withIDs)), "another seed is another run")
		})
	}
}

// Fixed times make calls meet at the same instant all the time; the order is theirs, not the scheduler's.
func TestTiesAreDeterministic(t *testing.T) {
	t.Parallel()
	topology := route.Topology{
		Service: route.Service{Default: route.Lognormal{Median: 6 * time.Millisecond}},
		Sites:   []route.Site{{Name: "a", RTT: 6 * time.Millisecond, FrontEnds: 1, BackEnds: []route.BackEnd{{Workers: 2}, {Workers: 2}}}},
		Proxy:   route.Proxy{Size: 2, Queue: 3, Timeout: 9 * time.Millisecond},
	}
	first := journalOf(t, topology, true)
	for range 10 {
		require.True(t, reflect.DeepEqual(first, journalOf(t, topology, true)))
	}
}

func TestJournalSaysWhatACallMet(t *testing.T) {
	t.Parallel()
	topology := route.Topology{
		Parse: time.Millisecond, Service: route.Service{Default: route.Lognormal{Median: 20 * time.Millisecond}},
		Sites: []route.Site{{Name: "a", RTT: 2 * time.Millisecond, FrontEnds: 1, BackEnds: []route.BackEnd{{Workers: 1}, {}}}},
	}
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, topology)
		user := route.Principal(1)
		for {
			if home, _ := s.Organisation().Home(user); home == 1 {
				break
			}
			user++
		}
		address := s.Organisation().Address(user)
		soap(address, getInbox()).with("client-request-id", "x").send(t, s.Transport())
		time.Sleep(time.Second)
		p := soap(address, getInbox())
		p.header.Del("X-AnchorMailbox")
		p.send(t, s.Transport())
		p.user = ""
		p.send(t, s.Transport())
		assert.Equal(t, []mockews.Entry{
			{
				ID: "x", Op: ews.OpGetFolder, Caller: bench, Target: address, Anchor: address, AnchorSource: route.SourceAnchor,
				FrontEnd: "A-FE1", Calculated: "A-BE2", Final: "A-BE2", Service: 20 * time.Millisecond, Status: 200, Code: ews.NoError,
				Verdicts: audit.VerdictsOf(audit.DefaultUserAgent, audit.RequestIDNotGUID, audit.RequestIDNotReturned),
			},
			{
				Arrived: time.Second + 21*time.Millisecond, Op: ews.OpGetFolder, Caller: bench, Target: address, AnchorSource: route.SourceIdentity,
				FrontEnd: "A-FE1", Calculated: "A-BE1", Final: "A-BE2", Hops: 1, Service: 20 * time.Millisecond, Status: 200, Code: ews.NoError,
				Verdicts: audit.VerdictsOf(audit.AnchorMissing, audit.NoClientRequestID, audit.DefaultUserAgent),
			},
			{
				Arrived: time.Second + 45*time.Millisecond, FrontEnd: "A-FE1", Status: 401,
			},
		}, s.Journal())
	})
}
