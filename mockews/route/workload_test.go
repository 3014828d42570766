package route_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// workload is a simulated run: calls in visits of four on a mailbox, a second apart, sent by every arm in turn.
type workload struct {
	arms   []string // anchored, missing, wrong
	rate   int      // calls per second and arm
	length time.Duration
}

// outcome is what became of an arm's calls.
type outcome struct {
	latencies     []time.Duration // of those that came through, sorted
	busy, proxied int             // HTTP 503 and 500
}

func (o *outcome) quantile(q float64) time.Duration {
	return o.latencies[int(q*float64(len(o.latencies)-1))]
}

func (o *outcome) errorRate() float64 {
	failed := float64(o.busy + o.proxied)
	return failed / (failed + float64(len(o.latencies)))
}

// mailbox is whom the nth call of an arm is for, and what it does.
func (w workload) mailbox(n, mailboxes int) (route.Principal, ews.Op) {
	visit, nth := n/w.rate/4*w.rate+n%w.rate, n/w.rate%4
	ops := []ews.Op{ews.OpGetFolder, ews.OpFindItem, ews.OpGetItem, ews.OpGetItem}
	return route.Principal(visit*617%mailboxes + 1), ops[nth]
}

// run plays the workload in a bubble.
func (w workload) run(t *testing.T, topology route.Topology) map[string]*outcome {
	outcomes := map[string]*outcome{}
	synctest.Test(t, func(t *testing.T) {
		org, err := route.Build(topology)
		require.NoError(t, err)
		p := player{org: org, engine: route.NewEngine(org), outcomes: outcomes}
		p.caller, _ = org.Find("svc-bench@contoso.com")
		var calls sync.WaitGroup
		begin := time.Now()
		slots := w.rate * int(w.length.Seconds()) * len(w.arms)
		for slot := range slots {
			time.Sleep(time.Until(begin.Add(time.Duration(slot) * w.length / time.Duration(slots))))
			mailbox, op := w.mailbox(slot/len(w.arms), org.Topology().Mailboxes)
			key := route.Key(fmt.Sprint(topology.Seed, slot/len(w.arms)))
			calls.Go(func() { p.call(t, w.arms[slot%len(w.arms)], key, mailbox, op) })
		}
		calls.Wait()
	})
	for _, o := range outcomes {
		slices.Sort(o.latencies)
	}
	return outcomes
}

// player sends calls and gathers what becomes of them.
type player struct {
	org    *route.Organisation
	engine *route.Engine
	caller route.Principal

	mu       sync.Mutex
	outcomes map[string]*outcome
}

func (p *player) call(t *testing.T, arm string, key uint64, mailbox route.Principal, op ews.Op) {
	h := route.Hints{Caller: p.caller, Key: key}
	switch arm {
	case "anchored":
		h.Anchor = p.org.Address(mailbox)
	case "wrong":
		h.Anchor = p.org.Address((mailbox*617+300)%route.Principal(p.org.Topology().Mailboxes) + 1)
	}
	begin := time.Now()
	met, err := p.engine.Pass(context.Background(), route.Call{
		Key: key, Op: op, Arrived: begin, First: p.org.Choose(h).BackEnd, Target: mailbox,
	})
	require.NoError(t, err)
	p.add(arm, met.Failure, time.Since(begin))
}

func (p *player) add(arm string, failure route.Failure, latency time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.outcomes[arm]
	if o == nil {
		o = &outcome{}
		p.outcomes[arm] = o
	}
	switch failure {
	case route.FailureBusy:
		o.busy++
	case route.FailureProxy:
		o.proxied++
	case route.FailureNone:
		o.latencies = append(o.latencies, latency)
	}
}

func profile(t testing.TB, name string, seed uint64) route.Topology {
	topology, err := route.Profile(name)
	require.NoError(t, err)
	topology.Seed = seed
	return topology
}
