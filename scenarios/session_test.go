package scenarios_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// oneMailbox is a plan of whole visits to a single mailbox, so that call n is
// the nth of the steps and so on again.
func oneMailbox(t testing.TB, steps ...scenarios.Step) *scenarios.Plan {
	t.Helper()
	s := visiting(1)
	s.Mailboxes, s.Steps = 1, steps
	return planOf(t, s, 1)
}

func findAndGet(batch, weight int) []scenarios.Step {
	return []scenarios.Step{{Op: ews.OpFindItem, Page: 50}, {Op: ews.OpGetItem, Weight: weight, Batch: batch}}
}

// exchange sends a call to the server and lets the session learn.
func exchange(s *scenarios.Session, m *mailServer, arm int, c scenarios.Call) (ews.Request, bool) {
	r, late := s.Request(arm, c)
	o, body := m.answer(r)
	s.Observe(arm, c, o, body)
	return r, late
}

func itemsOf(t testing.TB, r ews.Request) []string {
	t.Helper()
	get, ok := r.Body.(ews.GetItem)
	require.True(t, ok, "%T", r.Body)
	var ids []string
	for _, id := range get.Items {
		ids = append(ids, id.ID)
	}
	return ids
}

func TestGetItemAsksForWhatFindItemFound(t *testing.T) {
	t.Parallel()
	const box = "user000001@contoso.com/inbox/"
	p := oneMailbox(t, findAndGet(2, 3)...)
	s, m := p.NewSession(1), newMailServer(0, 5)
	exchange(s, m, 0, p.At(0))
	for n, want := range [][]string{
		{box + "item000", box + "item001"},
		{box + "item002", box + "item003"},
		{box + "item004", box + "item000"},
	} {
		r, late := exchange(s, m, 0, p.At(uint64(n+1)))
		assert.False(t, late)
		assert.Equal(t, want, itemsOf(t, r))
	}
}

func TestGetItemAsksForNoIDTwice(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, findAndGet(10, 1)...)
	s, m := p.NewSession(1), newMailServer(0, 3)
	exchange(s, m, 0, p.At(0))
	r, _ := s.Request(0, p.At(1))
	assert.Len(t, itemsOf(t, r), 3)
}

func TestItemsFoundTwiceAreKeptOnce(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t,
		scenarios.Step{Op: ews.OpFindItem, Page: 3},
		scenarios.Step{Op: ews.OpFindItem, Page: 5},
		scenarios.Step{Op: ews.OpGetItem, Batch: 10})
	s, m := p.NewSession(1), newMailServer(0, 50)
	exchange(s, m, 0, p.At(0))
	exchange(s, m, 0, p.At(1))
	r, _ := s.Request(0, p.At(2))
	assert.Len(t, itemsOf(t, r), 5)
}

func TestGetItemStepsShareTheItems(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, append(findAndGet(2, 2), scenarios.Step{Op: ews.OpGetItem, Batch: 1})...)
	s, m := p.NewSession(1), newMailServer(0, 50)
	exchange(s, m, 0, p.At(0))
	r, _ := s.Request(0, p.At(3))
	assert.Equal(t, []string{"user000001@contoso.com/inbox/item004"}, itemsOf(t, r))
}

func TestGetItemBeforeTheAnswerIsLate(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, findAndGet(1, 1)...)
	for _, tc := range []struct {
		name   string
		answer func() (ews.Outcome, []byte)
		late   bool
	}{
		{"no answer", nil, true},
		{"refused", func() (ews.Outcome, []byte) { return refused(ews.ErrorServerBusy) }, true},
		{"not SOAP", func() (ews.Outcome, []byte) { return judged(503, []byte("<html>")) }, true},
		{"transport error", func() (ews.Outcome, []byte) { return ews.Outcome{}, nil }, true},
		{"an empty inbox", func() (ews.Outcome, []byte) {
			return newMailServer(0, 0).answer(ews.Request{Body: ews.FindItem{Page: &ews.IndexedView{Max: new(9)}}})
		}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := p.NewSession(1)
			s.Request(0, p.At(0))
			if tc.answer != nil {
				o, body := tc.answer()
				s.Observe(0, p.At(0), o, body)
			}
			r, late := s.Request(0, p.At(1))
			assert.Equal(t, tc.late, late)
			ids := itemsOf(t, r)
			require.Len(t, ids, 1)
			assert.Regexp(t, `^AAMk[A-Za-z0-9+/]+=*$`, ids[0])
			assert.Zero(t, len(ids[0])%4, "well-formed base64")
		})
	}
}

// TestPairsAskForTheSameItems: the answer that comes between the two calls of
// a pair must not make them different.
func TestPairsAskForTheSameItems(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, findAndGet(2, 2)...)
	s, m := p.NewSession(2), newMailServer(0, 50)
	find, get := p.At(0), p.At(1)
	r, _ := s.Request(0, find)
	first, late := s.Request(0, get)
	assert.True(t, late)
	o, body := m.answer(r)
	s.Observe(0, find, o, body)
	second, late := s.Request(1, get)
	assert.True(t, late, "counted in both arms, or in neither")
	assert.Equal(t, first, second)

	one, late := s.Request(0, p.At(2))
	assert.False(t, late)
	other, late := s.Request(1, p.At(2))
	assert.False(t, late, "ids are facts about the mailbox, whichever arm learned them")
	assert.Equal(t, one, other)
}

func TestLaterVisitsReplaceTheItems(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, scenarios.Step{Op: ews.OpSyncFolderItems}, scenarios.Step{Op: ews.OpGetItem, Batch: 2})
	s, m := p.NewSession(1), newMailServer(0, 5)
	exchange(s, m, 0, p.At(0))
	first, _ := exchange(s, m, 0, p.At(1))
	exchange(s, m, 0, p.At(2)) // nothing changed
	same, _ := exchange(s, m, 0, p.At(3))
	assert.Equal(t, itemsOf(t, first), itemsOf(t, same))

	r, _ := s.Request(0, p.At(4))
	changed := r
	sync := r.Body.(ews.SyncFolderItems)
	sync.State, sync.Folder.ID = "", ews.FolderID{Distinguished: "drafts"} // new ids
	changed.Body = sync
	o, body := m.answer(changed)
	s.Observe(0, p.At(4), o, body)
	fresh, _ := s.Request(0, p.At(5))
	assert.Equal(t, []string{"user000001@contoso.com/drafts/item000", "user000001@contoso.com/drafts/item001"}, itemsOf(t, fresh))
}

func TestStepKeysReachTheRequest(t *testing.T) {
	t.Parallel()
	june := dayOf(t, "2026-06-15")
	for _, tc := range []struct {
		name string
		step scenarios.Step
		want ews.Body
	}{
		{
			"GetFolder",
			scenarios.Step{Op: ews.OpGetFolder},
			ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{{Distinguished: "inbox"}}},
		},
		{
			"GetFolder with keys",
			scenarios.Step{Op: ews.OpGetFolder, Folder: "calendar", Shape: "IdOnly"},
			ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "calendar"}}},
		},
		{
			"FindItem",
			scenarios.Step{Op: ews.OpFindItem},
			ews.FindItem{Traversal: ews.Shallow, Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "inbox"}}, Page: &ews.IndexedView{Max: new(100)}},
		},
		{
			"FindItem with keys",
			scenarios.Step{Op: ews.OpFindItem, Folder: "drafts", Page: 7, Shape: "Default"},
			ews.FindItem{Traversal: ews.Shallow, Shape: ews.ItemShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{{Distinguished: "drafts"}}, Page: &ews.IndexedView{Max: new(7)}},
		},
		{
			"SyncFolderHierarchy",
			scenarios.Step{Op: ews.OpSyncFolderHierarchy},
			ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}},
		},
		{
			"SyncFolderItems",
			scenarios.Step{Op: ews.OpSyncFolderItems},
			ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: ews.FolderID{Distinguished: "inbox"}}, MaxChanges: 512},
		},
		{
			"SyncFolderItems with keys",
			scenarios.Step{Op: ews.OpSyncFolderItems, Folder: "tasks", MaxChanges: 9, Shape: "AllProperties"},
			ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeAllProperties}, Folder: ews.TargetFolder{ID: ews.FolderID{Distinguished: "tasks"}}, MaxChanges: 9},
		},
		{
			"FindItem of a calendar's days",
			scenarios.Step{Op: ews.OpFindItem, From: june, Days: 7, Page: 9},
			ews.FindItem{
				Traversal: ews.Shallow, Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "calendar"}},
				Calendar: &ews.CalendarView{Max: new(9), Start: june.Time, End: june.AddDate(0, 0, 7)},
			},
		},
		{
			"FindItem of old mail",
			scenarios.Step{Op: ews.OpFindItem, Before: june},
			ews.FindItem{
				Traversal: ews.Shallow, Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "inbox"}}, Page: &ews.IndexedView{Max: new(100)},
				Restriction: &ews.Restriction{Expression: ews.Expression{Is: ews.IsLess, Path: ews.Path{URI: "item:DateTimeReceived"}, Value: "2026-06-15T00:00:00Z"}},
				Sort:        []ews.FieldOrder{{Order: ews.Ascending, Path: ews.Path{URI: "item:DateTimeReceived"}}},
			},
		},
		{
			"GetUserAvailability",
			scenarios.Step{Op: ews.OpGetUserAvailability, People: 1, From: june, Days: 42},
			ews.GetUserAvailability{
				TimeZone: &ews.SerializableTimeZone{
					Standard: ews.ZoneTime{Time: "00:00:00", DayOrder: 1, Month: 10, DayOfWeek: "Sunday"},
					Daylight: ews.ZoneTime{Time: "00:00:00", DayOrder: 1, Month: 3, DayOfWeek: "Sunday"},
				},
				Mailboxes: []ews.MailboxData{{Email: ews.AvailabilityAddress{Address: "user000001@contoso.com"}, AttendeeType: "Organizer"}},
				FreeBusy: &ews.FreeBusyOptions{
					Window:   ews.TimeWindow{Start: ews.WindowTime{Time: june.Time, Floats: true}, End: ews.WindowTime{Time: june.AddDate(0, 0, 42), Floats: true}},
					Interval: 30, View: "FreeBusyMerged",
				},
			},
		},
		{
			"GetUserOofSettings",
			scenarios.Step{Op: ews.OpGetUserOofSettings},
			ews.GetUserOofSettings{Mailbox: "user000001@contoso.com"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := oneMailbox(t, tc.step)
			r, late := p.NewSession(1).Request(0, p.At(0))
			assert.False(t, late)
			assert.Equal(t, tc.want, r.Body)
			assert.Equal(t, ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: "user000001@contoso.com"}, r.Impersonate)
		})
	}
}

func TestSetUserOofSettingsIsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	p := oneMailbox(t, scenarios.Step{Op: ews.OpSetUserOofSettings})
	s := p.NewSession(1)
	first, _ := s.Request(0, p.At(0))
	later, _ := s.Request(0, p.At(9))
	assert.Equal(t, first, later)
	set, ok := first.Body.(ews.SetUserOofSettings)
	require.True(t, ok)
	assert.Equal(t, "user000001@contoso.com", set.Mailbox)
	assert.Equal(t, ews.OofEnabled, set.Settings.State)
}

// TestBuiltInsChain sends each built-in to a server that answers at once: no
// call is late, none fails, and both arms ask for the same.
func TestBuiltInsChain(t *testing.T) {
	t.Parallel()
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario, err := scenarios.Load(name)
			require.NoError(t, err)
			p := planOf(t, *scenario, 1)
			s, m := p.NewSession(2), newMailServer(20, 100)
			for n := range uint64(1500) {
				for arm := range 2 {
					r, late := s.Request(arm, p.At(n))
					o, body := m.answer(r)
					assert.False(t, late, "call %d", n)
					assert.True(t, o.OK(), "call %d: %s", n, o.Code())
					s.Observe(arm, p.At(n), o, body)
				}
			}
		})
	}
}

func TestSessionIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	scenario, err := scenarios.Load("backup-incremental")
	require.NoError(t, err)
	p := planOf(t, *scenario, 1)
	s := p.NewSession(2)
	var wg sync.WaitGroup
	for worker := range 4 {
		m := newMailServer(20, 30)
		wg.Go(func() {
			for n := uint64(worker) / 2; n < 1000; n += 2 {
				r, _ := exchange(s, m, worker%2, p.At(n))
				assert.Equal(t, p.At(n).Op, r.Body.Op())
			}
		})
	}
	wg.Wait()
}
