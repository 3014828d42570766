package runner

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
)

// canned is a transport that costs nothing: always the same answer.
type canned struct {
	response http.Response
	body     []byte
}

func newCanned(body []byte) *canned {
	return &canned{
		body: body,
		response: http.Response{
			StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {ews.ContentType}},
			ContentLength: int64(len(body)),
		},
	}
}

// RoundTrip may be used by one goroutine at a time.
func (c *canned) RoundTrip(*http.Request) (*http.Response, error) {
	c.response.Body = &cannedBody{rest: c.body}
	return &c.response, nil
}

type cannedBody struct{ rest []byte }

func (b *cannedBody) Read(p []byte) (int, error) {
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	if len(b.rest) == 0 {
		return n, io.EOF
	}
	return n, nil
}

func (b *cannedBody) Close() error { return nil }

// observing is an observer on a transport that costs nothing, and the hits for it.
func observing(t testing.TB) (*observer, func(slot uint64) *http.Request) {
	t.Helper()
	e, err := Experiment{
		Plan: plan(t), Arms: pair(newCanned(folderAnswer())), Schedule: Constant(1e6), Duration: time.Hour,
	}.Normalized()
	require.NoError(t, err)
	ctx, fail := context.WithCancelCause(t.Context())
	o, err := newObserver(ctx, e, clock{time.Now()}, newQueue(new(samples), nil, fail, clock{time.Now()}))
	require.NoError(t, err)
	hit, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://slot", nil)
	require.NoError(t, err)
	value := []string{""}
	hit.Header[seqHeader] = value
	return o, func(slot uint64) *http.Request {
		value[0] = strconv.FormatUint(slot, 10)
		return hit
	}
}

func attend(t testing.TB, o *observer, hit *http.Request) {
	t.Helper()
	response, err := o.RoundTrip(hit)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
}

// What the observer itself costs, between vegeta's client and the transport, is
// bounded: it is what the load generator adds to each request.
func TestAllocationsOfARequest(t *testing.T) { //nolint:paralleltest // counts the allocations of the process
	const budget = 14
	o, hit := observing(t)
	o.queue.pending = make([]results.Sample, 0, 4096)
	slot := uint64(0)
	allocations := testing.AllocsPerRun(1000, func() {
		attend(t, o, hit(slot))
		slot++
	})
	t.Logf("%.0f allocations", allocations)
	assert.LessOrEqual(t, allocations, float64(budget))
	require.Len(t, o.queue.pending, 1001)
	assert.Equal(t, "ok", o.queue.pending[1000].Code)
}

func BenchmarkObserver(b *testing.B) {
	o, hit := observing(b)
	b.ReportAllocs()
	for slot := uint64(0); b.Loop(); slot++ {
		attend(b, o, hit(slot))
		if len(o.queue.pending) > 4096 {
			o.queue.pending = o.queue.pending[:0]
		}
	}
}

func TestAHitWithoutANumberIsRefused(t *testing.T) {
	t.Parallel()
	o, _ := observing(t)
	for _, header := range []http.Header{{}, {seqHeader: {"x"}}, {seqHeader: {"1", "2"}}} {
		_, err := o.RoundTrip(&http.Request{Header: header})
		assert.Error(t, err)
	}
}
