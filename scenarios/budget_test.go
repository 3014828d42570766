package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// Allocation budgets of what runs for each request. Their tests are not
// parallel: testing.AllocsPerRun counts the allocations of all goroutines.

func TestBudgetAt(t *testing.T) {
	for _, s := range []scenarios.Scenario{sample(), visiting(10)} {
		p := planOf(t, s, 1)
		n := uint64(0)
		assert.LessOrEqual(t, testing.AllocsPerRun(1000, func() {
			p.At(n)
			n++
		}), 2.0, "one for each address")
	}
}

func TestBudgetRequestID(t *testing.T) {
	p := planOf(t, sample(), 1)
	room := make([]byte, 0, 36)
	assert.Zero(t, testing.AllocsPerRun(1000, func() { p.AppendRequestID(room, 42) }))
}

func TestBudgetPlan(t *testing.T) {
	s := sample()
	s.Mailboxes = 1_000_000_000
	s.Steps = s.Steps[:1]
	users := scenarios.Users(s.Mailboxes, "contoso.com")
	assert.LessOrEqual(t, testing.AllocsPerRun(10, func() {
		_, _ = s.Plan(1, users)
	}), 40.0, "a billion mailboxes cost nothing")
}

func TestBudgetSession(t *testing.T) {
	for _, tc := range []struct {
		name   string
		budget float64
		steps  []scenarios.Step
	}{
		{"GetFolder", 0, []scenarios.Step{{Op: ews.OpGetFolder}}},
		{"FindItem", 0, []scenarios.Step{{Op: ews.OpFindItem}}},
		{"GetItem", 2, []scenarios.Step{{Op: ews.OpFindItem}, {Op: ews.OpGetItem}}},
		{"MoveItem", 5, []scenarios.Step{{Op: ews.OpFindItem}, {Op: ews.OpMoveItem, To: "notes"}}},
		{"CreateItem", 12, []scenarios.Step{{Op: ews.OpCreateItem}}},
		{"SyncFolderItems", 1, []scenarios.Step{{Op: ews.OpSyncFolderItems}}},
		{"GetUserOofSettings", 1, []scenarios.Step{{Op: ews.OpGetUserOofSettings}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := sample()
			s.Steps = tc.steps
			p := planOf(t, s, 1)
			session := p.NewSession(2)
			c := lastStep(t, p, len(tc.steps))
			session.Request(0, c)
			assert.LessOrEqual(t, testing.AllocsPerRun(1000, func() { session.Request(0, c) }), tc.budget)
		})
	}
}

// lastStep returns a call of the last of so many steps.
func lastStep(t testing.TB, p *scenarios.Plan, steps int) scenarios.Call {
	t.Helper()
	for n := range uint64(100) {
		if c := p.At(n); c.Step == steps-1 {
			return c
		}
	}
	require.FailNow(t, "no call of the last step")
	return scenarios.Call{}
}

func BenchmarkAt(b *testing.B) {
	for _, name := range scenarios.Names() {
		b.Run(name, func(b *testing.B) {
			s, err := scenarios.Load(name)
			require.NoError(b, err)
			p := planOf(b, *s, 1)
			b.ReportAllocs()
			for n := uint64(0); b.Loop(); n++ {
				p.At(n)
			}
		})
	}
}

func BenchmarkAppendRequestID(b *testing.B) {
	p := planOf(b, sample(), 1)
	room := make([]byte, 0, 36)
	b.ReportAllocs()
	for n := uint64(0); b.Loop(); n++ {
		p.AppendRequestID(room, n)
	}
}

// BenchmarkSession is what a session adds to each request of a built-in.
func BenchmarkSession(b *testing.B) {
	for _, name := range scenarios.Names() {
		b.Run(name, func(b *testing.B) {
			s, err := scenarios.Load(name)
			require.NoError(b, err)
			p := planOf(b, *s, 1)
			session, server := p.NewSession(1), newMailServer(20, 100)
			type exchange struct {
				call    scenarios.Call
				outcome ews.Outcome
				body    []byte
			}
			var recorded []exchange
			for n := range uint64(2000) {
				c := p.At(n)
				r, _ := session.Request(0, c)
				o, body := server.answer(r)
				session.Observe(0, c, o, body)
				recorded = append(recorded, exchange{c, o, body})
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				x := recorded[i%len(recorded)]
				session.Request(0, x.call)
				session.Observe(0, x.call, x.outcome, x.body)
			}
		})
	}
}
