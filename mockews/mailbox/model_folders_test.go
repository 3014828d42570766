package mailbox_test

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// node is a folder that a sequence has made: where it is, and what it is called.
type node struct{ parent, name string }

// hierarchy is a client's copy of the folders, kept by synchronisation.
type hierarchy struct {
	nodes map[string]node
	state string
}

// made are the ids of the folders that the sequence has made and not deleted.
func (w *world) made() []string { return slices.Sorted(maps.Keys(w.tree)) }

// below are a folder and those in it that the model knows.
func (w *world) below(id string) []string {
	all := []string{id}
	for _, c := range w.made() {
		if w.tree[c].parent == id {
			all = append(all, w.below(c)...)
		}
	}
	return all
}

func folderIn(messages []ews.FoldersMessage) ews.FolderID {
	id, _ := messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
	return id
}

// plant notes a new folder, with what is in it, in the model.
func (w *world) plant(id ews.FolderID, n node) {
	w.tree[id.ID] = n
	w.adopt(ews.FolderID{ID: id.ID})
}

// fell takes a folder and those in it out of the model.
func (w *world) fell(id string) {
	for _, gone := range w.below(id) {
		delete(w.tree, gone)
		delete(w.model, gone)
		w.folders = slices.DeleteFunc(w.folders, func(f ews.FolderID) bool { return f.ID == gone })
		for _, r := range w.copies {
			delete(r.model, gone)
			delete(r.states, gone)
		}
	}
}

// stepFolder does one thing with folders.
func (w *world) stepFolder() {
	made := w.made()
	if len(made) == 0 || w.rand.IntN(4) == 0 {
		w.makeFolder(made)
		return
	}
	id := made[w.rand.IntN(len(made))]
	n := w.tree[id]
	switch w.rand.IntN(6) {
	case 0:
		w.serial++
		n.name = fmt.Sprint("renamed ", w.serial)
		_, code := do[ews.UpdateFolderResponse](w.session(), ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: ews.FolderID{ID: id}, Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: path("folder:DisplayName"), Object: object(ews.KindFolder, "folder:DisplayName", n.name),
		}}}}})
		require.Equal(w.tb, ews.NoError, code)
		w.tree[id] = n
	case 1, 2:
		w.moveFolder(id, append(made, w.root)[w.rand.IntN(len(made)+1)])
	case 3:
		w.copyFolder(id, append(made, w.root)[w.rand.IntN(len(made)+1)])
	case 4:
		how := []ews.Disposal{ews.HardDelete, ews.SoftDelete}[w.rand.IntN(2)]
		_, code := do[ews.DeleteFolderResponse](w.session(), ews.DeleteFolder{Disposal: how, Folders: []ews.FolderID{{ID: id}}})
		require.Equal(w.tb, ews.NoError, code)
		w.fell(id)
	case 5:
		_, code := do[ews.EmptyFolderResponse](w.session(), ews.EmptyFolder{Disposal: ews.SoftDelete, Folders: []ews.FolderID{{ID: id}}})
		require.Equal(w.tb, ews.NoError, code)
		clear(w.model[id])
	}
}

func (w *world) makeFolder(made []string) {
	w.serial++
	n := node{w.root, fmt.Sprint("folder ", w.serial)}
	if len(made) > 0 && w.rand.IntN(2) == 0 {
		n.parent = made[w.rand.IntN(len(made))]
	}
	r, code := do[ews.CreateFolderResponse](w.session(), ews.CreateFolder{
		Parent: ews.TargetFolder{ID: ews.FolderID{ID: n.parent}}, Folders: []ews.Object{object(ews.KindFolder, "folder:DisplayName", n.name)},
	})
	require.Equal(w.tb, ews.NoError, code)
	w.plant(folderIn(r.Messages), n)
}

func (w *world) moveFolder(id, to string) {
	_, code := do[ews.MoveFolderResponse](w.session(), ews.MoveFolder{
		To: ews.TargetFolder{ID: ews.FolderID{ID: to}}, Folders: []ews.FolderID{{ID: id}},
	})
	n := w.tree[id]
	switch {
	case slices.Contains(w.below(id), to):
		require.Equal(w.tb, ews.Code("ErrorMoveCopyFailed"), code)
	case n.parent != to && w.taken(to, n.name):
		require.Equal(w.tb, ews.Code("ErrorFolderExists"), code)
	default:
		require.Equal(w.tb, ews.NoError, code)
		w.tree[id] = node{to, n.name}
	}
}

// taken reports whether a folder has one of that name in it.
func (w *world) taken(parent, name string) bool {
	for _, n := range w.tree {
		if n == (node{parent, name}) {
			return true
		}
	}
	return false
}

func (w *world) copyFolder(id, to string) {
	r, code := do[ews.CopyFolderResponse](w.session(), ews.CopyFolder{
		To: ews.TargetFolder{ID: ews.FolderID{ID: to}}, Folders: []ews.FolderID{{ID: id}},
	})
	switch {
	case slices.Contains(w.below(id), to):
		require.Equal(w.tb, ews.Code("ErrorMoveCopyFailed"), code)
	case w.taken(to, w.tree[id].name):
		require.Equal(w.tb, ews.Code("ErrorFolderExists"), code)
	default:
		require.Equal(w.tb, ews.NoError, code)
		w.graft(id, folderIn(r.Messages).ID, to)
	}
}

// graft notes the copy of a folder, and of those in it.
func (w *world) graft(from, id, parent string) {
	w.plant(ews.FolderID{ID: id}, node{parent, w.tree[from].name})
	require.ElementsMatch(w.tb, slices.Collect(maps.Values(w.model[from])), slices.Collect(maps.Values(w.model[id])), "a copy has what the folder has")
	r, code := do[ews.FindFolderResponse](w.client, ews.FindFolder{
		Traversal: "Shallow", Shape: ews.FolderShape{Base: ews.ShapeDefault}, Parents: []ews.FolderID{{ID: id}},
	})
	require.Equal(w.tb, ews.NoError, code)
	for _, f := range r.Messages[0].Root.Folders {
		copied, _ := f.Get(path("folder:FolderId")).(ews.FolderID)
		for _, inner := range w.made() {
			if w.tree[inner] == (node{from, f.Text("folder:DisplayName")}) {
				w.graft(inner, copied.ID, id)
			}
		}
	}
}

// syncFolders brings a copy of the hierarchy up to date, and holds it against the model. A folder that is deleted takes those in it
// along, as clients know.
func (w *world) syncFolders(h *hierarchy) {
	r, code := do[ews.SyncFolderHierarchyResponse](w.client, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeAllProperties}, State: h.state})
	require.Equal(w.tb, ews.NoError, code)
	m := r.Messages[0]
	for _, c := range m.Changes {
		if c.Kind == ews.Delete {
			delete(h.nodes, c.ID.ID)
			continue
		}
		id, _ := c.Folder.Get(path("folder:FolderId")).(ews.FolderID)
		parent, _ := c.Folder.Get(path("folder:ParentFolderId")).(ews.FolderID)
		_, known := h.nodes[id.ID]
		require.Equal(w.tb, c.Kind == ews.Update, known, "a folder is created once, and changed afterwards")
		h.nodes[id.ID] = node{parent.ID, c.Folder.Text("folder:DisplayName")}
	}
	h.state = m.State
	got := maps.Clone(h.nodes)
	maps.DeleteFunc(got, func(id string, n node) bool { return w.seeded[id] || !w.reaches(h, n) })
	require.Equal(w.tb, w.tree, got, "SyncFolderHierarchy")
}

// reaches reports whether a folder is still there for the client: its ancestors are.
func (w *world) reaches(h *hierarchy, n node) bool {
	for n.parent != w.root {
		up, ok := h.nodes[n.parent]
		if !ok {
			return false
		}
		n = up
	}
	return true
}
