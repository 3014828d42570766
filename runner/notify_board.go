package runner

import (
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// board is where mails and what the streams tell of them come together. Safe for
// concurrent use.
type board struct {
	*lookout

	mu      sync.Mutex
	mails   map[string]*mail   // that are waited for, by the id of the item
	early   map[string][]heard // told of before the answer to the mail was read
	created map[string][]string
	closed  bool
}

// heard is that an arm was told of an item.
type heard struct {
	arm int
	at  time.Duration
}

// mail is a message, and in which arms it was told of.
type mail struct {
	office *office
	call   scenarios.Call
	slot   uint64
	block  int
	phase  results.Phase
	due    time.Duration
	start  time.Duration
	told   map[int]bool
	timer  *time.Timer
}

func newBoard(o *lookout) *board {
	return &board{lookout: o, mails: map[string]*mail{}, early: map[string][]heard{}, created: map[string][]string{}}
}

// sent begins to wait for the notifications of a mail: until its patience is over.
func (b *board) sent(id string, m *mail) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.created[m.call.Mailbox] = append(b.created[m.call.Mailbox], id)
	if b.closed {
		return
	}
	b.unsettled.Add(1)
	m.told = map[int]bool{}
	b.mails[id] = m
	m.timer = time.AfterFunc(max(m.limit()-b.clock.now(), 0), func() { b.expire(id) })
	for _, h := range b.early[id] {
		b.match(id, m, h)
	}
	delete(b.early, id)
}

// limit is when the patience with a mail is over.
func (m *mail) limit() time.Duration { return m.due + m.office.Notify.Patience }

// hear takes in that a stream told of an item.
func (b *board) hear(id string, h heard) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, waited := b.mails[id]
	switch {
	case waited:
		b.match(id, m, h)
	case !b.closed:
		b.forget(h.at)
		b.early[id] = append(b.early[id], h)
	}
}

// maxEarly is how many items are remembered that no mail is known for: those of
// other people's mails, or of mails that were missed.
const maxEarly = 4096

// forget makes room among what was told of too early. The caller holds the lock.
func (b *board) forget(now time.Duration) {
	if len(b.early) < maxEarly {
		return
	}
	for id, told := range b.early {
		if now-told[0].at > b.Timeout {
			delete(b.early, id)
		}
	}
	if len(b.early) >= maxEarly {
		clear(b.early)
	}
}

// match keeps the sample of an arm that was told in time. The caller holds the lock.
func (b *board) match(id string, m *mail, h heard) {
	if m.told[h.arm] || h.at > m.limit() {
		return // another event of the item, or too late
	}
	m.told[h.arm] = true
	s := m.sample(h.arm)
	s.Status, s.End, s.Class, s.Code = statusOK, h.at, results.ClassOK, results.CodeOK
	b.queue.put(s)
	if len(m.told) == len(m.office.arms) {
		b.settle(id, m)
	}
}

// statusOK is the HTTP status of a stream that tells of something.
const statusOK = 200

// expire keeps the samples of the arms that were not told.
func (b *board) expire(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, waited := b.mails[id]
	if !waited {
		return
	}
	for _, arm := range m.office.arms {
		if m.told[arm] {
			continue
		}
		s := m.sample(arm)
		s.End, s.Class, s.Code = max(m.limit(), m.start), results.ClassError, results.CodeMissed
		b.queue.put(s)
	}
	b.settle(id, m)
}

// settle ends the wait for a mail. The caller holds the lock.
func (b *board) settle(id string, m *mail) {
	m.timer.Stop()
	delete(b.mails, id)
	b.unsettled.Done()
}

// abandon ends all waits: what was not told of yet leaves no sample.
func (b *board) abandon() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	for id, m := range b.mails {
		b.settle(id, m)
	}
}

// withhold keeps for every arm that there was no mail to be told of.
func (m *mail) withhold(code string) {
	for _, arm := range m.office.arms {
		s := m.sample(arm)
		s.End, s.Class, s.Code = s.Start, results.ClassWithheld, code
		m.office.queue.put(s)
	}
}

// sample is that of an arm, but for how it ended. The arms of a mail share its call;
// each has a slot of its own.
func (m *mail) sample(arm int) results.Sample {
	o := m.office.lookout
	return results.Sample{
		Arm: o.Arms[arm].Name, Block: m.block, Phase: m.phase, Seq: m.slot*uint64(len(o.Arms)) + uint64(arm), Call: m.call.N,
		Op: string(scenarios.OpNotification), Due: m.due, Start: m.start,
	}
}
