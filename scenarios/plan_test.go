package scenarios_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// sample is a valid scenario in which each test changes what it is about.
func sample() scenarios.Scenario {
	return scenarios.Scenario{
		Schema:    scenarios.SchemaVersion,
		Name:      "sample",
		Mailboxes: 100,
		Rate:      scenarios.Rate{PerSecond: 120},
		Duration:  scenarios.MinDuration,
		Steps: []scenarios.Step{
			{Op: ews.OpGetFolder, Weight: 1},
			{Op: ews.OpFindItem, Weight: 1},
			{Op: ews.OpGetItem, Weight: 2},
		},
		Arms: []scenarios.Arm{
			{Name: "a", Anchor: scenarios.AnchorCorrect},
			{Name: "b", Anchor: scenarios.AnchorMissing},
		},
	}
}

func visiting(visits int) scenarios.Scenario {
	s := sample()
	s.Order, s.Visits = scenarios.OrderVisit, visits
	return s
}

func planOf(t testing.TB, s scenarios.Scenario, seed uint64) *scenarios.Plan {
	t.Helper()
	p, err := s.Plan(seed, scenarios.Users(s.Mailboxes, "contoso.com"))
	require.NoError(t, err)
	return p
}

func TestAtIsPure(t *testing.T) {
	t.Parallel()
	const calls = 2000
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := scenarios.Load(name)
			require.NoError(t, err)
			p, again := planOf(t, *s, 7), planOf(t, *s, 7)
			want := make([]scenarios.Call, calls)
			for n := range want {
				want[n] = p.At(uint64(n))
			}
			var wg sync.WaitGroup
			for offset := range 4 {
				wg.Go(func() {
					for i := range calls {
						n := (i*1237 + offset*501) % calls // 1237 is prime: each n once, out of order
						assert.Equal(t, want[n], again.At(uint64(n)))
					}
				})
			}
			wg.Wait()
		})
	}
}

func TestAtFarOut(t *testing.T) {
	t.Parallel()
	for _, s := range []scenarios.Scenario{sample(), visiting(8)} {
		p := planOf(t, s, 1)
		for _, n := range []uint64{1 << 32, 1 << 62, 1<<64 - 1} {
			c := p.At(n)
			assert.Equal(t, n, c.N)
			assert.Equal(t, s.Steps[c.Step].Op, c.Op)
			assert.Less(t, c.Nth, s.Steps[c.Step].Weight)
		}
	}
}

func TestSeedsDiffer(t *testing.T) {
	t.Parallel()
	one, two := planOf(t, sample(), 1), planOf(t, sample(), 2)
	assert.NotEqual(t, one.Digest(), two.Digest())
	same := 0
	for n := range uint64(100) {
		if one.At(n).Mailbox == two.At(n).Mailbox {
			same++
		}
	}
	assert.Less(t, same, 10, "one of a hundred mailboxes in the same place is chance")
}

// TestEachMailboxOnceThenAgain holds for any number of mailboxes: the first M
// calls are a permutation of them, and so are the next M, in the same order.
func TestEachMailboxOnceThenAgain(t *testing.T) {
	t.Parallel()
	sweep, err := scenarios.Load("oof-sweep")
	require.NoError(t, err)
	for _, m := range []int{1, 2, 3, 4, 5, 16, 17, 64, 65, 1000, 1024, 4097} {
		sweep.Mailboxes = m
		p := planOf(t, *sweep, uint64(m))
		seen := map[string]bool{}
		for n := range uint64(m) {
			c := p.At(n)
			assert.False(t, seen[c.Mailbox], "%s twice in the first %d calls", c.Mailbox, m)
			seen[c.Mailbox] = true
			assert.Equal(t, c.Mailbox, p.At(n+uint64(m)).Mailbox)
		}
		assert.Len(t, seen, m)
	}
}

func TestDecksKeepTheProportions(t *testing.T) {
	t.Parallel()
	s := sample()
	s.Steps[0].Weight, s.Steps[1].Weight, s.Steps[2].Weight = 3, 1, 7
	p := planOf(t, s, 5)
	for deck := range uint64(200) {
		type card struct{ step, nth int }
		dealt := map[card]int{}
		for n := range uint64(11) {
			c := p.At(deck*11 + n)
			dealt[card{c.Step, c.Nth}]++
		}
		assert.Len(t, dealt, 11, "deck %d deals each card once", deck)
	}
}

// TestDecksAreShuffled counts in which place of the deck the one card of a
// step lies: in each of eleven places about equally often.
func TestDecksAreShuffled(t *testing.T) {
	t.Parallel()
	sweep, err := scenarios.Load("oof-sweep")
	require.NoError(t, err)
	p := planOf(t, *sweep, 1)
	const decks = 11_000
	var places [11]int
	for n := range uint64(11 * decks) {
		if p.At(n).Op == ews.OpSetUserOofSettings {
			places[n%11]++
		}
	}
	for place, count := range places {
		assert.InDelta(t, decks/11, count, 160, "place %d: five standard deviations", place)
	}
}

// TestVisits follows each mailbox through its visits: all steps in the order
// of the file, each weight times, but for a lane's first visit, which ends
// early.
func TestVisits(t *testing.T) {
	t.Parallel()
	for _, lanes := range []int{1, 3, 7, 100} {
		s := visiting(lanes)
		p := planOf(t, s, 3)
		visits := map[uint64][]scenarios.Call{}
		for n := range uint64(20 * lanes) {
			c := p.At(n)
			visits[c.Visit] = append(visits[c.Visit], c)
		}
		whole := []string{"GetFolder 0", "FindItem 0", "GetItem 0", "GetItem 1"}
		for visit, calls := range visits {
			got := make([]string, len(calls))
			for i, c := range calls {
				got[i] = string(c.Op) + " " + string(rune('0'+c.Nth))
				assert.Equal(t, calls[0].Mailbox, c.Mailbox)
				assert.Equal(t, visit%uint64(lanes), c.N%uint64(lanes), "a visit stays in its lane")
			}
			assert.Equal(t, whole[:len(got)], got)
		}
		for visit := uint64(lanes); visit < uint64(3*lanes); visit++ {
			assert.Len(t, visits[visit], 4, "lanes %d, visit %d", lanes, visit)
		}
	}
}

func TestVisitsInProgressAreOfDifferentMailboxes(t *testing.T) {
	t.Parallel()
	const lanes = 60
	p := planOf(t, visiting(lanes), 3)
	last := map[string]uint64{} // the call that a mailbox had last, plus one
	for n := range uint64(2000) {
		box := p.At(n).Mailbox
		if before := last[box]; before > 0 && n+1-before < lanes {
			assert.Fail(t, "too soon again", "calls %d and %d are both to %s", before-1, n, box)
		}
		last[box] = n + 1
	}
}

// TestVisitsSpreadTheSteps: without the early end of the first visits, sixty
// calls in a row would all be of one operation.
func TestVisitsSpreadTheSteps(t *testing.T) {
	t.Parallel()
	p := planOf(t, visiting(60), 3)
	for from := uint64(0); from < 1200; from += 60 {
		ops := map[ews.Op]int{}
		for n := from; n < from+60; n++ {
			ops[p.At(n).Op]++
		}
		if from >= 240 {
			assert.Equal(t, map[ews.Op]int{ews.OpGetFolder: 15, ews.OpFindItem: 15, ews.OpGetItem: 30}, ops)
		}
	}
}

func TestWrongIsAlwaysAnotherMailbox(t *testing.T) {
	t.Parallel()
	for _, m := range []int{2, 3, 100} {
		s := sample()
		s.Mailboxes = m
		p := planOf(t, s, 9)
		wrong := map[string]string{}
		for n := range uint64(3 * m) {
			c := p.At(n)
			assert.NotEqual(t, c.Mailbox, c.Wrong)
			if known, ok := wrong[c.Mailbox]; ok {
				assert.Equal(t, known, c.Wrong)
			}
			wrong[c.Mailbox] = c.Wrong
			assert.Contains(t, c.Wrong, "@contoso.com")
		}
	}
	alone := sample()
	alone.Mailboxes = 1
	assert.Empty(t, planOf(t, alone, 9).At(0).Wrong)
}

func TestPlanTakesNoMoreThanTheDirectory(t *testing.T) {
	t.Parallel()
	s := visiting(10)
	p, err := s.Plan(1, scenarios.AddressList([]string{"a@x", "b@x", "c@x"}))
	require.NoError(t, err)
	seen := map[string]bool{}
	for n := range uint64(100) {
		seen[p.At(n).Mailbox] = true
		assert.NotEqual(t, p.At(n).Mailbox, p.At(n+1).Mailbox, "no more visits at once than mailboxes")
	}
	assert.Equal(t, map[string]bool{"a@x": true, "b@x": true, "c@x": true}, seen)

	s.Mailboxes, s.Visits = 2, 2
	p, err = s.Plan(1, scenarios.AddressList([]string{"a@x", "b@x", "c@x"}))
	require.NoError(t, err)
	for n := range uint64(100) {
		assert.NotEqual(t, "c@x", p.At(n).Mailbox)
	}
}

func TestPlanRefuses(t *testing.T) {
	t.Parallel()
	s := sample()
	_, err := s.Plan(1, nil)
	require.ErrorIs(t, err, scenarios.ErrNoMailboxes)
	_, err = s.Plan(1, scenarios.AddressList(nil))
	require.ErrorIs(t, err, scenarios.ErrNoMailboxes)
	s.Steps = nil
	_, err = s.Plan(1, scenarios.Users(10, "x"))
	require.EqualError(t, err, "steps: steps must be 1 to 64, not 0")
	var none scenarios.Scenario
	_, err = none.Plan(1, scenarios.Users(10, "x"))
	require.ErrorContains(t, err, "mailboxes must be 1 or more")
}
