package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// folder is a folder of a mailbox.
type folder struct {
	number, parent uint32
	distinguished  string // "" for one that a user made
	name, class    string
	kind           ews.Kind
	path           access.Folder // by which the guard knows it
	about          int           // about how many items the seed gives it
	owned          bool          // the mailbox's own, which may be changed

	pristine bool     // it holds what the seed gives it, in the seed's order
	entries  []uint32 // uids, otherwise, the oldest first: by rank
	hidden   []uint32 // uids of associated items
	unread   int      // otherwise: how many of the entries are unread

	version  uint64 // 0: that of the seed
	created  uint64 // place in the journal
	extended ews.Properties
	search   *ews.SearchParameters
}

// seeded is how many items the seed gives a folder, and how many of them, the newest, are unread.
func (b *box) seeded(f *folder) (total, unread int) {
	if f.about == 0 {
		return 0, 0
	}
	total = f.about/2 + b.store.pick("items", b.key(f.number, 0), f.about) + 1
	if f.class == note {
		unread = total / 8
	}
	return total, unread
}

// count is how many items a folder holds, and how many of them are unread.
func (b *box) count(f *folder) (total, unread int) {
	if f.pristine {
		return b.seeded(f)
	}
	return len(f.entries), f.unread
}

// perFolder is how many uids there are for what the seed gives one folder.
const perFolder = 1 << 20

// seedUID is the uid of the nth item, from the newest, that the seed gives a folder.
func seedUID(folder uint32, nth int) uint32 { return folder*perFolder + uint32(nth) }

// rank orders the items of a folder by arrival: what the seed gives comes first, the last of it being its nth 0.
func rank(uid uint32) uint32 {
	if uid >= firstUID {
		return uid
	}
	return firstUID - 1 - uid%perFolder
}

// list are the uids of a folder's items, the oldest first. The caller does not change it.
func (b *box) list(f *folder) []uint32 {
	if !f.pristine {
		return f.entries
	}
	total, _ := b.seeded(f)
	all := make([]uint32, total)
	for i := range all {
		all[i] = seedUID(f.number, total-1-i)
	}
	return all
}

// open is a folder whose list may be changed.
func (b *box) open(f *folder) *folder {
	f = b.own(f)
	if f.pristine {
		_, f.unread = b.seeded(f)
		f.entries, f.pristine = b.list(f), false
	}
	return f
}

// holds reports whether a folder has the item.
func (b *box) holds(f *folder, uid uint32) bool {
	if f.pristine {
		total, _ := b.seeded(f)
		return uid/perFolder == f.number && int(uid%perFolder) < total
	}
	_, ok := position(f.entries, uid)
	return ok
}

func position(entries []uint32, uid uint32) (int, bool) {
	i, ok := slices.BinarySearchFunc(entries, rank(uid), func(e, r uint32) int {
		switch e := rank(e); {
		case e < r:
			return -1
		case e > r:
			return 1
		}
		return 0
	})
	return i, ok && entries[i] == uid
}

// add puts a new item into a folder.
func (b *box) add(f *folder, it *item) {
	f = b.open(f)
	it.folder = f.number
	if it.hidden {
		f.hidden = append(f.hidden, it.uid)
		return
	}
	f.entries = append(f.entries, it.uid)
	if it.isUnread() {
		f.unread++
	}
}

// remove takes an item out of its folder.
func (b *box) remove(it *item) {
	f := b.open(b.folder(it.folder))
	if it.hidden {
		f.hidden = slices.DeleteFunc(f.hidden, func(uid uint32) bool { return uid == it.uid })
		return
	}
	if i, ok := position(f.entries, it.uid); ok {
		f.entries = slices.Delete(f.entries, i, i+1)
		if it.isUnread() {
			f.unread--
		}
	}
}
