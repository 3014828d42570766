package audit

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// paging is how far a client has read the pages of a search.
type paging struct {
	at    time.Duration // when the last page was answered
	next  int           // where what has come ends
	last  bool          // nothing more is there
	short bool          // the last page held fewer than were asked for
}

func (e *Exchange) pageKey() uint64 { return join(e.client(), e.Query) }

// paged is how far the search of an exchange had been read when it was sent.
func (m *memory) paged(e *Exchange) (paging, bool) {
	if e.Query == 0 || m.pages.empty() {
		return paging{}, false
	}
	p, ok := m.pages.get(e.pageKey())
	return p, ok && e.Came >= p.at
}

func (m *memory) notePage(e *Exchange) {
	if e.Query == 0 || e.Code != ews.NoError || e.Undelivered {
		return
	}
	if e.Last && e.Offset == 0 {
		m.pages.forget(e.pageKey()) // the whole in one page
		return
	}
	m.pages.put(e.pageKey(), paging{at: e.Answered, next: e.Offset + e.Shown, last: e.Last, short: e.Shown < e.Page})
}
