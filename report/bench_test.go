package report

import (
	"io"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// manySamples repeats the plain samples of the examples.
func manySamples(n int) iter.Seq2[results.Sample, error] {
	return func(yield func(results.Sample, error) bool) {
		for left := n; left > 0; {
			for s, err := range samples() {
				if left--; left < 0 || !yield(s, err) {
					return
				}
			}
		}
	}
}

// TestStreamingAllocations keeps the two streams cheap enough for a run of a
// million samples.
func TestStreamingAllocations(t *testing.T) {
	const n = 3000
	for _, format := range []struct {
		name   string
		write  func(io.Writer, iter.Seq2[results.Sample, error]) error
		budget float64 // allocations a sample
	}{{"csv", CSV, 12}, {"jsonl", JSONL, 8}} {
		perRun := testing.AllocsPerRun(3, func() {
			require.NoError(t, format.write(io.Discard, manySamples(n)))
		})
		assert.LessOrEqual(t, perRun/n, format.budget, format.name)
	}
}

func BenchmarkCSV(b *testing.B) {
	b.ReportAllocs()
	require.NoError(b, CSV(io.Discard, manySamples(b.N)))
}

func BenchmarkJSONL(b *testing.B) {
	b.ReportAllocs()
	require.NoError(b, JSONL(io.Discard, manySamples(b.N)))
}

func BenchmarkWriteAll(b *testing.B) {
	a, dir := example(), b.TempDir()
	for b.Loop() {
		require.NoError(b, WriteAll(dir, a))
	}
}
