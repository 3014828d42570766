package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

func planOver(t *testing.T, mailboxes int, steps ...Step) *Plan {
	t.Helper()
	s := Scenario{Mailboxes: mailboxes, Order: OrderVisit, Visits: 1, Steps: steps}
	p, err := s.Plan(1, Users(mailboxes, "x"))
	require.NoError(t, err)
	return p
}

// synced answers a SyncFolderItems call of visit v with a state.
func synced(s *Session, c Call) {
	s.Request(0, c)
	body := ews.AppendResponse(nil, ews.ServerVersion{}, ews.SyncFolderItemsResponse{
		Messages: []ews.ItemSyncMessage{{State: "known", Last: true}},
	})
	s.Observe(0, c, ews.Classify(200, nil, body), body)
}

func stateFor(s *Session, c Call) string {
	r, _ := s.Request(0, c)
	return r.Body.(ews.SyncFolderItems).State
}

func TestSessionRemembersEachOfAFewMailboxes(t *testing.T) {
	t.Parallel()
	p := planOver(t, maxRemembered, Step{Op: ews.OpSyncFolderItems})
	s := p.NewSession(1)
	for n := range uint64(maxRemembered) {
		synced(s, p.At(n))
	}
	for n := range uint64(maxRemembered) {
		assert.Equal(t, "known", stateFor(s, p.At(n+maxRemembered)))
	}
}

// TestSessionForgetsByPlan: of more mailboxes than it remembers, a session
// keeps the last visits, whatever order the answers come in.
func TestSessionForgetsByPlan(t *testing.T) {
	t.Parallel()
	const mailboxes = maxRemembered + 1
	p := planOver(t, mailboxes, Step{Op: ews.OpSyncFolderItems})
	s := p.NewSession(1)
	for n := range uint64(mailboxes) {
		synced(s, p.At(n))
	}
	assert.Len(t, s.memory, maxRemembered)
	for n := range uint64(10) {
		assert.Empty(t, stateFor(s, p.At(mailboxes+n)), "visit %d comes after all the others", n)
	}
}

func TestSessionIgnoresAnswersFromBeforeItForgot(t *testing.T) {
	t.Parallel()
	p := planOver(t, 10*maxRemembered, Step{Op: ews.OpSyncFolderItems})
	s := p.NewSession(1)
	old, recent := p.At(5), p.At(5+maxRemembered)
	s.Request(0, old)
	synced(s, recent)
	synced(s, old) // its place is taken
	assert.Equal(t, "known", s.memory[5].progress[0][defaultFolder].state)
	assert.Equal(t, recent.Mailbox, s.memory[5].mailbox)
	assert.Empty(t, stateFor(s, old))
}

func TestSessionKeepsNoMoreThanItAsksFor(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name           string
		steps          []Step
		items, folders int
	}{
		{"nothing chained", []Step{{Op: ews.OpFindItem}}, 0, 0},
		{"items of a deck", []Step{{Op: ews.OpFindItem}, {Op: ews.OpGetItem, Weight: 3, Batch: 4}}, 12, 0},
		{"many items", []Step{{Op: ews.OpFindItem}, {Op: ews.OpGetItem, Weight: 100, Batch: 4}}, maxBatch, 0},
		{"folders of a visit", []Step{{Op: ews.OpSyncFolderHierarchy}, {Op: ews.OpSyncFolderItems, Weight: 20}}, 0, 20},
		{"a named folder", []Step{{Op: ews.OpSyncFolderHierarchy}, {Op: ews.OpSyncFolderItems, Folder: "inbox"}}, 0, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := planOver(t, 10, tc.steps...).NewSession(1)
			assert.Equal(t, tc.items, s.chain.items[mailItems])
			assert.Zero(t, s.chain.items[calendarItems])
			assert.Equal(t, tc.folders, s.chain.folders)
		})
	}
}
