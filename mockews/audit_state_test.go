package mockews_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// What the mock answers is what the auditor goes by: states, pages, watermarks.
func TestChainsAreSeen(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	send := func(body ews.Body) ews.AnswerSketch {
		return ews.SkimAnswer(polite(target, body).send(t, s.Transport()).body)
	}
	sync := func(state string) ews.AnswerSketch {
		return send(ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: inbox}, State: state, MaxChanges: 2})
	}
	first := sync("")
	require.False(t, first.Last)
	second := sync(first.State)
	assert.Empty(t, s.Verdicts())
	sync(first.State)
	assert.Equal(t, map[audit.ID]uint64{audit.SyncStateStale: 1}, s.Verdicts())
	assert.NotEqual(t, first.State, second.State)

	find := func(offset int) ews.AnswerSketch {
		return send(ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(3), Offset: offset}})
	}
	assert.Equal(t, 3, find(0).Shown)
	find(3)
	find(9)
	assert.EqualValues(t, 1, s.Verdicts()[audit.PagingByPageSize])

	pull := &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent, ews.CreatedEvent}, Timeout: 10}
	made := send(ews.Subscribe{Pull: pull})
	send(ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{{Kind: ews.KindMessage}}})
	events := send(ews.GetEvents{ID: made.ID, Watermark: made.Watermark})
	require.NotEqual(t, made.Watermark, events.Watermark)
	send(ews.GetEvents{ID: made.ID, Watermark: made.Watermark})
	assert.EqualValues(t, 1, s.Verdicts()[audit.WatermarkStale])
	s.FinishAudit()
	assert.EqualValues(t, 1, s.Verdicts()[audit.SubscriptionLeftBehind])
	assert.EqualValues(t, 1, s.Verdicts()[audit.SyncLeftUnfinished])
}

// A stream is under way until it ends, and the auditor knows who ended it.
func TestStreamsAreSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, route.Topology{})
		streaming := &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}}
		made := ews.SkimAnswer(polite(target, ews.Subscribe{Streaming: streaming}).send(t, s.Transport()).body)
		open := func() *http.Response {
			p := polite(target, ews.GetStreamingEvents{IDs: []string{made.ID}, Timeout: 1})
			r, err := http.NewRequestWithContext(t.Context(), p.method, p.url, bytes.NewReader(p.body))
			require.NoError(t, err)
			r.Header = p.header
			r.SetBasicAuth(p.user, p.password)
			answer, err := s.Transport().RoundTrip(r)
			require.NoError(t, err)
			return answer
		}
		one := open()
		assert.Empty(t, s.Verdicts())
		other := open()
		assert.Equal(t, map[audit.ID]uint64{audit.StreamDuplicated: 1}, s.Verdicts())
		_, _ = io.Copy(io.Discard, one.Body)
		_, _ = io.Copy(io.Discard, other.Body)
		synctest.Wait()
		s.FinishAudit()
		assert.EqualValues(t, 1, s.Verdicts()[audit.StreamNotReopened])
		assert.Zero(t, s.Verdicts()[audit.SubscriptionLeftBehind])
	})
}

// Whether a request may be sent again depends on what became of it.
func TestUnsafeRetriesAreSeen(t *testing.T) {
	t.Parallel()
	half := fault.Rule{Name: "half", Match: fault.Match{Op: ews.OpCreateItem}, Fault: fault.Fault{Half: &fault.Half{Share: 0.5}}}
	partly := fault.Rule{Name: "partly", Match: fault.Match{Op: ews.OpCreateItem}, Fault: fault.Fault{Message: &fault.Message{Code: ews.ErrorMailboxMoveInProgress, Part: 2}}}
	for name, c := range map[string]struct {
		rule fault.Rule
		want audit.ID
	}{"half": {half, audit.UnsafeRetry}, "partly": {partly, audit.BatchRepeated}} {
		synctest.Test(t, func(t *testing.T) {
			s, err := mockews.New(route.Topology{Faults: []fault.Rule{c.rule}})
			require.NoError(t, err)
			create := ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{{Kind: ews.KindMessage}, {Kind: ews.KindMessage}, {Kind: ews.KindMessage}}}
			for range 2 {
				p := polite(target, create)
				r, err := http.NewRequestWithContext(t.Context(), p.method, p.url, bytes.NewReader(p.body))
				require.NoError(t, err)
				r.Header = p.header
				r.SetBasicAuth(p.user, p.password)
				answer, err := s.Transport().RoundTrip(r)
				require.NoError(t, err)
				_, _ = io.Copy(io.Discard, answer.Body)
				time.Sleep(time.Second)
			}
			assert.Equal(t, map[audit.ID]uint64{c.want: 1}, s.Verdicts(), name)
		})
	}
}

// Situations are counted by a server that was asked to, also after everything was put back.
func TestSituationsAreCounted(t *testing.T) {
	t.Parallel()
	plain := newServer(t, route.Topology{})
	polite(target, getInbox()).send(t, plain.Transport())
	assert.Empty(t, plain.Met())
	s, err := mockews.New(route.Topology{}, mockews.WithSituations())
	require.NoError(t, err)
	for range 2 {
		polite(target, getInbox()).send(t, s.Transport())
		assert.EqualValues(t, 1, s.Met()[audit.AnchorMissing])
		assert.Zero(t, s.Met()[audit.BackoffIgnored])
		s.Reset()
		assert.Empty(t, s.Met())
	}
	without, err := mockews.New(route.Topology{}, mockews.WithoutAudit())
	require.NoError(t, err)
	without.FinishAudit()
	assert.Empty(t, without.Met())
}

// A stream can be closed before its time; what it was for goes on.
func TestStreamEndsBeforeItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		early := fault.Rule{Match: fault.Match{First: 1}, Fault: fault.Fault{StreamClosed: &fault.StreamClosed{After: 5 * time.Second}}}
		s := newServer(t, route.Topology{Faults: []fault.Rule{early}})
		made := ews.SkimAnswer(polite(target, ews.Subscribe{Streaming: &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}}}).send(t, s.Transport()).body)
		for _, lasts := range []time.Duration{5 * time.Second, time.Minute} {
			began := time.Now()
			stream := polite(target, ews.GetStreamingEvents{IDs: []string{made.ID}, Timeout: 1}).send(t, s.Transport()).body
			assert.Contains(t, string(stream), "<m:ConnectionStatus>Closed</m:ConnectionStatus>")
			assert.NotContains(t, string(stream), "ErrorSubscriptionIds")
			assert.Equal(t, lasts, time.Since(began).Round(time.Second))
		}
	})
}
