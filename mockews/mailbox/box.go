package mailbox

import (
	"sync"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// box is one mailbox. Whoever reads or writes it holds its lock.
type box struct {
	store *Store
	owner access.Principal
	guid  string

	mu      sync.Mutex
	folders []*folder        // by number; those that nobody has changed are shared by all mailboxes
	items   map[uint32]*item // those that somebody has made or changed, by uid
	next    uint32           // uid of the next new item
	stamps  uint64           // counts versions, for change keys
	last    folderName       // the folder whose id was written last
	journal journal
	mail    arrivals
	configs map[configKey]*ews.UserConfiguration
	habits  map[access.Principal]habit // of delegates
	deliver string                     // who gets meeting requests, "" for the default
	always  map[thread]following
	rules   []*ews.Rule // in their order; who changes one puts another in its place
	ruled   uint64      // how many there ever were
}

// firstUID is that of the first item that no seed has made.
const firstUID = 1 << 31

func newBox(s *Store, owner access.Principal) *box {
	return &box{store: s, owner: owner, guid: s.guid(owner), folders: s.template(owner), next: firstUID}
}

// key is for the draws of what is in one place of the mailbox.
func (b *box) key(folder uint32, nth int) uint64 {
	return uint64(b.owner)<<32 ^ uint64(folder)<<24 ^ uint64(nth)
}

// folder is the one of that number, nil if there is none.
func (b *box) folder(number uint32) *folder {
	if int(number) >= len(b.folders) {
		return nil
	}
	return b.folders[number]
}

// own is a folder that may be changed.
func (b *box) own(f *folder) *folder {
	f = b.folders[f.number] // f may be what the folder was before it was changed
	if f.owned {
		return f
	}
	c := *f
	c.owned = true
	b.folders[f.number] = &c
	return &c
}

// stamp makes the next version.
func (b *box) stamp() uint64 {
	b.stamps++
	return b.stamps
}

// distinguished is the folder of that name, nil if there is none.
func (b *box) distinguished(name string) *folder {
	number, ok := numbers()[name]
	if !ok {
		return nil
	}
	return b.folder(number)
}

// children yields the folders in a folder.
func (b *box) children(parent uint32) (all []*folder) {
	for _, f := range b.folders {
		if f != nil && f.parent == parent {
			all = append(all, f)
		}
	}
	return all
}

// within reports whether a folder is another one or somewhere in it.
func (b *box) within(f *folder, ancestor uint32) bool {
	for f != nil {
		if f.number == ancestor {
			return true
		}
		f = b.folder(f.parent)
	}
	return false
}
