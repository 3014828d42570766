package route_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const ms = time.Millisecond

// twoSites has fixed times, one worker and one database at each of its two back ends, and a link of 40 ms.
func twoSites() route.Topology {
	return route.Topology{
		Parse:    2 * ms,
		Service:  route.Service{Default: route.Lognormal{Median: 20 * ms}, Ops: map[ews.Op]route.Lognormal{ews.OpFindItem: {Median: 30 * ms}}},
		Identity: route.Identity{Cold: 5 * ms},
		Hop:      route.Hop{Token: 3 * ms, TLS: 4 * ms, RoundTrips: 2},
		Sites: []route.Site{
			{Name: "a", FrontEnds: 1, BackEnds: []route.BackEnd{{Workers: 1}}},
			{Name: "b", BackEnds: []route.BackEnd{{Workers: 1}}},
		},
		Links: []route.Link{{Between: []string{"a", "b"}, RTT: 40 * ms}},
	}
}

// bubble runs f in a bubble with an engine, and with a user on each back end.
func bubble(t *testing.T, topology route.Topology, f func(t *testing.T, e *route.Engine, users []route.Principal)) {
	synctest.Test(t, func(t *testing.T) {
		org, err := route.Build(topology)
		require.NoError(t, err)
		users := make([]route.Principal, org.BackEnds())
		for p := route.Principal(1); p <= 100; p++ {
			home, _ := org.Home(p)
			users[home] = p
		}
		f(t, route.NewEngine(org), users)
	})
}

// pass takes a call through and returns how long it took.
func pass(t *testing.T, e *route.Engine, c route.Call) (route.Passage, time.Duration) {
	c.Arrived = time.Now()
	met, err := e.Pass(t.Context(), c)
	require.NoError(t, err)
	return met, time.Since(c.Arrived)
}

func TestExactTwentyMilliseconds(t *testing.T) {
	t.Parallel()
	topology := route.Topology{Service: route.Service{Default: route.Lognormal{Median: 20 * ms}}}
	bubble(t, topology, func(t *testing.T, e *route.Engine, users []route.Principal) {
		for key := range uint64(100) {
			met, took := pass(t, e, route.Call{Key: key, Op: ews.OpGetFolder, Target: users[0]})
			assert.Equal(t, 20*ms, took)
			assert.Equal(t, 20*ms, met.Service)
		}
	})
}

// Every cost of the way shows, and nothing else.
func TestPassageAddsUp(t *testing.T) {
	t.Parallel()
	const (
		direct = 2*ms + 20*ms
		there  = 2*ms + 3*ms + 20*ms // parse, token, half the round trip
		back   = 2*ms + 3*ms + 20*ms + 20*ms
		cold   = 5 * ms
		tls    = 4*ms + 2*40*ms
	)
	bubble(t, twoSites(), func(t *testing.T, e *route.Engine, users []route.Principal) {
		for _, c := range []struct {
			name string
			call route.Call
			want time.Duration
			hops int
		}{
			{"own back end, identity unknown", route.Call{First: 0, Target: users[0]}, direct + cold, 0},
			{"own back end", route.Call{First: 0, Target: users[0]}, direct, 0},
			{"proxied, all cold", route.Call{First: 0, Target: users[1]}, there + back + 2*cold + tls, 1},
			{"proxied, all warm", route.Call{First: 0, Target: users[1]}, there + back, 1},
			{"known where it was proxied to", route.Call{First: 1, Target: users[1]}, direct, 0},
			{"operation with a time of its own", route.Call{First: 1, Target: users[1], Op: ews.OpFindItem}, direct + 10*ms, 0},
			{"other way, connection cold", route.Call{First: 1, Target: users[0]}, there + back + cold + tls, 1},
			{"nobody's mailbox", route.Call{First: 0, Target: 0}, direct + cold, 0},
		} {
			met, took := pass(t, e, c.call)
			assert.Equal(t, c.want, took, c.name)
			assert.Equal(t, c.hops, met.Hops, c.name)
			assert.Equal(t, route.FailureNone, met.Failure, c.name)
			assert.Zero(t, met.Queue, c.name)
		}
		refused := route.Call{First: 0, Target: users[1], Refused: true}
		met, took := pass(t, e, refused)
		assert.Equal(t, 2*ms, took, "a refusal is neither served nor proxied")
		assert.Zero(t, met.Service)
	})
}

func TestIdentityExpires(t *testing.T) {
	t.Parallel()
	topology := twoSites()
	topology.Identity.TTL, topology.Identity.Entries = time.Minute, 2
	bubble(t, topology, func(t *testing.T, e *route.Engine, _ []route.Principal) {
		org, err := route.Build(topology)
		require.NoError(t, err)
		var local []route.Principal
		for p := route.Principal(1); len(local) < 3; p++ {
			if home, _ := org.Home(p); home == 0 {
				local = append(local, p)
			}
		}
		took := func(p route.Principal) time.Duration {
			_, d := pass(t, e, route.Call{Target: p})
			return d
		}
		warm := 22 * ms
		assert.Equal(t, []time.Duration{warm + 5*ms, warm}, []time.Duration{took(local[0]), took(local[0])})
		time.Sleep(2 * time.Minute)
		assert.Equal(t, warm+5*ms, took(local[0]), "the entry has expired")
		took(local[1])
		took(local[2])
		assert.Equal(t, warm, took(local[2]))
		assert.Equal(t, warm+5*ms, took(local[0]), "the entry has made room")
	})
}

func TestConnectionsGoCold(t *testing.T) {
	t.Parallel()
	topology := twoSites()
	topology.Hop.Idle = time.Minute
	topology.Identity = route.Identity{}
	bubble(t, topology, func(t *testing.T, e *route.Engine, users []route.Principal) {
		call := route.Call{First: 0, Target: users[1]}
		_, cold := pass(t, e, call)
		time.Sleep(59 * time.Second)
		_, warm := pass(t, e, call)
		time.Sleep(61 * time.Second)
		_, again := pass(t, e, call)
		assert.Equal(t, 84*ms, cold-warm)
		assert.Equal(t, cold, again)
	})
}

// sendAt sends calls at their instants, and returns what each met and how long it took, in order.
func sendAt(t *testing.T, e *route.Engine, at []time.Duration, calls []route.Call) ([]route.Passage, []time.Duration) {
	met, took := make([]route.Passage, len(calls)), make([]time.Duration, len(calls))
	begin := time.Now()
	done := make(chan int)
	for i := range calls {
		go func() {
			time.Sleep(time.Until(begin.Add(at[i])))
			met[i], took[i] = pass(t, e, calls[i])
			done <- i
		}()
	}
	for range calls {
		<-done
	}
	return met, took
}

func TestWorkersQueueInOrder(t *testing.T) {
	t.Parallel()
	topology := route.Topology{
		Service: route.Service{Default: route.Lognormal{Median: 20 * ms}},
		Sites:   []route.Site{{Name: "a", FrontEnds: 1, BackEnds: []route.BackEnd{{Workers: 1, Queue: 2}}}},
	}
	bubble(t, topology, func(t *testing.T, e *route.Engine, _ []route.Principal) {
		calls := make([]route.Call, 5)
		for i := range calls {
			calls[i].Key = uint64(10 - i)
		}
		met, took := sendAt(t, e, []time.Duration{0, 0, 5 * ms, 6 * ms, 20 * ms}, calls)
		// The second call has the smaller key of two that came at once; the fourth finds two waiting; the fifth comes when
		// the first leaves.
		assert.Equal(t, []time.Duration{40 * ms, 20 * ms, 55 * ms, time.Nanosecond, 60 * ms}, took)
		assert.Equal(t, route.FailureBusy, met[3].Failure)
		assert.Equal(t, []time.Duration{20 * ms, 0, 35 * ms, 0, 40 * ms},
			[]time.Duration{met[0].Queue, met[1].Queue, met[2].Queue, met[3].Queue, met[4].Queue})
	})
}

func TestProxyPoolFailures(t *testing.T) {
	t.Parallel()
	topology := twoSites()
	topology.Parse, topology.Identity, topology.Hop = 0, route.Identity{}, route.Hop{}
	topology.Service.Default.Median = 300 * ms
	topology.Proxy = route.Proxy{Size: 1, Queue: 1, Timeout: 100 * ms}
	topology.Sites[0].BackEnds[0].Workers = 8
	bubble(t, topology, func(t *testing.T, e *route.Engine, users []route.Principal) {
		call := route.Call{First: 0, Target: users[1]}
		met, took := sendAt(t, e, []time.Duration{0, 10 * ms, 20 * ms, 300 * ms}, []route.Call{call, call, call, call})
		assert.Equal(t, []route.Failure{route.FailureNone, route.FailureProxy, route.FailureBusy, route.FailureNone},
			[]route.Failure{met[0].Failure, met[1].Failure, met[2].Failure, met[3].Failure})
		assert.Equal(t, 340*ms, took[0], "forth, service and back")
		assert.Equal(t, 100*ms+time.Nanosecond, took[1], "the wait for the pool is over")
		assert.Equal(t, time.Nanosecond, took[2], "the queue of the pool is full")
		assert.Equal(t, 40*ms, met[3].Queue, "waits for the first call to come back")
		assert.Equal(t, 380*ms, took[3])
	})
}

// A call that meets a stall takes longer by what is left of it; one that meets none takes its own time.
func TestStallsPauseWork(t *testing.T) {
	t.Parallel()
	topology := route.Topology{
		Seed: 3, Service: route.Service{Default: route.Lognormal{Median: 20 * ms}},
		Stalls: route.Stalls{Every: 10 * time.Second, Median: time.Second},
	}
	bubble(t, topology, func(t *testing.T, e *route.Engine, _ []route.Principal) {
		at, calls := make([]time.Duration, 1000), make([]route.Call, 1000)
		for i := range at {
			at[i] = time.Duration(i) * 10 * ms
			calls[i].Key = uint64(i)
		}
		_, took := sendAt(t, e, at, calls)
		stalled := 0
		for i, d := range took {
			if d != 20*ms {
				stalled++
				assert.Greater(t, d, 20*ms)
				assert.LessOrEqual(t, d, time.Second+20*ms)
			}
			if i > 0 && took[i-1] > 40*ms && took[i-1] < time.Second+20*ms {
				assert.Equal(t, took[i-1]-10*ms, d, "both wait for the same end")
			}
		}
		assert.InDelta(t, 101, stalled, 2, "a second of ten, and the calls that were under way")
	})
}

func TestClientGoesAway(t *testing.T) {
	t.Parallel()
	topology := twoSites()
	bubble(t, topology, func(t *testing.T, e *route.Engine, users []route.Principal) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*ms)
		defer cancel()
		begin := time.Now()
		_, err := e.Pass(ctx, route.Call{Arrived: begin, Target: users[0]})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 10*ms, time.Since(begin))
		met, took := pass(t, e, route.Call{Target: users[0]})
		assert.Equal(t, 17*ms, met.Queue, "the worker is held to the end of the call")
		assert.Equal(t, 39*ms, took)
	})
}

func TestInstant(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*route.Topology)
		want   bool
	}{
		{"nothing", func(*route.Topology) {}, true},
		{"parse", func(t *route.Topology) { t.Parse = ms }, false},
		{"front end", func(t *route.Topology) { t.FrontEnd.Median = ms }, false},
		{"service", func(t *route.Topology) { t.Service.Default.Median = ms }, false},
		{"one operation", func(t *route.Topology) {
			t.Service.Ops = map[ews.Op]route.Lognormal{ews.OpGetItem: {Median: ms}}
		}, false},
		{"identity", func(t *route.Topology) { t.Identity.Cold = ms }, false},
		{"token", func(t *route.Topology) { t.Hop.Token = ms }, false},
		{"tls", func(t *route.Topology) { t.Hop.TLS = ms }, false},
		{"stalls", func(t *route.Topology) { t.Stalls.Every = time.Second }, false},
		{"round trip", func(t *route.Topology) {
			t.Sites = []route.Site{{Name: "a", RTT: ms, FrontEnds: 1, BackEnds: make([]route.BackEnd, 2)}}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var topology route.Topology
			c.change(&topology)
			org, err := route.Build(topology)
			require.NoError(t, err)
			assert.Equal(t, c.want, org.Instant())
		})
	}
}

func TestIdealIsExactlyNothing(t *testing.T) {
	t.Parallel()
	bubble(t, profile(t, "ideal", 1), func(t *testing.T, e *route.Engine, users []route.Principal) {
		_, took := pass(t, e, route.Call{Op: ews.OpGetFolder, Target: users[0]})
		assert.Zero(t, took)
	})
}

func TestIdealDoesNotAllocate(t *testing.T) {
	org, err := route.Build(profile(t, "ideal", 1))
	require.NoError(t, err)
	e := route.NewEngine(org)
	h := route.Hints{Caller: -1, Anchor: "user000042@contoso.com", Key: 7}
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		c := org.Choose(h)
		_, _ = e.Pass(context.Background(), route.Call{Key: 7, First: c.BackEnd, Target: c.Anchor})
	}))
}
