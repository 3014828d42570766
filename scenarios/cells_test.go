package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/scenarios"
)

func TestCellsShareNoMailbox(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ mailboxes, cells int }{{2, 2}, {7, 2}, {100, 3}, {1000, 2}, {1001, 16}} {
		cells, err := scenarios.Cells(scenarios.Users(tc.mailboxes, "contoso.com"), tc.cells, 5)
		require.NoError(t, err)
		require.Len(t, cells, tc.cells)
		seen := map[string]bool{}
		for _, cell := range cells {
			require.Equal(t, tc.mailboxes/tc.cells, cell.Len())
			for i := range cell.Len() {
				seen[cell.At(i)] = true
			}
		}
		assert.Len(t, seen, tc.cells*(tc.mailboxes/tc.cells), "%d mailboxes in %d cells", tc.mailboxes, tc.cells)
	}
}

// TestCellsAreMatched: what the directory's order says about its mailboxes, such
// as the server that they are on, is spread alike over the cells.
func TestCellsAreMatched(t *testing.T) {
	t.Parallel()
	const mailboxes = 10_000
	users := scenarios.Users(mailboxes, "contoso.com")
	firstHalf := map[string]bool{}
	for i := range mailboxes / 2 {
		firstHalf[users.At(i)] = true
	}
	for seed := range uint64(5) {
		cells, err := scenarios.Cells(users, 2, seed)
		require.NoError(t, err)
		of := 0
		for i := range cells[0].Len() {
			if firstHalf[cells[0].At(i)] {
				of++
			}
		}
		assert.InDelta(t, mailboxes/4, of, 150, "seed %d: more than four standard deviations", seed)
	}
}

func TestCellsAreDrawn(t *testing.T) {
	t.Parallel()
	users := scenarios.Users(1000, "contoso.com")
	one, err := scenarios.Cells(users, 2, 1)
	require.NoError(t, err)
	again, err := scenarios.Cells(users, 2, 1)
	require.NoError(t, err)
	other, err := scenarios.Cells(users, 2, 2)
	require.NoError(t, err)
	same := 0
	for i := range 500 {
		require.Equal(t, one[1].At(i), again[1].At(i))
		if one[1].At(i) == other[1].At(i) {
			same++
		}
	}
	assert.Less(t, same, 10)
}

func TestCellsNeedMailboxes(t *testing.T) {
	t.Parallel()
	_, err := scenarios.Cells(scenarios.Users(2, "contoso.com"), 3, 1)
	require.ErrorIs(t, err, scenarios.ErrFewMailboxes)
	require.EqualError(t, err, "too few mailboxes: 2 cannot be split into 3 cells")
	_, err = scenarios.Cells(scenarios.Users(2, "contoso.com"), 0, 1)
	require.ErrorIs(t, err, scenarios.ErrFewMailboxes)
	s := sample()
	s.Mailboxes = 1
	_, err = planOf(t, s, 1).Cells(2)
	require.ErrorIs(t, err, scenarios.ErrFewMailboxes)
}

func TestPlansOfCells(t *testing.T) {
	t.Parallel()
	for _, s := range []scenarios.Scenario{sample(), visiting(7), visiting(60)} {
		whole, err := s.Plan(3, scenarios.Users(2*s.Mailboxes, "contoso.com"))
		require.NoError(t, err)
		plans, err := whole.Cells(2)
		require.NoError(t, err)
		seen := []map[string]bool{{}, {}}
		for n := range uint64(1000) {
			one, other := plans[0].At(n), plans[1].At(n)
			seen[0][one.Mailbox], seen[1][other.Mailbox] = true, true
			require.NotEqual(t, one.Wrong, one.Mailbox)
			require.Equal(t, plans[0].AppendRequestID(nil, n), plans[1].AppendRequestID(nil, n))
			one.Mailbox, one.Wrong = other.Mailbox, other.Wrong
			require.Equal(t, one, other, "the same but for the mailbox")
		}
		assert.Len(t, seen[0], s.Mailboxes/2, "of the mailboxes that take part")
		assert.Len(t, seen[1], s.Mailboxes/2)
		for mailbox := range seen[0] {
			assert.NotContains(t, seen[1], mailbox)
			assert.LessOrEqual(t, mailbox, "user000100@contoso.com")
		}
	}
}

// TestMatchedMailboxesStayMatched: whichever call it is, the mailboxes of the
// cells are the same pair.
func TestMatchedMailboxesStayMatched(t *testing.T) {
	t.Parallel()
	plans, err := planOf(t, visiting(7), 3).Cells(2)
	require.NoError(t, err)
	partner := map[string]string{}
	for n := range uint64(2000) {
		one, other := plans[0].At(n).Mailbox, plans[1].At(n).Mailbox
		if known, ok := partner[one]; ok {
			require.Equal(t, known, other)
		}
		partner[one] = other
	}
	assert.Len(t, partner, 50)
}

// TestVisitsOfASmallCell: a cell may have fewer mailboxes than the plan has
// visits in progress. None of them is visited twice at once all the same.
func TestVisitsOfASmallCell(t *testing.T) {
	t.Parallel()
	plans, err := planOf(t, visiting(60), 3).Cells(2)
	require.NoError(t, err)
	visits := map[string]uint64{} // latest of each mailbox
	for n := range uint64(2000) {
		c := plans[1].At(n)
		require.GreaterOrEqual(t, c.Visit, visits[c.Mailbox], "call %d goes back to a visit that another has ended", n)
		visits[c.Mailbox] = c.Visit
	}
}

func TestBegins(t *testing.T) {
	t.Parallel()
	mix := planOf(t, sample(), 3)
	for _, n := range []uint64{0, 1, 77, 1 << 40} {
		assert.Equal(t, n, mix.Begins(n), "each call is a visit")
	}
	for _, visits := range []int{1, 7, 60} {
		p := planOf(t, visiting(visits), 3)
		first := map[uint64]uint64{}
		for n := range uint64(2000) {
			visit := p.At(n).Visit
			if _, met := first[visit]; !met {
				first[visit] = n
			}
			require.Equal(t, first[visit], p.Begins(n), "call %d", n)
		}
	}
}

func TestBudgetCells(t *testing.T) {
	users := scenarios.Users(1_000_000_000, "contoso.com")
	assert.LessOrEqual(t, testing.AllocsPerRun(10, func() {
		_, _ = scenarios.Cells(users, 2, 1)
	}), 10.0, "a billion mailboxes cost nothing")
	plans, err := planOf(t, sample(), 1).Cells(2)
	require.NoError(t, err)
	n := uint64(0)
	assert.LessOrEqual(t, testing.AllocsPerRun(1000, func() {
		plans[1].At(n)
		n++
	}), 2.0, "no more than of the whole plan")
}
