package runner

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// asked is a request that a fake target saw.
type asked struct {
	mailbox string
	id      string // client-request-id: that of the call
	op      ews.Op
	at      time.Duration // since the beginning of the run
}

func askedOf(t *testing.T, f *fake, start time.Time) []asked {
	t.Helper()
	var all []asked
	for _, r := range f.requests() {
		message, err := ews.ParseRequest([]byte(r.body))
		require.NoError(t, err)
		all = append(all, asked{
			mailbox: message.Impersonate.Value, id: r.header.Get(ews.HeaderClientRequestID),
			op: message.Body.Op(), at: r.at.Sub(start),
		})
	}
	return all
}

// apart is arms that have a transport each, all to the same target.
func apart(n int) ([]Arm, []*fake) {
	var arms []Arm
	var targets []*fake
	for i := range n {
		targets = append(targets, new(fake))
		arms = append(arms, arm(string(rune('a'+i)), scenarios.AnchorCorrect, targets[i]))
	}
	return arms, targets
}

func mailboxesOf(all []asked, from, to time.Duration) map[string]bool {
	found := make(map[string]bool)
	for _, a := range all {
		if a.at >= from && a.at < to {
			found[a.mailbox] = true
		}
	}
	return found
}

func disjoint(t *testing.T, one, other map[string]bool) {
	t.Helper()
	require.NotEmpty(t, one)
	for mailbox := range one {
		require.NotContains(t, other, mailbox)
	}
}

// Two arms have half of the mailboxes each, and swap them halfway.
func TestMailboxesAreDisjointMatchedAndSwapped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const lead, half, end = 4 * time.Second, 14 * time.Second, 24 * time.Second
		start := time.Now()
		arms, targets := apart(2)
		kept, _ := run(t, Experiment{
			Plan: plan(t, ews.OpGetFolder, ews.OpFindItem), Arms: arms, Schedule: Constant(50),
			Warmup: 2 * time.Second, AA: 2 * time.Second, Duration: 20 * time.Second, Blocks: 10, Assign: AssignMailbox,
		})
		require.Len(t, kept, 1200)
		// In the A/A phase all requests go through the first arm's transport.
		a, b := askedOf(t, targets[0], start), askedOf(t, targets[1], start)
		firstOfA, firstOfB := mailboxesOf(a, lead, half), mailboxesOf(b, lead, half)
		disjoint(t, firstOfA, firstOfB)
		assert.Len(t, firstOfA, 50)
		assert.Len(t, firstOfB, 50)
		assert.Equal(t, firstOfA, mailboxesOf(a, 0, 2*time.Second), "the warm-up warms what is measured")
		assert.Equal(t, firstOfA, mailboxesOf(b, half, end), "swapped")
		assert.Equal(t, firstOfB, mailboxesOf(a, half, end), "swapped")

		partner := make(map[string]asked)
		for _, r := range b {
			partner[r.id] = r
		}
		matched := make(map[string]string)
		for _, r := range a {
			if r.at >= 2*time.Second && r.at < lead {
				continue
			}
			other := partner[r.id]
			require.Equal(t, r.op, other.op, "the calls of a group are equal")
			require.InDelta(t, r.at, other.at, float64(20*time.Millisecond), "and due together")
			if known, ok := matched[r.mailbox]; ok {
				require.Equal(t, known, other.mailbox, "matched mailboxes stay a pair")
			}
			matched[r.mailbox] = other.mailbox
		}
		assert.Len(t, matched, 100)
	})
}

func TestMailboxPartsAreWholeBlocks(t *testing.T) {
	t.Parallel()
	e, err := Experiment{
		Plan: plan(t), Arms: mustApart(3), Schedule: Constant(50), Duration: 12 * time.Second, Blocks: 6, Assign: AssignMailbox,
	}.Normalized()
	require.NoError(t, err)
	table := newTimetable(e)
	c, err := newCells(e, table)
	require.NoError(t, err)
	for hit := range table.hits() {
		turn := table.turn(hit)
		part := table.stage(turn.group).block() / 2
		require.Equal(t, (turn.arm+part)%3, c.of(turn.arm, turn.group))
	}
}

func mustApart(n int) []Arm {
	arms, _ := apart(n)
	return arms
}

// A visit that has begun before the swap ends with its own mailbox: only that
// one's items are known.
func TestMailboxesAreNotSwappedWithinAVisit(t *testing.T) {
	t.Parallel()
	e, err := Experiment{
		Plan: planOf(t, scenarios.Scenario{Mailboxes: 40, Order: scenarios.OrderVisit, Visits: 7},
			ews.OpGetFolder, ews.OpFindItem, ews.OpGetItem),
		Arms: mustApart(2), Schedule: Constant(50), Duration: 10 * time.Second, Blocks: 10, Assign: AssignMailbox,
	}.Normalized()
	require.NoError(t, err)
	table := newTimetable(e)
	c, err := newCells(e, table)
	require.NoError(t, err)
	cellOf := make(map[uint64]int) // by visit
	swapped := 0
	for group := range table.hits() / 2 {
		cell := c.of(0, group)
		visit := c.plans[0].At(group).Visit
		if known, met := cellOf[visit]; met {
			require.Equal(t, known, cell, "group %d", group)
		}
		cellOf[visit] = cell
		swapped += cell
		require.NotEqual(t, cell, c.of(1, group))
	}
	assert.InDelta(t, 125, swapped, 14, "half of them, but for the visits that were in progress")
}

func TestMailboxesAsFastAsPossible(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		arms, targets := apart(2)
		for _, target := range targets {
			target.takes = always(10 * time.Millisecond)
		}
		run(t, Experiment{
			Plan: plan(t), Arms: arms, Duration: 4 * time.Second, Blocks: 4, MaxWorkers: 4, Assign: AssignMailbox,
		})
		a, b := askedOf(t, targets[0], start), askedOf(t, targets[1], start)
		const half = 2 * time.Second
		disjoint(t, mailboxesOf(a, 0, half), mailboxesOf(b, 0, half))
		assert.Equal(t, mailboxesOf(a, 0, half-50*time.Millisecond), mailboxesOf(b, half+50*time.Millisecond, time.Hour))
	})
}

// Calls that are chained find what was learned of their mailbox, whichever arm
// has learned it.
func TestChainedCallsOfMailboxArms(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &fake{takes: always(time.Millisecond), answer: oneItem}
		kept, stats := run(t, Experiment{
			Plan: planOf(t, scenarios.Scenario{Mailboxes: 8, Order: scenarios.OrderVisit, Visits: 2}, ews.OpFindItem, ews.OpGetItem),
			Arms: pair(target), Schedule: Constant(20), Duration: 10 * time.Second, Assign: AssignMailbox,
		})
		require.Len(t, kept, 200)
		for _, s := range kept {
			require.Equal(t, results.ClassOK, s.Class)
		}
		assert.Zero(t, stats.Arms[0].ChainLate+stats.Arms[1].ChainLate)
	})
}
