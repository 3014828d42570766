package mockews

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// journalSize bounds the journal, in entries; the oldest make room.
const journalSize = 1 << 14

// keptText bounds what an entry keeps of a text that a client wrote, in bytes: a header may be as long as all headers may be.
const keptText = 256

// kept is as much of a text as an entry keeps, in a string that does not hold on to the rest.
func kept(text string) string {
	if len(text) <= keptText {
		return text
	}
	return strings.Clone(text[:keptText])
}

// note is what an exchange learns for its entry by and by.
type note struct {
	id     string
	op     ews.Op
	actor  route.Principal
	routed bool // it got to a back end
}

// record is an entry as it is kept: numbers in place of names, so that keeping one makes no garbage.
type record struct {
	note
	arrived time.Time
	caller  route.Principal
	app     string // of an application on its own
	anchor  string
	choice  route.Choice
	met     route.Passage
	status  int
	code    ews.Code

	verdicts audit.Verdicts
	harm     *fault.Effect
	budget   Budget
}

// journal is a ring of records.
type journal struct {
	org *route.Organisation

	mu     sync.Mutex
	origin time.Time
	ring   []record
	next   int
	total  uint64 // how many were kept since the beginning
}

func newJournal(org *route.Organisation) *journal { return &journal{org: org} }

// record notes how the exchange ended. Status 0 is a client that went away.
func (x *exchange) record(status int, code ews.Code) {
	r := record{
		note: x.note, arrived: x.hints.Now, caller: x.hints.Caller, app: x.alone(), anchor: kept(x.hints.Anchor),
		choice: x.choice, met: x.met, status: status, code: code, verdicts: x.judge(status, code), harm: x.harm,
		budget: x.budget,
	}
	r.id = kept(r.id)
	x.server.journal.add(&r)
	if observe := x.server.observer.Load(); observe != nil {
		e := x.server.journal.entry(&r, x.server.born)
		(*observe)(&e)
	}
}

func (j *journal) add(r *record) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.origin.IsZero() || r.arrived.Before(j.origin) {
		j.origin = r.arrived
	}
	j.total++
	if len(j.ring) < journalSize {
		j.ring = append(j.ring, *r)
		return
	}
	j.ring[j.next] = *r
	j.next = (j.next + 1) % journalSize
}

// since are the records from the nth on, in the order in which they were kept, and the number of the next one. Those that have made
// room are left out.
func (j *journal) since(n uint64) (entries []Entry, next uint64) {
	j.mu.Lock()
	first := j.total - uint64(len(j.ring))
	var records []record
	for i := max(n, first); i < j.total; i++ {
		records = append(records, j.ring[(uint64(j.next)+i-first)%uint64(len(j.ring))])
	}
	origin, next := j.origin, j.total
	j.mu.Unlock()
	for i := range records {
		entries = append(entries, j.entry(&records[i], origin))
	}
	return entries, next
}

// clear forgets everything. Numbers go on where they were.
func (j *journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ring, j.next, j.origin = nil, 0, time.Time{}
}

// entries are the records, with names and in order.
func (j *journal) entries() []Entry {
	j.mu.Lock()
	records, origin := slices.Clone(j.ring), j.origin
	j.mu.Unlock()
	entries := make([]Entry, len(records))
	for i := range records {
		entries[i] = j.entry(&records[i], origin)
	}
	slices.SortFunc(entries, compareEntries)
	return entries
}

// compareEntries orders by arrival, then by request id, then by whatever else tells two requests apart.
func compareEntries(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Arrived, b.Arrived), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Anchor, b.Anchor),
		cmp.Compare(a.Caller, b.Caller), cmp.Compare(a.Target, b.Target), cmp.Compare(a.Op, b.Op),
		cmp.Compare(a.Service, b.Service), cmp.Compare(a.Queue, b.Queue), cmp.Compare(a.Status, b.Status))
}

func (j *journal) entry(r *record, origin time.Time) Entry {
	e := Entry{
		Arrived: r.arrived.Sub(origin), ID: r.id, Op: r.op,
		Caller: cmp.Or(r.app, j.org.Address(r.caller)), Target: j.org.Address(r.actor),
		Anchor: r.anchor, FrontEnd: j.org.FrontEnd(r.choice.FrontEnd),
		Hops: r.met.Hops, Queue: r.met.Queue, Service: r.met.Service,
		Status: r.status, Code: r.code, Verdicts: r.verdicts, Budget: r.budget,
	}
	if r.harm != nil {
		e.Faults = slices.Clone(r.harm.Rules)
	}
	if r.routed {
		e.AnchorSource = r.choice.Source
		e.Calculated, e.Final = j.org.BackEnd(r.choice.BackEnd).Name, j.org.BackEnd(r.met.BackEnd).Name
	}
	return e
}

// repeats counts requests without an identifier, so that each has draws of its own.
type repeats struct {
	mu     sync.Mutex
	counts map[uint64]uint64
}

// maxRepeats bounds the kinds of requests that are counted; beyond it, counting begins anew.
const maxRepeats = 1 << 20

// key is the key of a request's draws: the nth of its kind. Requests with different anchors are counted by themselves but
// draw alike, so that the nth call meets the same weather with an anchor and without.
func (r *repeats) key(caller, actor route.Principal, op ews.Op, anchor string) uint64 {
	kind := route.KeyOf(caller, actor, string(op), route.Key(anchor))
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counts == nil || len(r.counts) >= maxRepeats {
		r.counts = map[uint64]uint64{}
	}
	nth := r.counts[kind]
	r.counts[kind] = nth + 1
	return route.KeyOf(caller, actor, string(op), nth)
}
