package throttle_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

var (
	noon  = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	alice = throttle.Key{Owner: 1}
)

func limits(t testing.TB) flavour.Limits {
	t.Helper()
	f, ok := flavour.Of(flavour.Online)
	require.True(t, ok)
	return f.Limits
}

func governor(t testing.TB, p throttle.Policy) *throttle.Governor {
	t.Helper()
	p.Enabled = true
	return throttle.New(p, limits(t))
}

// spend lets a request go by that costs so much.
func spend(t testing.TB, g *throttle.Governor, now time.Time, k throttle.Key, cost time.Duration) (delay time.Duration) {
	t.Helper()
	ticket, refusal := g.Admit(now, throttle.Ask{Key: k})
	require.Equal(t, throttle.PartNone, refusal.Part)
	delay = g.Charge(now, ticket, cost, 1).Delay
	g.Release(ticket)
	return delay
}

// The order of effects (MS docs: EWS throttling in Exchange): nothing, then delays, then refusals.
func TestOrderOfEffects(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{Burst: 10 * time.Second, Recharge: 900 * time.Second, Cutoff: 20 * time.Second, MaxDelay: time.Second})
	assert.Zero(t, spend(t, g, noon, alice, 10*time.Second), "under budget: nothing")
	assert.Equal(t, 500*time.Millisecond, spend(t, g, noon, alice, 10*time.Second), "below zero: micro-delays")
	assert.Equal(t, time.Second, spend(t, g, noon, alice, 14*time.Second), "they grow up to a bound")
	_, refusal := g.Admit(noon, throttle.Ask{Key: alice})
	assert.Equal(t, throttle.PartCutoff, refusal.Part, "beyond the cut-off: refused")
	assert.Equal(t, 16*time.Second, refusal.BackOff, "4 s of working time at a quarter of a second a second")
	assert.False(t, refusal.Early)
	_, refusal = g.Admit(noon.Add(6*time.Second), throttle.Ask{Key: alice})
	assert.True(t, refusal.Early, "who does not wait is refused again")
	assert.Equal(t, 10*time.Second, refusal.BackOff, "with what is left of the wait")
	_, refusal = g.Admit(noon.Add(16*time.Second), throttle.Ask{Key: alice})
	assert.Equal(t, throttle.PartNone, refusal.Part, "and who does wait is let in")
}

func TestBatchWaitsForEachOfItsParts(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{Burst: time.Second, Cutoff: 10 * time.Second, MaxDelay: time.Second})
	ticket, _ := g.Admit(noon, throttle.Ask{Key: alice})
	bill := g.Charge(noon, ticket, 6*time.Second, 10)
	assert.Equal(t, throttle.Bill{After: -5 * time.Second, Delay: 5 * time.Second, Reached: 10}, bill)
}

// A batch is cut off after a minute, its delays included (MS docs: EWS throttling in Exchange); a request of one part is none.
func TestBatchExecutionTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		time  time.Duration // the key
		cost  time.Duration
		parts int
		want  throttle.Bill
	}{
		{"in time", 0, 10 * time.Second, 50, throttle.Bill{After: -10 * time.Second, Delay: 50 * time.Second, Reached: 50}},
		{"by its delays", 0, 10 * time.Second, 110, throttle.Bill{After: -10 * time.Second, Delay: 50 * time.Second, Reached: 55}},
		{"by its working time", 0, 2 * time.Minute, 10, throttle.Bill{After: -2 * time.Minute, Delay: 0, Reached: 4}},
		{"one part", 0, 2 * time.Minute, 1, throttle.Bill{After: -2 * time.Minute, Delay: time.Second, Reached: 1}},
		{"another time", time.Hour, 10 * time.Second, 110, throttle.Bill{After: -10 * time.Second, Delay: 110 * time.Second, Reached: 110}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := governor(t, throttle.Policy{Burst: time.Millisecond, Cutoff: time.Millisecond, MaxDelay: time.Second, BatchTime: c.time})
			ticket, _ := g.Admit(noon, throttle.Ask{Key: alice})
			bill := g.Charge(noon, ticket, c.cost, c.parts)
			bill.After = bill.After.Round(time.Second)
			assert.Equal(t, c.want, bill)
		})
	}
}

// EwsCostThreshold has no document; by default every call is charged.
func TestCostThreshold(t *testing.T) {
	t.Parallel()
	left := func(threshold, cost time.Duration) time.Duration {
		g := governor(t, throttle.Policy{Burst: time.Minute, CostThreshold: threshold})
		ticket, _ := g.Admit(noon, throttle.Ask{Key: alice})
		return g.Charge(noon, ticket, cost, 1).After
	}
	assert.Equal(t, 59*time.Second, left(0, time.Second))
	assert.Equal(t, time.Minute, left(time.Second, time.Second), "up to it a call is free")
	assert.Equal(t, 58*time.Second, left(time.Second, 2*time.Second), "and beyond it costs all that it costs")
}

func TestConcurrency(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{Concurrency: 2})
	first, _ := g.Admit(noon, throttle.Ask{Key: alice})
	_, refusal := g.Admit(noon, throttle.Ask{Key: alice})
	require.Equal(t, throttle.PartNone, refusal.Part)
	_, refusal = g.Admit(noon, throttle.Ask{Key: alice})
	assert.Equal(t, throttle.Refusal{Part: throttle.PartConcurrency, Value: 2, Before: 300 * time.Second}, refusal, "the new one, at once, with no time to wait")
	_, refusal = g.Admit(noon, throttle.Ask{Key: throttle.Key{Owner: 1, Copied: true}})
	assert.Equal(t, throttle.PartNone, refusal.Part, "whoever impersonates the same mailbox has a copy of the budget")
	g.Release(first)
	_, refusal = g.Admit(noon, throttle.Ask{Key: alice})
	assert.Equal(t, throttle.PartNone, refusal.Part)
}

func TestSyncsAndFinds(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{})
	for range 5 {
		_, refusal := g.Admit(noon, throttle.Ask{Key: alice, Sync: true})
		require.Equal(t, throttle.PartNone, refusal.Part)
	}
	_, refusal := g.Admit(noon, throttle.Ask{Key: alice, Sync: true})
	assert.Equal(t, throttle.PartSyncs, refusal.Part)
	assert.Equal(t, 5*time.Second, refusal.BackOff)

	bob := throttle.Key{Owner: 2}
	held, _ := g.Admit(noon, throttle.Ask{Key: bob, Find: 900, Paged: true})
	short, refusal := g.Admit(noon, throttle.Ask{Key: bob, Find: 500, Paged: true})
	assert.Equal(t, throttle.PartNone, refusal.Part)
	assert.Equal(t, 100, short.Find, "a short page")
	_, refusal = g.Admit(noon, throttle.Ask{Key: bob, Find: 500})
	assert.Equal(t, throttle.PartFound, refusal.Part, "without pages all or nothing")
	g.Release(held)
	g.Release(short)
	restricted, _ := g.Admit(noon, throttle.Ask{Key: bob, Find: 1000, Paged: true, Restricted: true})
	assert.Equal(t, 250, restricted.Find)
}

// What has no operation yet has its policy: streams, subscriptions, messages.
func TestStandingLimits(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{Streams: 1, Subscriptions: 2, Messages: 2})
	closed, refusal := g.Stream(noon, alice)
	require.Equal(t, throttle.PartNone, refusal.Part)
	_, refusal = g.Stream(noon, alice)
	assert.Equal(t, throttle.Refusal{Part: throttle.PartStreams, Value: 1}, refusal)
	closed()
	closed()
	_, refusal = g.Stream(noon, alice)
	assert.Equal(t, throttle.PartNone, refusal.Part)
	for range 2 {
		_, refusal = g.Subscribe(noon, alice)
		require.Equal(t, throttle.PartNone, refusal.Part)
	}
	_, refusal = g.Subscribe(noon, alice)
	assert.Equal(t, throttle.PartSubscribed, refusal.Part)
	for i, want := range []time.Duration{0, 0, time.Minute, time.Minute, 2 * time.Minute} {
		assert.Equal(t, want, g.Send(noon, alice), "message %d", i+1)
	}
	assert.Zero(t, g.Send(noon.Add(time.Minute), alice))
}

// TestBucketAgainstAModel spends at random beside a loop that counts in milliseconds.
func TestBucketAgainstAModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		g := governor(t, throttle.Policy{Burst: 5 * time.Second, Recharge: 1800 * time.Second, Cutoff: time.Hour})
		r := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // a test's own draws
		now, balance := noon, 5*time.Second
		for range 200 {
			passed, cost := time.Duration(r.IntN(4000))*time.Millisecond, time.Duration(r.IntN(3000))*time.Millisecond
			now = now.Add(passed)
			balance = min(5*time.Second, balance+passed/2)
			ticket, _ := g.Admit(now, throttle.Ask{Key: alice})
			require.Equal(t, balance, ticket.Before)
			after := g.Charge(now, ticket, cost, 1).After
			balance -= cost
			require.Equal(t, balance, after)
			g.Release(ticket)
		}
	}
}

func TestResetFillsEveryBudget(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{Concurrency: 1})
	_, _ = g.Admit(noon, throttle.Ask{Key: alice})
	require.NoError(t, g.Change(func(p *throttle.Policy) error { p.Busy = throttle.BusyPage; return nil }))
	require.Len(t, g.Budgets(noon), 1)
	g.Reset()
	assert.Empty(t, g.Budgets(noon))
	assert.Equal(t, throttle.BusyFault, g.Policy().Busy)
	require.ErrorContains(t, g.Change(func(p *throttle.Policy) error { p.Busy = "loud"; return nil }), "throttling.busy: busy is \"loud\"")
	assert.Equal(t, throttle.BusyFault, g.Policy().Busy)
}

func TestManyCallersAtOnce(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{Concurrency: 3})
	var callers sync.WaitGroup
	for i := range 64 {
		callers.Go(func() {
			for n := range 200 {
				ticket, _ := g.Admit(noon.Add(time.Duration(n)*time.Millisecond), throttle.Ask{Key: throttle.Key{Owner: 2}, Sync: i%2 == 0})
				g.Charge(noon, ticket, time.Millisecond, 1)
				g.Release(ticket)
				if n%50 == 0 {
					g.Budgets(noon)
				}
			}
		})
	}
	callers.Wait()
	for _, b := range g.Budgets(noon.Add(time.Second)) {
		assert.Zero(t, b.Running)
	}
}

func TestFullBudgetsAreForgotten(t *testing.T) {
	t.Parallel()
	g := governor(t, throttle.Policy{})
	for i := range 70_000 {
		ticket, _ := g.Admit(noon, throttle.Ask{Key: throttle.Key{Owner: 1, Copied: i%2 == 0}})
		g.Release(ticket)
	}
	assert.Empty(t, g.Budgets(noon))
}

func TestKnownKeyCostsNoAllocation(t *testing.T) {
	g := governor(t, throttle.Policy{})
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		ticket, _ := g.Admit(noon, throttle.Ask{Key: alice})
		g.Charge(noon, ticket, time.Millisecond, 1)
		g.Release(ticket)
	}), 0.0)
}

func parse(t *testing.T, text string) (throttle.Policy, error) {
	t.Helper()
	var p throttle.Policy
	doc, err := strictyaml.Parse("policy.yaml", []byte(text))
	require.NoError(t, err)
	if err := doc.Decode(&p); err != nil {
		return p, err
	}
	r := doc.Report()
	p.Check(r, "")
	return p, r.Err()
}

func TestPolicyFile(t *testing.T) {
	t.Parallel()
	p, err := parse(t, "enabled: true\nmax_concurrency: 10\nfind_count: unlimited\nburst: 1m\nbusy: inner\n")
	require.NoError(t, err)
	assert.Equal(t, throttle.Policy{Enabled: true, Concurrency: 10, Found: throttle.Unlimited, Burst: time.Minute, Busy: throttle.BusyInner}, p)
	for text, want := range map[string]string{
		"max_concurrency: 0": "must be a positive number or the word unlimited", "sync_calls: many": "must be a positive number",
		"burst: -1s": "must not be negative", `busy: "429"`: `busy is "429"`,
	} {
		_, err := parse(t, text)
		assert.ErrorContains(t, err, want, text)
	}
	out, err := json.Marshal(p)
	require.NoError(t, err)
	assert.Contains(t, string(out), `"find_count":"unlimited"`)
}

// Every key changes what somebody meets who does a bit of everything.
func TestEveryKeyMatters(t *testing.T) {
	t.Parallel()
	met := func(p throttle.Policy) string {
		g := throttle.New(p, limits(t))
		if !g.Enabled() {
			return "nothing"
		}
		seen := fmt.Sprint(g.Policy().Busy)
		for i := range 40 {
			noon := noon.Add(time.Duration(i) * 10 * time.Second)
			ticket, refusal := g.Admit(noon, throttle.Ask{Key: alice, Sync: i%3 == 0, Find: 90, Paged: true, Restricted: i%2 == 0})
			bill := g.Charge(noon.Add(time.Second), ticket, time.Duration(100+100*(i%2))*time.Second, 1+i%2*9)
			_, streams := g.Stream(noon, alice)
			_, subscribed := g.Subscribe(noon, alice)
			seen += fmt.Sprint(ticket.Find, refusal, bill, streams, subscribed, g.Send(noon, alice), ";")
			if i%4 == 0 {
				g.Release(ticket)
			}
		}
		return seen
	}
	base := throttle.Policy{Enabled: true}
	changes := map[string]func(*throttle.Policy){
		"enabled":               func(p *throttle.Policy) { p.Enabled = false },
		"max_concurrency":       func(p *throttle.Policy) { p.Concurrency = 3 },
		"find_count":            func(p *throttle.Policy) { p.Found = 50 },
		"restricted_find_count": func(p *throttle.Policy) { p.FoundRestricted = 50 },
		"sync_calls":            func(p *throttle.Policy) { p.Syncs = 1 },
		"streams":               func(p *throttle.Policy) { p.Streams = 1 },
		"subscriptions":         func(p *throttle.Policy) { p.Subscriptions = throttle.Unlimited },
		"messages_per_minute":   func(p *throttle.Policy) { p.Messages = 3 },
		"burst":                 func(p *throttle.Policy) { p.Burst = time.Second },
		"recharge":              func(p *throttle.Policy) { p.Recharge = time.Minute },
		"cutoff":                func(p *throttle.Policy) { p.Cutoff = time.Second },
		"max_delay":             func(p *throttle.Policy) { p.MaxDelay = 3 * time.Second },
		"cost_threshold":        func(p *throttle.Policy) { p.CostThreshold = 150 * time.Second },
		"batch_time":            func(p *throttle.Policy) { p.BatchTime = time.Hour },
		"busy":                  func(p *throttle.Policy) { p.Busy = throttle.BusyPage },
	}
	for field := range reflect.TypeFor[throttle.Policy]().Fields() {
		key := field.Tag.Get("yaml")
		change, ok := changes[key]
		if !assert.True(t, ok, "no test for %s", key) {
			continue
		}
		p := base
		change(&p)
		assert.NotEqual(t, met(base), met(p), "%s changes nothing", key)
	}
}
