package audit

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// poll is something that is asked for over and over.
type poll struct {
	known bool          // it was asked for before
	at    time.Duration // when it was answered last
	times int           // how many times in a row it was asked at once after an answer
	more  bool          // that answer said that there is more
}

// pollKey is what is polled, 0 for nothing.
func (e *Exchange) pollKey() uint64 {
	switch {
	case e.Op == ews.OpGetEvents && len(e.Subscriptions) == 1:
		return idKey(e.Subscriptions[0])
	case e.Op == ews.OpFindItem && e.Calendar:
		return join(e.client(), e.Text)
	}
	return 0
}

// polls says that an exchange asks at once again, and how many times in a row
// that makes.
func (p *poll) next(e *Exchange, within time.Duration) int {
	if !p.known || p.more || e.Came < p.at || e.Came-p.at >= within {
		return 0
	}
	return p.times + 1
}

func (m *memory) polled(e *Exchange, within time.Duration) int {
	key := e.pollKey()
	if key == 0 || m.polls.empty() {
		return 0
	}
	p, _ := m.polls.get(key)
	return p.next(e, within)
}

func (m *memory) notePolls(e *Exchange) {
	key := e.pollKey()
	if key == 0 {
		return
	}
	within := pause
	if e.Calendar {
		within = calendarPause
	}
	p, _ := m.polls.get(key)
	m.polls.put(key, poll{known: true, at: e.Answered, times: p.next(e, within), more: e.More || e.Code != ews.NoError})
}
