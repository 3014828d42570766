package mailbox

import (
	"cmp"
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func (j *job) syncFolderItems(b ews.SyncFolderItems) ews.Response {
	j.private = true
	m := ews.ItemSyncMessage{Last: true}
	m.Message = j.try(func() ews.Code {
		return j.visit(b.Folder.ID, access.Read, func(p place) ews.Code { return p.syncItems(j, b, &m) })
	})
	return ews.SyncFolderItemsResponse{Messages: []ews.ItemSyncMessage{m}}
}

// syncItems fills a message with what has changed in the folder. At first all of its items are shown, the newest first, and
// then what the journal says.
func (p place) syncItems(j *job, b ews.SyncFolderItems, m *ews.ItemSyncMessage) ews.Code {
	at := state{folder: p.folder.number, place: p.journal.last(), below: 1<<32 - 1}
	if b.State != "" {
		var ok bool
		if at, ok = p.decodeState(b.State, p.folder.number); !ok {
			return ews.ErrorInvalidSyncStateData
		}
	}
	y := itemSync{place: p, job: j, view: j.view(b.Shape, true), message: m, left: b.MaxChanges, scope: b.Scope}
	for _, ref := range b.Ignore {
		if r, ok := decode(ref.ID); ok {
			y.ignore = append(y.ignore, r.item)
		}
	}
	if at.below > 0 {
		at = y.enumerate(at)
	}
	if at.below == 0 {
		at = y.replay(at)
	}
	m.State = p.encodeState(at)
	return ews.NoError
}

// itemSync is one answer to SyncFolderItems under way.
type itemSync struct {
	place
	job     *job
	view    view
	message *ews.ItemSyncMessage
	left    int // changes that may still be shown
	ignore  []uint32
	scope   string
}

// enumerate shows items of the folder from the newest down.
func (y *itemSync) enumerate(at state) state {
	all := y.list(y.folder)
	if y.scope == "NormalAndAssociatedItems" {
		all = slices.Concat(y.folder.hidden, all)
		slices.SortFunc(all, func(a, b uint32) int { return cmp.Compare(rank(a), rank(b)) })
	}
	for _, uid := range slices.Backward(all) {
		if rank(uid) >= at.below {
			continue
		}
		if y.left == 0 {
			y.message.Last = false
			return at
		}
		at.below = rank(uid)
		if it := y.item(y.folder, uid); it != nil && it.created <= at.place {
			y.emit(ews.Create, it)
		}
	}
	at.below = 0
	return at
}

func (y *itemSync) emit(kind ews.ChangeKind, it *item) {
	if slices.Contains(y.ignore, it.uid) {
		return
	}
	c := ews.ItemChange{Kind: kind}
	if kind == ews.ReadFlagChange {
		c.ID, c.Read = y.itemID(it), it.props.Bool("message:IsRead")
	} else {
		c.Item = y.show(y.job, it, y.view)
	}
	y.message.Changes = append(y.message.Changes, c)
	y.left--
}

// replay shows what the journal says of the folder's items, each as it is now.
func (y *itemSync) replay(at state) state {
	changes, _ := y.journal.since(at.place)
	shown := map[uint32]bool{}
	for i, c := range changes {
		place := at.place + uint64(i)
		for nth, uid := range y.concerned(c) {
			if shown[uid] || i == 0 && nth == 0 && at.half {
				continue
			}
			if y.left == 0 {
				y.message.Last = false
				return state{folder: at.folder, place: place, half: nth > 0}
			}
			shown[uid] = true
			y.one(uid, at.place, changes[i:])
		}
	}
	return state{folder: at.folder, place: y.journal.last()}
}

// concerned are the items of the folder that a change is about.
func (y *itemSync) concerned(c change) (uids []uint32) {
	if c.item == 0 {
		return nil
	}
	if c.folder == y.folder.number {
		uids = append(uids, c.item)
	}
	if c.what == moved && c.oldFolder == y.folder.number {
		uids = append(uids, c.oldItem)
	}
	return uids
}

// one shows what has become of an item since a place of the journal.
func (y *itemSync) one(uid uint32, since uint64, changes []change) {
	it := y.item(y.folder, uid)
	switch {
	case it == nil:
		if fresh(uid, y.folder.number, changes) || slices.Contains(y.ignore, uid) {
			return // it came and went without the client
		}
		y.message.Changes = append(y.message.Changes, ews.ItemChange{Kind: ews.Delete, ID: y.lostID(y.folder.number, uid)})
		y.left--
	case it.hidden && y.scope != "NormalAndAssociatedItems":
	case it.created > since:
		y.emit(ews.Create, it)
	case onlyFlagged(uid, changes) && !y.job.Version.Before(ews.Exchange2010):
		y.emit(ews.ReadFlagChange, it)
	default:
		y.emit(ews.Update, it)
	}
}

// fresh reports whether an item came into the folder within the changes.
func fresh(uid, folder uint32, changes []change) bool {
	return slices.ContainsFunc(changes, func(c change) bool {
		return c.item == uid && c.folder == folder && (c.what == created || c.what == moved || c.what == copied)
	})
}

// onlyFlagged reports whether all that has happened to an item is that it was marked as read or unread.
func onlyFlagged(uid uint32, changes []change) bool {
	return !slices.ContainsFunc(changes, func(c change) bool { return c.item == uid && c.what != flagged })
}
