package mockews_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/answers"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// BenchmarkAgainstBareHandler prints, as the median of nine interleaved pairs, the requests/s of the mock with profile
// ideal over those of a bare handler that reads the request and writes the same bytes. Client and servers share a process.
func BenchmarkAgainstBareHandler(b *testing.B) {
	const pairs, slice = 9, 400 * time.Millisecond
	topology, err := mockews.Profile("ideal")
	require.NoError(b, err)
	mock, err := mockews.New(topology)
	require.NoError(b, err)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	mockURL := listen(b, mock)
	for _, body := range sampleBodies(b, client, mockURL) {
		b.Run(string(body.Op()), func(b *testing.B) {
			request := envelope(body)
			answer := exchange(b, client, mockURL, request)
			bareURL := listen(b, bare(answer))
			drive(b, client, mockURL, request, slice)
			drive(b, client, bareURL, request, slice)
			for b.Loop() {
				var ratios, rates []float64
				for range pairs {
					with := drive(b, client, mockURL, request, slice)
					without := drive(b, client, bareURL, request, slice)
					ratios, rates = append(ratios, with/without), append(rates, with)
				}
				b.ReportMetric(median(ratios), "ratio")
				b.ReportMetric(median(rates), "requests/s")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// bare reads the request and writes the answer.
func bare(answer []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return
		}
		w.Header().Set("Content-Type", ews.ContentType)
		_, _ = w.Write(answer)
	})
}

func sampleBodies(tb testing.TB, client *http.Client, url string) []ews.Body {
	inbox := ews.FolderID{Distinguished: "inbox"}
	page := exchange(tb, client, url, envelope(ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(1)}}))
	return []ews.Body{
		ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{inbox}},
		ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeDefault}, Items: ews.Refs(ews.ItemIDs(page, 1))},
	}
}

func envelope(body ews.Body) []byte {
	r := ews.Request{Impersonate: ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: target}, Body: body}
	return r.Append(nil)
}

const target = "user000042@contoso.com"

func listen(tb testing.TB, h http.Handler) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(tb, err)
	server := &http.Server{Handler: h}
	go func() { _ = server.Serve(listener) }()
	tb.Cleanup(func() { _ = server.Close() })
	return "http://" + listener.Addr().String() + mockews.Path
}

// drive sends the request over and over on eight connections, and is the rate of answers per second.
func drive(tb testing.TB, client *http.Client, url string, body []byte, span time.Duration) float64 {
	ctx, cancel := context.WithTimeout(tb.Context(), span)
	defer cancel()
	var done sync.WaitGroup
	counts := make([]int, 8)
	begin := time.Now()
	for i := range counts {
		done.Go(func() {
			for ctx.Err() == nil {
				exchange(tb, client, url, body)
				counts[i]++
			}
		})
	}
	done.Wait()
	total := 0
	for _, n := range counts {
		total += n
	}
	return float64(total) / time.Since(begin).Seconds()
}

// newRequest is a request of the service account, with the right anchor.
func newRequest(url string, body []byte) (*http.Request, error) {
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = http.Header{
		"Content-Type": {ews.ContentType}, "Authorization": {"Basic c3ZjLWJlbmNoQGNvbnRvc28uY29tOmV3c2JlbmNo"},
		"X-Anchormailbox": {target}, "Client-Request-Id": {"0b1c2d3e-4f50-4162-8374-8596a7b8c9d0"}, "User-Agent": {"bench"},
	}
	return r, nil
}

func exchange(tb testing.TB, client *http.Client, url string, body []byte) []byte {
	r, err := newRequest(url, body)
	if err != nil {
		tb.Error(err)
		return nil
	}
	answer, err := client.Do(r)
	if err != nil {
		tb.Error(err)
		return nil
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		tb.Errorf("status %d, error %v: %s", answer.StatusCode, err, data)
	}
	return data
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}

// sink is a response writer that keeps nothing.
type sink struct{ header http.Header }

func (s sink) Header() http.Header         { return s.header }
func (s sink) Write(p []byte) (int, error) { return len(p), nil }
func (s sink) WriteHeader(int)             {}

// serving returns a function that has the handler answer a request, without any network.
func serving(tb testing.TB, body func(*http.Client, string) ews.Body) func() {
	topology, err := mockews.Profile("ideal")
	require.NoError(tb, err)
	mock, err := mockews.New(topology)
	require.NoError(tb, err)
	request := envelope(body(&http.Client{Transport: mock.Transport()}, endpoint))
	r, err := newRequest(endpoint, request)
	require.NoError(tb, err)
	reader := bytes.NewReader(request)
	r.Body = io.NopCloser(reader)
	w := sink{header: http.Header{}}
	return func() {
		reader.Reset(request)
		clear(w.header)
		mock.ServeHTTP(w, r)
	}
}

func oneFolder(*http.Client, string) ews.Body { return getInbox() }

func oneItem(client *http.Client, url string) ews.Body {
	return sampleBodies(new(testing.B), client, url)[1]
}

func BenchmarkServe(b *testing.B) {
	for name, body := range map[string]func(*http.Client, string) ews.Body{"GetFolder": oneFolder, "GetItem": oneItem} {
		b.Run(name, func(b *testing.B) {
			serve := serving(b, body)
			b.ReportAllocs()
			for b.Loop() {
				serve()
			}
		})
	}
}

// What a request costs beyond net/http is bounded, since the mock must not be the bottleneck of what it is measured with.
func TestServeAllocations(t *testing.T) {
	if raced || answers.Kept {
		t.Skip("keeping answers allocates, and under the race detector a sync.Pool forgets a part of what it is given: make budget counts without it")
	}
	assert.LessOrEqual(t, testing.AllocsPerRun(100, serving(t, oneFolder)), 14.0, "GetFolder")
	assert.LessOrEqual(t, testing.AllocsPerRun(100, serving(t, oneItem)), 66.0, "GetItem of a message that answers to another one")
}

// BenchmarkSimulatedDelay prints by how much a simulated 20 ms, measured over loopback, differs from a bare handler that
// sleeps 20 ms: the difference of the medians of requests that are sent in turn.
func BenchmarkSimulatedDelay(b *testing.B) {
	const delay, pairs = 20 * time.Millisecond, 100
	mock, err := mockews.New(route.Topology{Service: route.Service{Default: route.Lognormal{Median: delay}}})
	require.NoError(b, err)
	client := &http.Client{Transport: &http.Transport{}}
	mockURL := listen(b, mock)
	request := envelope(getInbox())
	answer := exchange(b, client, mockURL, request)
	bareURL := listen(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(delay)
		bare(answer).ServeHTTP(w, r)
	}))
	took := func(url string) float64 {
		begin := time.Now()
		exchange(b, client, url, request)
		return time.Since(begin).Seconds() * 1000
	}
	took(bareURL)
	for b.Loop() {
		var simulated, slept []float64
		for range pairs {
			simulated, slept = append(simulated, took(mockURL)), append(slept, took(bareURL))
		}
		b.ReportMetric(median(simulated)-median(slept), "ms-difference")
		b.ReportMetric(median(slept), "ms-bare")
	}
	b.ReportMetric(0, "ns/op")
}
