package mailbox_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// model is what a mailbox should hold: subjects and whether they were read, by folder and by id.
type model map[string]map[string]entry

type entry struct {
	subject string
	read    bool
}

// replica is a client's copy of the mailbox, kept by synchronisation.
type replica struct {
	model
	states map[string]string
	most   int // changes that it asks for at once
}

// world is a mailbox, its model, and sessions that work on it.
type world struct {
	client
	rand    *rand.Rand
	model   model
	tree    map[string]node   // folders that the sequence has made, by id
	root    string            // the folder in which they are
	seeded  map[string]bool   // folders that were there before
	plans   []*hierarchy      // copies of the hierarchy
	callers []client          // sessions, each of a caller of its own that acts for the owner
	stale   map[string]string // for some items, a change key of before
	keys    map[string]string // change keys, by id
	copies  []*replica
	folders []ews.FolderID
	watch   mailbox.Watch
	place   uint64
	heard   map[string]string // of items that are there by events: the folder that they are in
	serial  int
}

func newWorld(t *testing.T, seed uint64) *world {
	s, _ := newStore(t, 3, noGrants)
	w := &world{
		client: as(t, s, 1), rand: rand.New(rand.NewPCG(seed, 5)), model: model{}, tree: map[string]node{}, seeded: map[string]bool{},
		stale: map[string]string{}, keys: map[string]string{}, heard: map[string]string{},
	}
	for caller := range 3 {
		c := w.client
		c.call.Caller = access.Principal(caller + 1)
		w.callers = append(w.callers, c)
	}
	root, code := do[ews.GetFolderResponse](w.client, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{named("msgfolderroot")}})
	require.Equal(t, ews.NoError, code)
	w.root = folderIn(root.Messages).ID
	plan, code := do[ews.SyncFolderHierarchyResponse](w.client, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}})
	require.Equal(t, ews.NoError, code)
	for _, c := range plan.Messages[0].Changes {
		id, _ := c.Folder.Get(path("folder:FolderId")).(ews.FolderID)
		w.seeded[id.ID] = true
	}
	for range 2 {
		w.plans = append(w.plans, &hierarchy{nodes: map[string]node{}})
	}
	for _, name := range []string{"drafts", "junkemail", "deleteditems"} {
		w.adopt(named(name))
	}
	watch, m := s.Watch(w.call, ews.Subscription{All: true, Events: []ews.EventType{ews.CreatedEvent, ews.DeletedEvent, ews.MovedEvent, ews.CopiedEvent}})
	require.Empty(t, m.Code)
	w.watch, w.place = watch, s.Now(1)
	for _, most := range []int{1, 3, 512} {
		w.copies = append(w.copies, &replica{model: model{}, states: map[string]string{}, most: most})
	}
	return w
}

// adopt takes a folder into the model, with what is in it.
func (w *world) adopt(id ews.FolderID) {
	r, code := do[ews.GetFolderResponse](w.client, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{id}})
	require.Equal(w.tb, ews.NoError, code)
	id, _ = r.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
	w.folders = append(w.folders, id)
	w.model[id.ID] = map[string]entry{}
	for _, o := range w.found(id, lean()) {
		w.keep(id.ID, idOf(o), entry{o.Text("item:Subject"), o.Bool("message:IsRead")})
		w.heard[idOf(o).ID] = id.ID
	}
}

// lean asks for what the model knows of items.
func lean() ews.FindItem {
	return ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly, Additional: []ews.Path{path("item:Subject"), path("message:IsRead")}}}
}

func (w *world) keep(folder string, id ews.ItemID, e entry) {
	if old := w.keys[id.ID]; old != "" {
		w.stale[id.ID] = old
	}
	w.model[folder][id.ID], w.keys[id.ID] = e, id.ChangeKey
}

// session is the one that does the next thing.
func (w *world) session() client { return w.callers[w.rand.IntN(len(w.callers))] }

func (w *world) somewhere() ews.FolderID { return w.folders[w.rand.IntN(len(w.folders))] }

// something is an item, false if the folder that was drawn is empty.
func (w *world) something() (folder string, id ews.ItemID, ok bool) {
	folder = w.somewhere().ID
	ids := slices.Sorted(maps.Keys(w.model[folder]))
	if len(ids) == 0 {
		return folder, id, false
	}
	one := ids[w.rand.IntN(len(ids))]
	return folder, ews.ItemID{ID: one, ChangeKey: w.keys[one]}, true
}

// step does one thing, in the mailbox and in the model.
func (w *world) step() {
	if w.rand.IntN(4) == 0 {
		w.serial++
		at, subject := w.somewhere(), fmt.Sprint("note ", w.serial)
		w.keep(at.ID, w.session().note(at, subject), entry{subject, true})
		return
	}
	if w.rand.IntN(4) == 0 {
		w.stepFolder()
		return
	}
	folder, id, ok := w.something()
	if !ok {
		return
	}
	e := w.model[folder][id.ID]
	switch w.rand.IntN(9) {
	case 0:
		w.serial++
		e.subject = fmt.Sprint("changed ", w.serial)
		w.update(folder, id, e, "item:Subject", e.subject)
	case 1:
		e.read = !e.read
		w.update(folder, id, e, "message:IsRead", e.read)
	case 2:
		require.Equal(w.tb, ews.NoError, w.session().delete(ews.HardDelete, id.Ref()))
		delete(w.model[folder], id.ID)
	case 3:
		require.Equal(w.tb, ews.NoError, w.session().delete(ews.SoftDelete, id.Ref()))
		delete(w.model[folder], id.ID)
	case 4:
		w.transfer(id, w.somewhere(), e, true)
		delete(w.model[folder], id.ID)
	case 5:
		w.transfer(id, w.somewhere(), e, false)
	case 6:
		w.discard(folder, id, e)
	case 7:
		w.outOfDate(folder, id, e)
	case 8:
		w.batch(folder, id)
	}
}

// discard deletes an item to the deleted items, where it is another one.
func (w *world) discard(folder string, id ews.ItemID, e entry) {
	require.Equal(w.tb, ews.NoError, w.session().delete(ews.MoveToDeletedItems, id.Ref()))
	trash := w.folders[2]
	delete(w.model[folder], id.ID)
	for _, o := range w.found(trash, lean()) {
		if _, known := w.model[trash.ID][idOf(o).ID]; !known {
			require.Equal(w.tb, e, entry{o.Text("item:Subject"), o.Bool("message:IsRead")})
			w.keep(trash.ID, idOf(o), e)
		}
	}
}

// outOfDate changes an item in a session that has not seen the last change of it.
func (w *world) outOfDate(folder string, id ews.ItemID, e entry) {
	key, ok := w.stale[id.ID]
	if !ok {
		return
	}
	w.serial++
	subject := fmt.Sprint("late ", w.serial)
	for _, how := range []string{"NeverOverwrite", "AutoResolve"}[w.rand.IntN(2):] {
		changed, code := w.session().set(ews.ItemID{ID: id.ID, ChangeKey: key}, how, "item:Subject", subject)
		if how == "NeverOverwrite" {
			require.Equal(w.tb, ews.Code("ErrorIrresolvableConflict"), code)
			continue
		}
		require.Equal(w.tb, ews.NoError, code)
		e.subject = subject
		w.keep(folder, changed, e)
	}
}

// batch deletes an item between two that cannot be: those fail alone.
func (w *world) batch(folder string, id ews.ItemID) {
	r, code := do[ews.DeleteItemResponse](w.session(), ews.DeleteItem{
		Disposal: ews.HardDelete, Cancellations: ews.SendToNone, Tasks: "AllOccurrences", Items: []ews.ItemRef{{ID: "bad"}, id.Ref(), id.Ref()},
	})
	require.Equal(w.tb, ews.ErrorInvalidIdMalformed, code)
	require.Equal(w.tb, []ews.Code{ews.ErrorInvalidIdMalformed, "", ews.ErrorItemNotFound}, []ews.Code{r.Messages[0].Code, r.Messages[1].Code, r.Messages[2].Code})
	delete(w.model[folder], id.ID)
}

func (w *world) update(folder string, id ews.ItemID, e entry, uri string, value any) {
	changed, code := w.session().set(id, "NeverOverwrite", uri, value)
	require.Equal(w.tb, ews.NoError, code)
	require.NotEqual(w.tb, id.ChangeKey, changed.ChangeKey)
	w.keep(folder, changed, e)
}

func (w *world) transfer(id ews.ItemID, to ews.FolderID, e entry, move bool) {
	target, items := ews.TargetFolder{ID: to}, []ews.ItemRef{id.Ref()}
	var messages []ews.ItemsMessage
	if move {
		r, code := do[ews.MoveItemResponse](w.session(), ews.MoveItem{To: target, Items: items})
		require.Equal(w.tb, ews.NoError, code)
		messages = r.Messages
	} else {
		r, code := do[ews.CopyItemResponse](w.session(), ews.CopyItem{To: target, Items: items})
		require.Equal(w.tb, ews.NoError, code)
		messages = r.Messages
	}
	w.keep(to.ID, idOf(messages[0].Items[0]), e)
}

// sync brings a copy up to date, in as many calls as it takes.
func (w *world) sync(r *replica, folder ews.FolderID) {
	have := r.model[folder.ID]
	if have == nil {
		have = map[string]entry{}
		r.model[folder.ID] = have
	}
	for last := false; !last; {
		got, code := do[ews.SyncFolderItemsResponse](w.client, ews.SyncFolderItems{
			Shape: lean().Shape, Folder: ews.TargetFolder{ID: folder}, State: r.states[folder.ID], MaxChanges: r.most,
		})
		require.Equal(w.tb, ews.NoError, code)
		m := got.Messages[0]
		require.LessOrEqual(w.tb, len(m.Changes), r.most)
		for _, c := range m.Changes {
			r.apply(have, c)
		}
		r.states[folder.ID], last = m.State, m.Last
	}
}

func (r *replica) apply(have map[string]entry, c ews.ItemChange) {
	switch c.Kind {
	case ews.Create, ews.Update:
		have[idOf(c.Item).ID] = entry{c.Item.Text("item:Subject"), c.Item.Bool("message:IsRead")}
	case ews.ReadFlagChange:
		e := have[c.ID.ID]
		e.read = c.Read
		have[c.ID.ID] = e
	case ews.Delete:
		delete(have, c.ID.ID)
	}
}

// listen hears of what has happened, as a subscription does.
func (w *world) listen() {
	for more := true; more; {
		h, ok := w.store.Listen(w.watch, w.place, 7)
		require.True(w.tb, ok)
		for _, e := range h.Events {
			if e.Item == nil {
				continue
			}
			w.heard[e.Item.ID] = e.Parent.ID
			if e.Type == ews.DeletedEvent {
				delete(w.heard, e.Item.ID)
			}
			if e.Type == ews.MovedEvent {
				delete(w.heard, e.OldItem.ID)
			}
		}
		w.place, more = h.Next, h.More
	}
}

// agree holds the mailbox, every copy, and what was heard, against the model.
func (w *world) agree() {
	for _, folder := range w.folders {
		want := w.model[folder.ID]
		got := map[string]entry{}
		for _, o := range w.found(folder, lean()) {
			got[idOf(o).ID] = entry{o.Text("item:Subject"), o.Bool("message:IsRead")}
		}
		require.Equal(w.tb, want, got, "FindItem")
		shown, _ := do[ews.GetFolderResponse](w.client, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{folder}})
		unread := 0
		for _, e := range want {
			if !e.read {
				unread++
			}
		}
		f := shown.Messages[0].Folders[0]
		require.Equal(w.tb, []int{len(want), unread}, []int{f.Int("folder:TotalCount"), f.Int("folder:UnreadCount")}, "counts")
		for _, r := range w.copies {
			w.sync(r, folder)
			require.Equal(w.tb, want, r.model[folder.ID], "a copy by %d changes", r.most)
		}
		heard := map[string]bool{}
		for id, at := range w.heard {
			if at == folder.ID {
				heard[id] = true
			}
		}
		for id := range want {
			require.True(w.tb, heard[id], "an item of which no event told")
		}
		require.Len(w.tb, heard, len(want), "an item that is no more, of which no event told")
	}
	for _, h := range w.plans {
		if w.rand.IntN(2) == 0 {
			w.syncFolders(h)
		}
	}
}

// Whatever is done, in whatever order, searches, synchronisation and events agree with a model.
func TestModel(t *testing.T) {
	t.Parallel()
	sequences := 200
	if text := os.Getenv("EWSBENCH_SEQUENCES"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		sequences = n
	}
	const shards = 8
	for shard := range shards {
		t.Run(fmt.Sprint(shard), func(t *testing.T) {
			t.Parallel()
			for seed := shard; seed < sequences; seed += shards {
				t.Logf("seed %d", seed) // the last one is shown if it fails
				sequence(t, uint64(seed))
			}
		})
	}
}

// sequence does some things, and holds everything against the model in between.
func sequence(t *testing.T, seed uint64) {
	w := newWorld(t, seed)
	for range 3 {
		for range 12 {
			w.step()
			if w.rand.IntN(5) == 0 {
				w.sync(w.copies[w.rand.IntN(3)], w.somewhere())
			}
		}
		w.listen()
		w.agree()
	}
	for _, h := range w.plans {
		w.syncFolders(h)
	}
}
