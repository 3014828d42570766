package results_test

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// writeMillion stores a run of two arms and three operations with Poisson
// arrivals, the worst case for the store: no due time can be foretold.
func writeMillion(tb testing.TB, dir string) {
	tb.Helper()
	run := results.Run{
		Scenario: "million", Seed: 1, Rate: 2000, Arrival: "poisson", Duration: million * 500 * time.Microsecond, Blocks: 30, End: results.EndComplete,
		Arms: []results.Arm{{Name: "anchored", AskedRate: 1000}, {Name: "unanchored", AskedRate: 1000}},
	}
	w, err := results.Create(dir, run)
	require.NoError(tb, err)
	gen := rand.New(rand.NewPCG(1, 1))
	ops := []string{"GetFolder", "FindItem", "GetItem", "GetItem"}
	due := time.Duration(0)
	for slot := range uint64(million) {
		due += time.Duration(gen.ExpFloat64() * float64(500*time.Microsecond))
		call := slot / 2
		s := results.Sample{
			Arm: run.Arms[slot%2].Name, Block: min(int(due*30/run.Duration), 29), Seq: slot, Call: call, Op: ops[call%4],
			Status: 200, Due: due, Class: results.ClassOK, Code: results.CodeOK, In: 2000 + gen.Int64N(40_000), Out: 1200 + gen.Int64N(50),
		}
		s.Start = due + time.Duration(gen.ExpFloat64()*float64(80*time.Microsecond))
		s.End = s.Start + time.Duration(float64(25*time.Millisecond)*math.Exp(0.5*gen.NormFloat64()))
		if gen.IntN(50) == 0 {
			s.Class, s.Code, s.Status = results.ClassError, "http_503", 503
		}
		if err := w.Put(s); err != nil {
			tb.Fatal(err)
		}
	}
	require.NoError(tb, w.Finish(run))
}

// TestMillionSamples holds the two promises about size: at most 24 bytes a
// sample on disk, and less than 150 MiB in the whole process, the run and its
// analysis together. It is not parallel, so that no other test adds to it.
func TestMillionSamples(t *testing.T) {
	dir := t.TempDir()
	writeMillion(t, dir)
	info, err := os.Stat(filepath.Join(dir, "samples.ewsb"))
	require.NoError(t, err)
	perSample := float64(info.Size()) / million
	assert.LessOrEqual(t, perSample, 24.0, "bytes a sample")

	r, err := results.Open(dir)
	require.NoError(t, err)
	a, err := results.Summarize(r)
	require.NoError(t, err)
	assert.InDelta(t, million, a.Summary.Arms[0].Samples+a.Summary.Arms[1].Samples, 0)
	assert.Equal(t, results.VerdictPass, a.Summary.Verdict, a.Summary.Reason)

	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	assert.Less(t, float64(mem.Sys)/(1<<20), 150.0, "MiB that the process ever had")
	t.Logf("%.1f bytes a sample on disk, %.0f MiB from the system at the peak", perSample, float64(mem.Sys)/(1<<20))
	runtime.KeepAlive(a)
}
