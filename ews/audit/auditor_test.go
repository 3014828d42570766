package audit_test

import (
	"encoding/json"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews/audit"
)

// Every rule has an id of its own, a sentence of advice and a source.
func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	seen := map[audit.ID]bool{}
	for _, r := range audit.Rules() {
		assert.Regexp(t, `^[a-z]+(-[a-z]+)+$`, r.ID)
		assert.False(t, seen[r.ID], r.ID)
		seen[r.ID] = true
		assert.Contains(t, []audit.Level{audit.Problem, audit.Advice}, r.Level, r.ID)
		assert.Regexp(t, `^[A-Z][^.]+(\.[^ ][^.]*)*\.$`, r.Advice, "%s: one sentence", r.ID)
		assert.Regexp(t, `^(an? |SyncFolderItems$|Get|Error)`, r.Situation, r.ID)
		assert.Regexp(t, `(MS docs: .+, |learn\.microsoft\.com|RFC \d+, section \d|SOAP 1\.1 \(W3C Note\), section \d|MS docs: ResponseCode)`, r.Source, "%s: document and section", r.ID)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	r, ok := audit.Find(audit.BackoffIgnored)
	require.True(t, ok)
	assert.Equal(t, audit.BackoffIgnored, r.ID)
	_, ok = audit.Find("anchor-lost")
	assert.False(t, ok)
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	var a audit.Auditor
	e := with(exemplary(second), func(e *audit.Exchange) { e.Items, e.RequestID = 11, "" })
	v := a.Observe(&e)
	assert.Equal(t, []audit.ID{audit.OversizedBatch, audit.NoClientRequestID}, v.IDs())
	assert.True(t, v.Has(audit.OversizedBatch))
	assert.False(t, v.Has(audit.AnchorMissing))
	assert.False(t, v.Has("anchor-lost"))
	assert.Equal(t, audit.IDs(), audit.VerdictsOf(audit.IDs()...).IDs())
	assert.Equal(t, v, audit.VerdictsOf(audit.NoClientRequestID, "anchor-lost", audit.OversizedBatch))
	text, err := json.Marshal(struct{ Some, None audit.Verdicts }{Some: v})
	require.NoError(t, err)
	assert.JSONEq(t, `{"Some": ["oversized-batch", "no-client-request-id"], "None": []}`, string(text))
}

// Verdicts are counted, whoever asks at the same time.
func TestCounts(t *testing.T) {
	t.Parallel()
	var a audit.Auditor
	assert.Empty(t, a.Counts())
	var clients sync.WaitGroup
	var ids numbers
	for range 8 {
		clients.Go(func() {
			for range 100 {
				e := busy(second, second)
				e.Anchor, e.Anchored = "", ""
				e.RequestID = ids.next()
				a.Observe(&e)
				a.Counts()
			}
		})
	}
	clients.Wait()
	assert.Equal(t, map[audit.ID]uint64{audit.AnchorMissing: 800}, a.Counts())
	assert.EqualValues(t, 800, a.Judged())
}

// A call that is as it should be costs next to nothing, also while other
// callers are held back.
func TestNoVerdictCostsNoAllocation(t *testing.T) {
	var a audit.Auditor
	e := exemplary(second)
	ids := make([]string, 1000)
	for i := range ids {
		ids[i] = exemplary(time.Duration(i)).RequestID
	}
	n := 0
	observe := func() {
		e.RequestID = ids[n]
		n++
		a.Arrive(&e)
		if v := a.Observe(&e); v != 0 {
			t.Error(v)
		}
	}
	observe()
	assert.Zero(t, testing.AllocsPerRun(100, observe))
	other := busy(0, 1000*second)
	other.Mailbox = sadie
	a.Observe(&other)
	assert.Zero(t, testing.AllocsPerRun(100, observe))
}

// numbers gives each request an id, whoever asks.
type numbers struct{ last atomic.Int64 }

func (n *numbers) next() string { return exemplary(time.Duration(n.last.Add(1))).RequestID }

func BenchmarkObserve(b *testing.B) {
	for name, held := range map[string]bool{"nobody-held-back": false, "somebody-held-back": true} {
		b.Run(name, func(b *testing.B) {
			var a audit.Auditor
			if held {
				e := busy(0, 1000*second)
				e.Mailbox = sadie
				a.Observe(&e)
			}
			e := exemplary(second)
			b.ReportAllocs()
			for b.Loop() {
				a.Observe(&e)
			}
		})
	}
}

// A rule is tried when its situation comes up, and not before.
func TestMet(t *testing.T) {
	t.Parallel()
	met := func(situations bool, es ...audit.Exchange) map[audit.ID]uint64 {
		a := audit.Auditor{Situations: situations}
		for i := range es {
			a.Observe(&es[i])
		}
		return a.Met()
	}
	assert.Empty(t, met(false, exemplary(second)))
	one := met(true, exemplary(second))
	assert.EqualValues(t, 1, one[audit.AnchorMissing])
	assert.Zero(t, one[audit.BackoffIgnored])
	assert.Zero(t, one[audit.UserAgentVaries])
	assert.EqualValues(t, 1, met(true, busy(second, second))[audit.BackoffIgnored], "who is told to wait, and comes no more, has waited")
	assert.EqualValues(t, 1, met(true, exemplary(second), exemplary(2*second))[audit.UserAgentVaries])
	bare := exemplary(second)
	bare.Mailbox = ""
	assert.Zero(t, met(true, bare)[audit.AnchorMissing])
}
