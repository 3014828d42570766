package scenarios_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

func archiveSteps() []scenarios.Step {
	return []scenarios.Step{
		{Op: ews.OpFindItem},
		{Op: ews.OpExportItems, Weight: 2, Batch: 3},
		{Op: ews.OpArchiveItem, Batch: 3},
		{Op: ews.OpMoveItem, Batch: 3, To: "archivemsgfolderroot"},
	}
}

// idsIn returns the items that a request names.
func idsIn(t testing.TB, r ews.Request) []string {
	t.Helper()
	var refs []ews.ItemRef
	switch body := r.Body.(type) {
	case ews.GetItem:
		refs = body.Items
	case ews.ExportItems:
		refs = ews.Refs(body.Items)
	case ews.ArchiveItem:
		refs = body.Items
	case ews.MoveItem:
		refs = body.Items
	case ews.DeleteItem:
		refs = body.Items
	case ews.UpdateItem:
		for _, change := range body.Changes {
			refs = append(refs, change.ID)
		}
	default:
		require.Failf(t, "no items", "%T", r.Body)
	}
	var ids []string
	for _, ref := range refs {
		ids = append(ids, ref.ID)
	}
	return ids
}

// TestArmsChangeItemsOfTheirOwn: each arm archives what it exported, nobody the
// same twice, and what two arms get in a call are neighbours of the list.
func TestArmsChangeItemsOfTheirOwn(t *testing.T) {
	t.Parallel()
	const arms = 3
	p := oneMailbox(t, archiveSteps()...)
	s, m := p.NewSession(arms), newMailServer(0, 100)
	taken := map[string]bool{}
	for visit := range uint64(4) {
		var exported, moved [arms][]string
		for turn := range uint64(5) {
			c := p.At(visit*5 + turn)
			for arm := range arms {
				r, late := exchange(s, m, arm, c)
				require.False(t, late)
				switch c.Op {
				case ews.OpFindItem:
				case ews.OpExportItems:
					exported[arm] = append(exported[arm], idsIn(t, r)...)
				default:
					moved[arm] = append(moved[arm], idsIn(t, r)...)
				}
			}
		}
		for lot := range exported[0] {
			var at []string
			for arm := range arms {
				at = append(at, exported[arm][lot])
			}
			slices.Sort(at)
			var want []string
			for arm := range arms {
				want = append(want, fmt.Sprintf("user000001@contoso.com/inbox/item%03d", int(visit)*18+lot*arms+arm))
			}
			assert.Equal(t, want, at)
		}
		for arm := range arms {
			assert.Equal(t, exported[arm], moved[arm])
			for _, id := range moved[arm] {
				assert.False(t, taken[id], "%s twice", id)
				taken[id] = true
			}
		}
	}
	assert.Len(t, taken, 4*6*arms)
}

// TestLotsAreDealtByChance: neither arm always gets the older one of two.
func TestLotsAreDealtByChance(t *testing.T) {
	t.Parallel()
	s := visiting(10)
	s.Steps = archiveSteps()
	first := 0
	for seed := range uint64(40) {
		p := planOf(t, s, seed)
		session, m := p.NewSession(2), newMailServer(0, 100)
		exchange(session, m, 0, p.At(0))
		one, _ := session.Request(0, p.At(10))
		other, _ := session.Request(1, p.At(10))
		for i, id := range idsIn(t, one) {
			if id < idsIn(t, other)[i] {
				first++
			}
		}
	}
	assert.InDelta(t, 60, first, 20, "of 120")
}

// TestALateListingShowsNothingThatIsGone: an answer that was on its way while
// items were moved, and one that is older than what is known.
func TestALateListingShowsNothingThatIsGone(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, scenarios.Step{Op: ews.OpFindItem}, scenarios.Step{Op: ews.OpDeleteItem, Batch: 2})
	s, m := p.NewSession(1), newMailServer(0, 6)
	exchange(s, m, 0, p.At(0))
	stale, _ := s.Request(0, p.At(2))
	o, body := m.answer(stale) // before the first two are gone
	gone, _ := exchange(s, m, 0, p.At(1))
	s.Observe(0, p.At(2), o, body)
	next, late := exchange(s, m, 0, p.At(3))
	assert.False(t, late)
	assert.NotSubset(t, idsIn(t, gone), idsIn(t, next))
	s.Observe(0, p.At(2), o, body)
	last, _ := exchange(s, m, 0, p.At(5))
	for _, before := range [][]string{idsIn(t, gone), idsIn(t, next)} {
		assert.NotContains(t, before, idsIn(t, last)[0])
	}
	empty, late := s.Request(0, p.At(7))
	assert.False(t, late, "the folder is empty: that is known")
	assert.Regexp(t, `^AAMk[A-Za-z0-9+/]+=*$`, idsIn(t, empty)[0])
	assert.Len(t, idsIn(t, empty), 1)
}

// TestNothingToTakeYet: a call before its listing is late, in each arm.
func TestNothingToTakeYet(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, scenarios.Step{Op: ews.OpFindItem}, scenarios.Step{Op: ews.OpDeleteItem})
	s, m := p.NewSession(2), newMailServer(0, 6)
	r, _ := s.Request(0, p.At(0))
	for arm := range 2 {
		_, late := s.Request(arm, p.At(1))
		assert.True(t, late)
	}
	o, body := m.answer(r)
	s.Observe(0, p.At(0), o, body)
	_, late := s.Request(0, p.At(3))
	assert.False(t, late)
}

// TestAppointmentsAreNoMail: who looks at the calendar in between goes on with
// the inbox.
func TestAppointmentsAreNoMail(t *testing.T) {
	t.Parallel()
	for _, taken := range []ews.Op{ews.OpGetItem, ews.OpDeleteItem} {
		p := oneMailbox(
			t, scenarios.Step{Op: ews.OpFindItem}, scenarios.Step{Op: taken},
			scenarios.Step{Op: ews.OpFindItem, Folder: "calendar"}, scenarios.Step{Op: ews.OpGetItem},
		)
		s, m := p.NewSession(1), newMailServer(0, 50)
		for _, visit := range []uint64{0, 4} {
			exchange(s, m, 0, p.At(visit))
			mail, _ := exchange(s, m, 0, p.At(visit+1))
			assert.Contains(t, idsIn(t, mail)[0], "/inbox/")
			exchange(s, m, 0, p.At(visit+2))
			appointment, _ := exchange(s, m, 0, p.At(visit+3))
			assert.Contains(t, idsIn(t, appointment)[0], "/calendar/")
		}
	}
}

// TestReadingGoesThroughTheList, and begins again at its end.
func TestReadingGoesThroughTheList(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, scenarios.Step{Op: ews.OpFindItem}, scenarios.Step{Op: ews.OpGetItem, Weight: 3, Batch: 2}, scenarios.Step{Op: ews.OpUpdateItem})
	s, m := p.NewSession(1), newMailServer(0, 5)
	exchange(s, m, 0, p.At(0))
	var read []string
	for n := range uint64(4) {
		r, _ := exchange(s, m, 0, p.At(n+1))
		for _, id := range idsIn(t, r) {
			read = append(read, id[len(id)-1:])
		}
	}
	assert.Equal(t, []string{"0", "1", "2", "3", "4", "0", "1"}, read)
}
