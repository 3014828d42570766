package scenarios_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

func backupSteps(folders int) []scenarios.Step {
	return []scenarios.Step{{Op: ews.OpSyncFolderHierarchy}, {Op: ews.OpSyncFolderItems, Weight: folders}}
}

func syncOf(t testing.TB, r ews.Request) ews.SyncFolderItems {
	t.Helper()
	body, ok := r.Body.(ews.SyncFolderItems)
	require.True(t, ok, "%T", r.Body)
	return body
}

func TestSyncGoesThroughTheFoldersFound(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, backupSteps(5)...)
	s, m := p.NewSession(1), newMailServer(3, 1)
	exchange(s, m, 0, p.At(0))
	for k, want := range []int{0, 1, 2, 0, 1} { // from the first again, with fewer folders than weight
		r, late := exchange(s, m, 0, p.At(uint64(k+1)))
		assert.False(t, late)
		assert.Equal(t, fmt.Sprintf("user000001@contoso.com/folder%02d", want), syncOf(t, r).Folder.ID.ID)
	}
}

func TestSyncBeforeTheHierarchyIsLate(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, backupSteps(5)...)
	s := p.NewSession(1)
	s.Request(0, p.At(0))
	r, late := s.Request(0, p.At(1))
	assert.True(t, late)
	assert.Equal(t, ews.FolderID{Distinguished: "inbox"}, syncOf(t, r).Folder.ID)
	assert.Empty(t, syncOf(t, r).State)
}

// TestSyncStatesAreAnArmsOwn: one for each arm, mailbox and folder.
func TestSyncStatesAreAnArmsOwn(t *testing.T) {
	t.Parallel()
	s := visiting(2)
	s.Mailboxes, s.Steps = 2, backupSteps(2)
	p := planOf(t, s, 1)
	session, m := p.NewSession(2), newMailServer(2, 1)
	given := map[string]string{} // by arm, mailbox and folder: the last state that the server gave
	states := 0
	for n := range uint64(60) {
		for arm := range 2 {
			c := p.At(n)
			r, late := session.Request(arm, c)
			assert.False(t, late)
			key, state := progressKey(r, arm)
			assert.Equal(t, given[key], state, "call %d, arm %d, %s", n, arm, key)
			if state != "" {
				states++
			}
			o, body := m.answer(r)
			session.Observe(arm, c, o, body)
			given[key], _ = ews.SyncState(body)
		}
	}
	assert.Len(t, given, 2*2*3, "two arms, two mailboxes, the hierarchy and two folders")
	assert.Equal(t, 120-len(given), states, "all but the first of each are incremental")
}

func progressKey(r ews.Request, arm int) (key, state string) {
	where := ""
	switch body := r.Body.(type) {
	case ews.SyncFolderHierarchy:
		state = body.State
	case ews.SyncFolderItems:
		where, state = body.Folder.ID.ID, body.State
	}
	return fmt.Sprint(arm, r.Impersonate.Value, where), state
}

func TestSyncStates(t *testing.T) {
	t.Parallel()
	for _, step := range []scenarios.Step{
		{Op: ews.OpSyncFolderHierarchy},
		{Op: ews.OpSyncFolderItems, Folder: "inbox"},
	} {
		t.Run(string(step.Op), func(t *testing.T) {
			t.Parallel()
			p := oneMailbox(t, step)
			s, m := p.NewSession(1), newMailServer(1, 1)
			state := func(n uint64) (string, bool) {
				r, late := s.Request(0, p.At(n))
				_, state := progressKey(r, 0)
				return state, late
			}
			observe := func(n uint64, o ews.Outcome, body []byte) { s.Observe(0, p.At(n), o, body) }
			r := ews.Request{Body: ews.SyncFolderHierarchy{}}
			if step.Folder != "" {
				r.Body = ews.SyncFolderItems{Folder: ews.TargetFolder{ID: ews.FolderID{Distinguished: step.Folder}}}
			}

			got, late := state(0)
			assert.Empty(t, got, "an initial synchronisation")
			assert.False(t, late)

			got, late = state(1)
			assert.Empty(t, got)
			assert.True(t, late, "call 0 is not answered")

			o, body := m.answer(r)
			observe(0, o, body)
			got, late = state(2)
			assert.Empty(t, got, "the answer came after call 1 had gone out")
			assert.True(t, late, "call 1 is not answered")

			o, body = m.answer(r)
			observe(2, o, body)
			first, _ := ews.SyncState(body)
			got, late = state(3)
			assert.Equal(t, first, got)
			assert.False(t, late)

			o, body = refused(ews.ErrorServerBusy)
			observe(3, o, body)
			got, late = state(4)
			assert.Equal(t, first, got, "the last known state")
			assert.False(t, late, "a failed answer is an answer")

			o, body = refused(ews.ErrorInvalidSyncStateData)
			observe(4, o, body)
			got, late = state(5)
			assert.Empty(t, got, "the server asked for a full synchronisation")
			assert.False(t, late)
		})
	}
}

func TestSyncStateGoesWithAFailedPart(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, scenarios.Step{Op: ews.OpSyncFolderItems})
	s, m := p.NewSession(1), newMailServer(1, 1)
	exchange(s, m, 0, p.At(0))
	s.Request(0, p.At(1))
	failed := ews.ItemSyncMessage{Message: ews.NewMessage(ews.ErrorInvalidSyncStateData)}
	o, body := judged(200, ews.AppendResponse(nil, ews.ServerVersion{}, ews.SyncFolderItemsResponse{Messages: []ews.ItemSyncMessage{failed}}))
	s.Observe(0, p.At(1), o, body)
	r, _ := s.Request(0, p.At(2))
	assert.Empty(t, syncOf(t, r).State)
}

// TestBackupKeepsEightBatches: a visit's items suffice for all its GetItems.
func TestBackupKeepsEightBatches(t *testing.T) {
	t.Parallel()
	scenario, err := scenarios.Load("backup-incremental")
	require.NoError(t, err)
	p := planOf(t, *scenario, 1)
	s, m := p.NewSession(1), newMailServer(20, 10)
	asked := map[string]bool{}
	box := p.At(0).Mailbox
	for n := range uint64(29 * 24 * 2) {
		c := p.At(n)
		r, _ := exchange(s, m, 0, c)
		if c.Op == ews.OpGetItem && c.Mailbox == box {
			for _, id := range itemsOf(t, r) {
				asked[id] = true
			}
		}
	}
	assert.Len(t, asked, 80)
}
