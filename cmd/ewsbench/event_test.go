package main

import (
	"bytes"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
)

// TestEventsAreNamed: what strikes the whole run in the middle is recognised
// and said first, and not averaged in; an ordinary run has none.
func TestEventsAreNamed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		v    virtual
		kind results.EventKind
	}{
		{"nothing", virtual{}, ""},
		{"stall of the whole server", virtual{wrap: stallAll}, results.EventStall},
		{"restart", virtual{wrap: restart}, results.EventRestart},
		{"slow store", virtual{slow: slowStore}, results.EventSlowConsumer},
		{"too few workers", virtual{workers: 8}, results.EventSaturated},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.v.profile = defaultProfile
			a := test.v.run(t, 1)
			if test.kind == "" {
				assert.Empty(t, a.Summary.Events)
				return
			}
			require.NotEmpty(t, a.Summary.Events)
			var kinds []results.EventKind
			for _, e := range a.Summary.Events {
				kinds = append(kinds, e.Kind)
				t.Log(e.Text)
			}
			assert.Contains(t, kinds, test.kind)
			var text bytes.Buffer
			require.NoError(t, report.Text(&text, a, report.TextOptions{}))
			head := bytes.Join(bytes.SplitN(text.Bytes(), []byte("\n"), 12)[:11], []byte(" "))
			assert.Contains(t, string(bytes.Join(bytes.Fields(head), []byte(" "))), a.Summary.Events[0].Text)
		})
	}
}

// between makes trouble from one time since the run's start to another. It sleeps in
// the virtual time of the run's bubble.
type between struct {
	next     http.RoundTripper
	began    time.Time
	from, to time.Duration
	do       func(left time.Duration) error
}

func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	if now := time.Since(b.began); now >= b.from && now < b.to {
		if err := b.do(b.to - now); err != nil {
			return nil, err
		}
	}
	return b.next.RoundTrip(r)
}

// stallAll holds every call of three seconds until they are over.
func stallAll(next http.RoundTripper) http.RoundTripper {
	return &between{next: next, began: time.Now(), from: 15 * time.Second, to: 18 * time.Second, do: func(left time.Duration) error {
		time.Sleep(left)
		return nil
	}}
}

// restart refuses every connection of three seconds.
func restart(next http.RoundTripper) http.RoundTripper {
	return &between{next: next, began: time.Now(), from: 15 * time.Second, to: 18 * time.Second, do: func(time.Duration) error {
		return syscall.ECONNREFUSED
	}}
}

// slowStore takes longer over a sample, for a while, than samples take to come: in
// virtual time, too.
func slowStore(next results.Sink) results.Sink { return &slowSink{next: next, began: time.Now()} }

type slowSink struct {
	next  results.Sink
	began time.Time
}

func (s *slowSink) Put(sample results.Sample) error {
	if now := time.Since(s.began); now > 10*time.Second && now < 20*time.Second {
		time.Sleep(50 * time.Millisecond)
	}
	return s.next.Put(sample)
}
