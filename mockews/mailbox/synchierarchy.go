package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func (j *job) syncFolderHierarchy(b ews.SyncFolderHierarchy) ews.Response {
	m := ews.FolderSyncMessage{Last: true}
	j.private = true
	root := ews.FolderID{Distinguished: "msgfolderroot"}
	if b.Folder != nil {
		root = b.Folder.ID
	}
	m.Message = j.try(func() ews.Code {
		return j.visit(root, access.Open, func(p place) ews.Code { return p.syncHierarchy(j, b, &m) })
	})
	return ews.SyncFolderHierarchyResponse{Messages: []ews.FolderSyncMessage{m}}
}

// syncHierarchy fills a message with what has changed among the folders in one: at first all of them. Whoever cannot see a
// folder does not hear of it.
func (p place) syncHierarchy(j *job, b ews.SyncFolderHierarchy, m *ews.FolderSyncMessage) ews.Code {
	if b.State == "" {
		for _, f := range p.below(j, p.folder) {
			m.Changes = append(m.Changes, p.folderChange(j, ews.Create, f, b.Shape))
		}
	} else {
		at, ok := p.decodeState(b.State, 0)
		if !ok {
			return ews.ErrorInvalidSyncStateData
		}
		p.replayFolders(j, b, at.place, m)
	}
	m.State = p.encodeState(state{place: p.journal.last()})
	return ews.NoError
}

func (p place) folderChange(j *job, kind ews.ChangeKind, f *folder, shape ews.FolderShape) ews.FolderChange {
	p.folder = f
	return ews.FolderChange{Kind: kind, Folder: p.showFolder(j, shape)}
}

// below are the folders in one, at any depth, that the actor can see: each behind the one that it is in.
func (p place) below(j *job, of *folder) (all []*folder) {
	for _, f := range p.children(of.number) {
		if p.sees(j, f) {
			all = append(all, f)
		}
		all = append(all, p.below(j, f)...)
	}
	return all
}

// sees reports whether the actor can see a folder.
func (p place) sees(j *job, f *folder) bool {
	return p.owner == j.Actor || j.guard.Decide(j.Actor, p.owner, access.Right{Verb: access.Open, Folder: f.path}).Allowed
}

func (p place) replayFolders(j *job, b ews.SyncFolderHierarchy, since uint64, m *ews.FolderSyncMessage) {
	changes, _ := p.journal.since(since)
	shown := map[uint32]bool{}
	for i, c := range changes {
		if c.item != 0 || shown[c.folder] {
			continue
		}
		shown[c.folder] = true
		f := p.box.folder(c.folder)
		switch {
		case f == nil || !p.within(f, p.folder.number):
			if !freshFolder(c.folder, changes[i:]) {
				m.Changes = append(m.Changes, ews.FolderChange{Kind: ews.Delete, ID: p.lostFolderID(c.folder)})
			}
		case f == p.folder || !p.sees(j, f):
		case f.created > since:
			m.Changes = append(m.Changes, p.folderChange(j, ews.Create, f, b.Shape))
		default:
			m.Changes = append(m.Changes, p.folderChange(j, ews.Update, f, b.Shape))
		}
	}
}

// freshFolder reports whether a folder was made within the changes.
func freshFolder(number uint32, changes []change) bool {
	for _, c := range changes {
		if c.item == 0 && c.folder == number && (c.what == created || c.what == copied) {
			return true
		}
	}
	return false
}
