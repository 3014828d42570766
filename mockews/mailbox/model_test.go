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
	keys    map[string]string // change keys, by id
	copies  []*replica
	folders []ews.FolderID
	watch   mailbox.Watch
	place   uint64
	heard   map[string]bool // ids of items that are there, by events
	serial  int
}

func newWorld(t *testing.T, seed uint64) *world {
	s, _ := newStore(t, 3, noGrants)
	w := &world{client: as(t, s, 1), rand: rand.New(rand.NewPCG(seed, 5)), model: model{}, keys: map[string]string{}, heard: map[string]bool{}}
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
	for _, o := range w.found(id, ews.FindItem{}) {
		w.keep(id.ID, idOf(o), entry{o.Text("item:Subject"), o.Bool("message:IsRead")})
		w.heard[idOf(o).ID] = true
	}
}

func (w *world) keep(folder string, id ews.ItemID, e entry) {
	w.model[folder][id.ID], w.keys[id.ID] = e, id.ChangeKey
}

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
		w.keep(at.ID, w.note(at, subject), entry{subject, true})
		return
	}
	folder, id, ok := w.something()
	if !ok {
		return
	}
	e := w.model[folder][id.ID]
	switch w.rand.IntN(6) {
	case 0:
		w.serial++
		e.subject = fmt.Sprint("changed ", w.serial)
		w.update(folder, id, e, "item:Subject", e.subject)
	case 1:
		e.read = !e.read
		w.update(folder, id, e, "message:IsRead", e.read)
	case 2:
		require.Equal(w.tb, ews.NoError, w.delete(ews.HardDelete, id.Ref()))
		delete(w.model[folder], id.ID)
	case 3:
		require.Equal(w.tb, ews.NoError, w.delete(ews.SoftDelete, id.Ref()))
		delete(w.model[folder], id.ID)
	case 4:
		w.transfer(id, w.somewhere(), e, true)
		delete(w.model[folder], id.ID)
	case 5:
		w.transfer(id, w.somewhere(), e, false)
	}
}

func (w *world) update(folder string, id ews.ItemID, e entry, uri string, value any) {
	changed, code := w.set(id, "NeverOverwrite", uri, value)
	require.Equal(w.tb, ews.NoError, code)
	require.NotEqual(w.tb, id.ChangeKey, changed.ChangeKey)
	w.keep(folder, changed, e)
}

func (w *world) transfer(id ews.ItemID, to ews.FolderID, e entry, move bool) {
	target, items := ews.TargetFolder{ID: to}, []ews.ItemRef{id.Ref()}
	var messages []ews.ItemsMessage
	if move {
		r, code := do[ews.MoveItemResponse](w.client, ews.MoveItem{To: target, Items: items})
		require.Equal(w.tb, ews.NoError, code)
		messages = r.Messages
	} else {
		r, code := do[ews.CopyItemResponse](w.client, ews.CopyItem{To: target, Items: items})
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
			Shape: ews.ItemShape{Base: ews.ShapeAllProperties}, Folder: ews.TargetFolder{ID: folder}, State: r.states[folder.ID], MaxChanges: r.most,
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
			w.heard[e.Item.ID] = e.Type != ews.DeletedEvent
			if e.Type == ews.MovedEvent {
				w.heard[e.OldItem.ID] = false
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
		for _, o := range w.found(folder, ews.FindItem{}) {
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
		for id := range want {
			require.True(w.tb, w.heard[id], "an item of which no event told")
		}
	}
}

// Whatever is done, in whatever order, searches, synchronisation and events agree with a model.
func TestModel(t *testing.T) {
	t.Parallel()
	sequences := 100
	if text := os.Getenv("EWSBENCH_SEQUENCES"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		sequences = n
	}
	for seed := range uint64(sequences) {
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
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
