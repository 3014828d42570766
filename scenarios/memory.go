package scenarios

import (
	"slices"
	"sync"

	"github.com/ewsbench/ewsbench/ews"
)

// memory is what is known of one mailbox.
type memory struct {
	mu       sync.Mutex
	mailbox  string
	visit    uint64 // the last that was here
	items    [sources]known[ews.ItemID]
	folders  known[ews.FolderID]
	gone     []uint64               // items that were taken away lately, by hash: see deal.go
	progress []map[string]*progress // of each arm, by folder
	last     binding
}

// binding is what a call was bound to, kept for the other call of its pair.
type binding struct {
	call   ordinal
	items  []ews.ItemRef // of dealt ones those of all arms, lot after lot
	folder ews.FolderID
	late   bool
}

// ordinal is a call's N plus one, so that zero is no call.
type ordinal uint64

func ordinalOf(c Call) ordinal { return ordinal(c.N) + 1 }

// lock returns the memory of a call's mailbox, locked. A call so late that a
// later visit to another mailbox has its place gets an empty one that nobody
// keeps.
func (s *Session) lock(c Call) *memory {
	m := &s.memory[c.Visit%uint64(len(s.memory))]
	m.mu.Lock()
	if m.mailbox != c.Mailbox && c.Visit < m.visit {
		m.mu.Unlock()
		m = &memory{}
		m.mu.Lock()
	}
	if m.mailbox != c.Mailbox || s.plan.closed && m.visit != c.Visit {
		m.mailbox = c.Mailbox
		m.items, m.folders, m.gone = [sources]known[ews.ItemID]{}, known[ews.FolderID]{}, nil
		m.progress = make([]map[string]*progress, s.arms)
		m.last = binding{}
	}
	m.visit = max(m.visit, c.Visit)
	return m
}

// known are the ids that a mailbox was seen to have.
type known[T comparable] struct {
	list  []T
	visit uint64  // the visit in which they were found
	from  ordinal // the last call that they were taken from
	read  int     // dealt items: how many lots were read since
}

// answered says whether the server ever answered, even with nothing.
func (k *known[T]) answered() bool { return k.from > 0 }

// add takes ids that are not in the list, until it has keep.
func (k *known[T]) add(c Call, found []T, keep int) {
	k.from = ordinalOf(c)
	for _, id := range found {
		if len(k.list) < keep && !slices.Contains(k.list, id) {
			k.list = append(k.list, id)
		}
	}
}

// hierarchyKey is the progress of SyncFolderHierarchy, beside the folders'.
const hierarchyKey = ""

func folderKey(f ews.FolderID) string {
	if f.Distinguished != "" {
		return f.Distinguished
	}
	return f.ID
}

// progress is how far an arm has synchronised one folder, or the hierarchy.
type progress struct {
	state   string
	sent    ordinal // the last call sent
	waiting bool    // for its answer
	last    bool    // the answer was the last: nothing more is waiting
}

// send returns the state that a call goes out with; late if an earlier call's
// answer, and with it a newer state, is still to come.
func (p *progress) send(c Call) (state string, late bool) {
	late = p.waiting
	p.sent, p.waiting = ordinalOf(c), true
	return p.state, late
}

// settle takes the state of the answer.
func (p *progress) settle(o ews.Outcome, body []byte) {
	p.waiting = false
	if o.Code() == ews.ErrorInvalidSyncStateData {
		p.state = "" // the server asks for a full synchronisation (MS docs: ResponseCode)
	}
	if !o.OK() {
		return
	}
	if state, last := ews.SyncState(body); state != "" {
		p.state, p.last = state, last
	}
}

// progressOf returns the progress of an arm in a folder.
func (m *memory) progressOf(arm int, key string) *progress {
	if m.progress[arm] == nil {
		m.progress[arm] = map[string]*progress{}
	}
	p := m.progress[arm][key]
	if p == nil {
		p = &progress{}
		m.progress[arm][key] = p
	}
	return p
}

// sentBy returns the progress that waits for the answer to a call, or nil:
// once the next call in the folder has gone out, its answer is the one that
// counts, for it holds the earlier one's changes too.
func (m *memory) sentBy(arm int, c Call) *progress {
	for _, p := range m.progress[arm] {
		if p.sent == ordinalOf(c) {
			return p
		}
	}
	return nil
}
