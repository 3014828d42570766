package audit

import (
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// olderStates is how many superseded states of a folder are remembered.
const olderStates = 4

// syncing is how far a client has synchronised a folder.
type syncing struct {
	at      time.Duration // when it was answered last
	next    uint64        // the latest state
	older   [olderStates]uint64
	refused uint64 // a state that was refused
	fresh   int    // how many times it began afresh after it had a state
	last    bool   // nothing more was waiting
	idle    int    // how many times in a row it asked at once, and nothing had changed
	nothing bool   // the last answer showed no change
}

func (e *Exchange) syncs() bool {
	return e.Op == ews.OpSyncFolderItems || e.Op == ews.OpSyncFolderHierarchy
}

// client tells programs apart that do the same with the same mailbox: by
// caller, mailbox, anchor and User-Agent.
func (e *Exchange) client() uint64 {
	return join(e.who, digestText(e.Anchor), digestText(e.UserAgent))
}

func (e *Exchange) syncKey() uint64 { return join(e.client(), digestText(string(e.Op)), e.Folder) }

// synced is what is known of the folder that an exchange synchronises, from
// before it was sent.
func (m *memory) synced(e *Exchange) (syncing, bool) {
	if !e.syncs() || m.syncs.empty() {
		return syncing{}, false
	}
	s, ok := m.syncs.get(e.syncKey())
	return s, ok && e.Came >= s.at
}

// idles says that an exchange asks at once again where nothing had changed.
func (s *syncing) idles(e *Exchange) bool {
	return e.State != 0 && e.State == s.next && s.last && s.nothing && e.Came-s.at < pause
}

func (m *memory) noteSync(e *Exchange) {
	if !e.syncs() || e.Undelivered {
		return
	}
	switch {
	case e.Code == ews.ErrorInvalidSyncStateData && e.State != 0:
		s, _ := m.syncs.get(e.syncKey())
		m.syncs.put(e.syncKey(), syncing{at: e.Answered, refused: e.State, last: true, next: s.next})
	case e.Code == ews.NoError && e.Next != 0:
		s, _ := m.syncs.get(e.syncKey())
		m.syncs.put(e.syncKey(), s.after(e))
	}
}

func (s syncing) after(e *Exchange) syncing {
	next := syncing{at: e.Answered, next: e.Next, older: s.older, fresh: s.fresh, last: e.Last, nothing: e.Shown == 0}
	switch {
	case e.State == 0 && s.refused != 0: // as it should
		next.older, next.fresh = [olderStates]uint64{}, 0
	case e.State == 0:
		next.older = [olderStates]uint64{}
		if s.next != 0 {
			next.fresh++
		}
	case s.idles(e) && e.Shown == 0:
		next.idle = s.idle + 1
	}
	if e.Next != e.State && e.State != 0 && !slices.Contains(next.older[:], e.State) {
		copy(next.older[1:], next.older[:olderStates-1])
		next.older[0] = e.State
	}
	return next
}
