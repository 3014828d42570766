package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// closedPlan is one of so many workers.
func closedPlan(t testing.TB, workers, mailboxes int, steps ...scenarios.Step) *scenarios.Plan {
	t.Helper()
	s := sample()
	s.Order, s.Rate, s.Workers, s.Mailboxes, s.Steps = scenarios.OrderVisit, scenarios.Rate{Max: true}, workers, mailboxes, steps
	require.NoError(t, s.Validate())
	return planOf(t, s, 1)
}

// work sends the calls of a worker that are not idle, until its first visit that
// begins after the one given.
func work(p *scenarios.Plan, s *scenarios.Session, m *mailServer, worker, visits int, see func(ews.Request)) {
	for n := uint64(worker); p.At(n).Visit < uint64(visits*p.Workers()); n += uint64(p.Workers()) {
		if c := p.At(n); !s.Idle(0, c) {
			r, late := s.Request(0, c)
			if late {
				panic("a worker knows all that it asked for")
			}
			o, body := m.answer(r)
			s.Observe(0, c, o, body)
			see(r)
		}
	}
}

// TestAWorkerReadsAll: every folder to its last page and every item once, in each
// visit anew, however the weights are.
func TestAWorkerReadsAll(t *testing.T) {
	t.Parallel()
	p := closedPlan(
		t, 1, 2, scenarios.Step{Op: ews.OpSyncFolderHierarchy},
		scenarios.Step{Op: ews.OpSyncFolderItems, Weight: 50, MaxChanges: 4}, scenarios.Step{Op: ews.OpExportItems, Weight: 60, Batch: 4},
	)
	assert.Equal(t, 1, p.Workers())
	m := newMailServer(3, 10)
	m.paged = true
	s, calls := p.NewSession(1), map[ews.Op]int{}
	exported := map[string]int{}
	const visits = 3
	work(p, s, m, 0, visits, func(r ews.Request) {
		calls[r.Body.Op()]++
		if r.Body.Op() == ews.OpExportItems {
			for _, id := range idsIn(t, r) {
				exported[id]++
			}
		}
	})
	assert.Equal(t, map[ews.Op]int{
		ews.OpSyncFolderHierarchy: visits,
		ews.OpSyncFolderItems:     visits * 3 * 3, // pages of 4, 4 and 2
		ews.OpExportItems:         visits * 8,     // 30 items in batches of 4
	}, calls)
	assert.Len(t, exported, 2*30)
	for id, times := range exported {
		assert.LessOrEqual(t, times, 2, id)
	}
}

// TestAWorkerStopsAtTheWeights: they are how often at most.
func TestAWorkerStopsAtTheWeights(t *testing.T) {
	t.Parallel()
	p := closedPlan(t, 1, 1, scenarios.Step{Op: ews.OpFindItem}, scenarios.Step{Op: ews.OpGetItem, Weight: 3, Batch: 4})
	s, m := p.NewSession(1), newMailServer(0, 100)
	calls := 0
	work(p, s, m, 0, 1, func(ews.Request) { calls++ })
	assert.Equal(t, 4, calls)
}

// TestANamedFolderIsReadToItsEnd.
func TestANamedFolderIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	p := closedPlan(t, 1, 1, scenarios.Step{Op: ews.OpSyncFolderItems, Folder: "inbox", Weight: 50, MaxChanges: 4})
	s, m := p.NewSession(1), newMailServer(0, 10)
	m.paged = true
	calls := 0
	work(p, s, m, 0, 2, func(ews.Request) { calls++ })
	assert.Equal(t, 2*3, calls)
}

// TestNothingIsIdleInAnOpenModel: what is due is sent.
func TestNothingIsIdleInAnOpenModel(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, scenarios.Step{Op: ews.OpSyncFolderItems, Weight: 5}, scenarios.Step{Op: ews.OpGetItem, Weight: 50})
	s, m := p.NewSession(1), newMailServer(0, 3)
	for n := range uint64(55) {
		assert.False(t, s.Idle(0, p.At(n)))
		exchange(s, m, 0, p.At(n))
	}
	assert.Zero(t, p.Workers())
}

// TestOpen: at a rate the workers of a closed model are visits in progress.
func TestOpen(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load("migration-full")
	require.NoError(t, err)
	require.True(t, s.Closed())
	s.HoldTo(5)
	assert.False(t, s.Closed())
	assert.Zero(t, s.Think)
	assert.Equal(t, 4, s.Visits)
	assert.InDelta(t, 5.0, s.Rate.PerSecond, 0)
	assert.Equal(t, 200*time.Millisecond, mustLoad(t, "migration-full").Think)
	require.NoError(t, s.Validate())
}

func mustLoad(t *testing.T, name string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	return s
}
