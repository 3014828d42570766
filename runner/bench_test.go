package runner

import (
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

const (
	benchWorkers = 32
	benchPairs   = 9
	benchTime    = 400 * time.Millisecond // of each half of a pair
)

// BenchmarkAgainstBareVegeta measures how many requests/s a run as fast as
// possible, its store included, keeps of what vegeta alone does with the same
// client, target, workers and timeout. The two take turns; ratio is the median of
// nine pairs.
func BenchmarkAgainstBareVegeta(b *testing.B) {
	scenario, err := scenarios.Load("anchor-penalty")
	require.NoError(b, err)
	p, err := scenario.Plan(1, scenarios.Users(1000, "contoso.com"))
	require.NoError(b, err)
	server := serve(b, items())
	transport := NewTransport(nil)
	b.Cleanup(transport.CloseIdleConnections)
	ours := func() float64 { return oursPerSecond(b, p, server.URL, transport) }
	bare := func() float64 { return barePerSecond(b, p, server.URL, transport) }
	ours()
	bare()
	for b.Loop() {
		var ratios, mine, theirs []float64
		for i := range benchPairs {
			var a, z float64
			if i%2 == 0 {
				a, z = ours(), bare()
			} else {
				z, a = bare(), ours()
			}
			ratios, mine, theirs = append(ratios, a/z), append(mine, a), append(theirs, z)
		}
		b.ReportMetric(median(ratios), "ratio")
		b.ReportMetric(median(mine), "ewsbench-req/s")
		b.ReportMetric(median(theirs), "vegeta-req/s")
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// items answers every request with some items, in about 2 kB.
func items() http.HandlerFunc {
	found := make([]ews.Object, 4)
	for i := range found {
		found[i].Kind = ews.KindMessage
		found[i].Set(ews.Path{URI: "item:ItemId"}, ews.ItemID{
			ID: "AAMkAGFuLWlkLW9mLWFuLWl0ZW0tYXMtbG9uZy1hcy1vbmUtb2YtYS1zZXJ2ZXItaXM" + string(rune('A'+i)), ChangeKey: "CQAAABYAAAA",
		})
		found[i].Set(ews.Path{URI: "item:Subject"}, "the subject of an item")
	}
	response := ews.FindItemResponse{Messages: []ews.FindItemMessage{ews.Found(found...)}}
	answer := ews.AppendResponse(nil, serverVersion, response)
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", ews.ContentType)
		_, _ = w.Write(answer)
	}
}

func oursPerSecond(b *testing.B, p *scenarios.Plan, url string, transport http.RoundTripper) float64 {
	b.Helper()
	arms := pair(nil)
	for i := range arms {
		arms[i].Target = Target{URL: url, Transport: transport}
	}
	e := Experiment{Plan: p, Arms: arms, Duration: benchTime, MaxWorkers: benchWorkers}
	store, err := results.Create(b.TempDir(), results.Run{Arms: []results.Arm{{Name: "anchored"}, {Name: "unanchored"}}})
	require.NoError(b, err)
	stats, err := Run(b.Context(), e, store)
	require.NoError(b, err)
	require.NoError(b, store.Finish(results.Run{}))
	return float64(stats.Arms[0].Sent+stats.Arms[1].Sent) / stats.Ended.Sub(stats.Started).Seconds()
}

func barePerSecond(b *testing.B, p *scenarios.Plan, url string, transport http.RoundTripper) float64 {
	b.Helper()
	message, _ := p.NewSession(1).Request(0, p.At(0))
	targeter := vegeta.NewStaticTargeter(vegeta.Target{
		Method: http.MethodPost, URL: url, Body: message.Append(nil), Header: http.Header{
			"Content-Type": {ews.ContentType}, "User-Agent": {"ewsbench"},
			keyRequestID: {string(p.AppendRequestID(nil, 0))}, keyReturnID: {"true"},
		},
	})
	attacker := vegeta.NewAttacker(
		vegeta.Client(&http.Client{Transport: transport, Timeout: DefaultTimeout}),
		vegeta.Workers(benchWorkers), vegeta.MaxWorkers(benchWorkers))
	start, n := time.Now(), 0
	for result := range attacker.Attack(targeter, vegeta.ConstantPacer{}, benchTime, "") {
		if result.Code == http.StatusOK {
			n++
		}
	}
	return float64(n) / time.Since(start).Seconds()
}
