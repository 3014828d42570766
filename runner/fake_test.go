package runner

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

const fakeURL = "http://mail.example.org/EWS/Exchange.asmx"

// plan is a plan of calls that need no earlier answer.
func plan(t testing.TB, ops ...ews.Op) *scenarios.Plan {
	t.Helper()
	if len(ops) == 0 {
		ops = []ews.Op{ews.OpGetFolder}
	}
	return planOf(t, scenarios.Scenario{Mailboxes: 100}, ops...)
}

func planOf(t testing.TB, s scenarios.Scenario, ops ...ews.Op) *scenarios.Plan {
	t.Helper()
	s.Schema, s.Name = 1, "test"
	s.Rate, s.Duration = scenarios.Rate{PerSecond: 10}, time.Second
	for _, op := range ops {
		s.Steps = append(s.Steps, scenarios.Step{Op: op, Weight: 1})
	}
	s.Arms = []scenarios.Arm{{Name: "anchored", Anchor: scenarios.AnchorCorrect}}
	p, err := s.Plan(1, scenarios.Users(s.Mailboxes, "contoso.com"))
	require.NoError(t, err)
	return p
}

// seen is what a fake target saw of a request.
type seen struct {
	header http.Header
	body   string
	at     time.Time
}

// fake is a target in the process. It waits on the clock of its bubble and gives
// up with the request's context.
type fake struct {
	takes  func(n int) time.Duration                   // time for the nth request; nil: none
	answer func(n int, r *http.Request) *http.Response // nil: a folder
	fails  func(n int) error                           // nil: never

	mu   sync.Mutex
	seen []seen
}

func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	n := len(f.seen)
	f.seen = append(f.seen, seen{r.Header.Clone(), string(body), time.Now()})
	f.mu.Unlock()
	if f.takes != nil {
		select {
		case <-r.Context().Done():
			return nil, context.Cause(r.Context())
		case <-time.After(f.takes(n)):
		}
	}
	if f.fails != nil {
		if err := f.fails(n); err != nil {
			return nil, err
		}
	}
	if f.answer == nil {
		return soap(http.StatusOK, folderAnswer()), nil
	}
	return f.answer(n, r), nil
}

func (f *fake) requests() []seen {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen
}

// always is a time for every request.
func always(d time.Duration) func(int) time.Duration { return func(int) time.Duration { return d } }

func soap(status int, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {ews.ContentType}},
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}
}

var serverVersion = ews.ServerVersion{Major: 15, Minor: 2, MajorBuild: 1544, MinorBuild: 4}

func folderAnswer() []byte {
	id := ews.FolderID{ID: "AAMkAGFuLWlk", ChangeKey: "AQAAABYAAAA"}
	inbox := ews.Object{Kind: ews.KindFolder}
	inbox.Set(ews.Path{URI: "folder:FolderId"}, id)
	inbox.Set(ews.Path{URI: "folder:DisplayName"}, "Inbox")
	return ews.AppendResponse(nil, serverVersion, ews.GetFolderResponse{Messages: []ews.FoldersMessage{{Folders: []ews.Object{inbox}}}})
}

// busy is the fault of a server that asks for quiet.
func busy(quiet time.Duration) *http.Response {
	fault := ews.NewFault(ews.ErrorServerBusy)
	fault.BackOff = quiet
	return soap(http.StatusInternalServerError, fault.Append(nil))
}

// samples is a sink in memory.
type samples struct {
	takes time.Duration // time for each sample
	fails func(n int) error
	kept  []results.Sample
}

func (s *samples) Put(sample results.Sample) error {
	if s.takes > 0 {
		time.Sleep(s.takes)
	}
	if s.fails != nil {
		if err := s.fails(len(s.kept)); err != nil {
			return err
		}
	}
	s.kept = append(s.kept, sample)
	return nil
}

// arm is an arm with the default target.
func arm(name string, anchor scenarios.Anchor, target http.RoundTripper) Arm {
	return Arm{Name: name, Anchor: anchor, Target: Target{URL: fakeURL, Transport: target}}
}

// pair is the anchored and the unanchored arm on one target.
func pair(target http.RoundTripper) []Arm {
	return []Arm{
		arm("anchored", scenarios.AnchorCorrect, target),
		arm("unanchored", scenarios.AnchorMissing, target),
	}
}

// run runs an experiment to its end and returns what was sampled.
func run(t *testing.T, e Experiment) ([]results.Sample, Stats) {
	t.Helper()
	sink := new(samples)
	stats, err := Run(t.Context(), e, sink)
	require.NoError(t, err)
	require.False(t, stats.Interrupted)
	return sink.kept, stats
}
