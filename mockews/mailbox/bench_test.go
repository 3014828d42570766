package mailbox_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// many is how many items a search is measured over.
const many = 100_000

// subjectHas looks for a word in subjects.
func subjectHas(word string) *ews.Restriction {
	return &ews.Restriction{Expression: ews.Expression{
		Is: ews.Contains, Path: path("item:Subject"), Value: word, Mode: "Substring", Compare: "IgnoreCase",
	}}
}

// BenchmarkAgainstBareLoop prints how much longer a FindItem with a restriction takes than a bare loop that looks for the same in the
// same items, side by side in one run.
func BenchmarkAgainstBareLoop(b *testing.B) {
	s, _ := newStore(b, 1, noGrants)
	c := as(b, s, 1)
	outbox := named("outbox")
	bare := make([]ews.Object, many)
	batch := make([]ews.Object, 0, 1000)
	for i := range many {
		bare[i] = object(ews.KindMessage, "item:Subject", fmt.Sprint("Subject of message ", i))
		if batch = append(batch, bare[i]); len(batch) == cap(batch) {
			_, code := do[ews.CreateItemResponse](c, ews.CreateItem{Disposition: ews.SaveOnly, Folder: &ews.TargetFolder{ID: outbox}, Items: batch})
			require.Equal(b, ews.NoError, code)
			batch = batch[:0]
		}
	}
	const word = "9999"
	find := ews.FindItem{Shape: ews.IDOnly(), Restriction: subjectHas(word)}
	const turns = 9
	runtime.GC() // what was made to be searched is not the search's
	ratios := make([]float64, 0, turns)
	for b.Loop() {
		ratios = ratios[:0]
		for range turns {
			begin := time.Now()
			found := len(c.found(outbox, find))
			ours := time.Since(begin)
			begin, want := time.Now(), 0
			for i := range bare {
				if strings.Contains(strings.ToLower(bare[i].Text("item:Subject")), word) {
					want++
				}
			}
			ratios = append(ratios, float64(ours)/float64(time.Since(begin)))
			require.Equal(b, want, found)
		}
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[turns/2], "ratio")
	b.ReportMetric(0, "ns/op")
}

// heap is how much memory is in use, in bytes.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A mailbox that somebody has looked into costs next to nothing, as long as nobody changes it: 100,000 of them stay far below
// the 8 GiB that they may take.
func TestTouchedMailboxesAreCheap(t *testing.T) {
	const touched, most = 2000, 80 << 10
	s, _ := newStore(t, touched, noGrants)
	before := heap()
	for p := access.Principal(1); p <= touched; p++ {
		c := as(t, s, p)
		c.found(named("inbox"), ews.FindItem{Shape: ews.IDOnly(), Page: &ews.IndexedView{Max: new(5)}})
		id := c.note(named("inbox"), "changed")
		_, code := c.set(id, "AlwaysOverwrite", "message:IsRead", true)
		require.Equal(t, ews.NoError, code)
	}
	each := (heap() - before) / touched
	t.Logf("%d bytes for each mailbox", each)
	assert.Less(t, each, int64(most))
	runtime.KeepAlive(s)
}

// BenchmarkHoldMailboxes prints what 100,000 mailboxes take that somebody has looked into, read from and changed something in.
func BenchmarkHoldMailboxes(b *testing.B) {
	for b.Loop() {
		before := heap()
		s, _ := newStore(b, many, noGrants)
		for p := access.Principal(1); p <= many; p++ {
			c := as(b, s, p)
			page := c.found(named("inbox"), ews.FindItem{Shape: ews.IDOnly(), Page: &ews.IndexedView{Max: new(10)}})
			_, code := c.get(idOf(page[0]).Ref())
			require.Equal(b, ews.NoError, code)
			_, code = c.set(idOf(page[1]), "AlwaysOverwrite", "message:IsRead", true)
			require.Equal(b, ews.NoError, code)
		}
		b.ReportMetric(float64(heap()-before)/(1<<30), "GiB")
		runtime.KeepAlive(s)
	}
	b.ReportMetric(0, "ns/op")
}
