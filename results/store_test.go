package results

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sampleAt makes the nth sample of a run with every field in use.
func sampleAt(n uint64) Sample {
	gen := rand.New(rand.NewPCG(7, n))
	due := time.Duration(n) * 8333333
	s := Sample{
		Arm: []string{"anchored", "unanchored"}[n%2], Block: int(n / 100), Seq: n, Call: n / 2, Op: "GetItem", Status: 200,
		Due: due, Start: due + time.Duration(gen.Int64N(1e6)), Class: ClassOK, Code: CodeOK, In: gen.Int64N(1e5), Out: 1200,
	}
	s.End = s.Start + time.Duration(gen.Int64N(1e8))
	switch n % 10 {
	case 3:
		s.Phase, s.Block = PhaseWarmup, WarmupBlock
	case 5:
		s.Late = true
	case 7:
		s.Status, s.Class, s.Code = 0, ClassTimeout, CodeTimeout
	}
	return s
}

// oddSamples are those that no run should have, and that must be kept all the same.
func oddSamples() []Sample {
	return []Sample{
		{},
		{Arm: strings.Repeat("long", 1000), Op: "ä\x00\xff", Code: "", Class: "later class", Status: -1},
		{Seq: math.MaxUint64, Call: math.MaxUint64, Block: math.MaxInt32, Due: math.MaxInt64, Start: math.MinInt64, End: -1},
		{Seq: 5, Due: 10, Start: 5, End: 1, In: -1, Out: math.MaxInt64},
		{Seq: 5, Due: 10, Start: 5, End: 1, In: -1, Out: math.MinInt64},
	}
}

func collect(t *testing.T, r *Reader) []Sample {
	t.Helper()
	var out []Sample
	for s, err := range r.Samples() {
		require.NoError(t, err)
		out = append(out, s)
	}
	return out
}

func put(t *testing.T, w *Writer, samples ...Sample) {
	t.Helper()
	for _, s := range samples {
		require.NoError(t, w.Put(s))
	}
}

func someSamples(n uint64) []Sample {
	out := make([]Sample, n)
	for i := range out {
		out[i] = sampleAt(uint64(i))
	}
	return out
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	samples := append(someSamples(3000), oddSamples()...)
	dir := filepath.Join(t.TempDir(), "deep", "run")
	started := time.Date(2026, 11, 1, 3, 0, 0, 5, time.UTC)
	limit := 0.5
	run := Run{
		Versions: Versions{Ewsbench: "v0", Commit: "c", Go: "go1.26", Vegeta: "v12"}, Scenario: "s", Title: "t", ScenarioDigest: "d",
		PlanDigest: "p", Seed: math.MaxUint64, Primary: MetricLatencyP95, Rate: 120, Arrival: "constant", Duration: 30 * time.Second,
		Warmup: 1500 * time.Millisecond, Timeout: time.Minute, Blocks: 30, Assign: "request", Mailboxes: 9, MaxWorkers: 4,
		Arms:  []Arm{{Name: "a", Anchor: "correct", Affinity: true, Target: "u", AskedRate: 60, Connections: Connections{1, 2}}},
		Gates: []Gate{{Metric: "m", Arm: "a", Op: "o", Of: OfRatio, Outcome: "c", Status: 503, Min: &limit, Max: &limit, Margin: 0.1, Floor: 2}},
		AA:    5 * time.Second, Washout: 500 * time.Millisecond, Shard: Shard{1, 3}, Cores: 2, Host: Host{"linux", "amd64", 2},
		Queue:   Queue{HighWater: 7, Behind: []Span{{time.Second, 1500 * time.Millisecond}}},
		Started: started, Warnings: []string{"w"},
	}
	w, err := Create(dir, run)
	require.NoError(t, err)
	put(t, w, samples...)
	run.End, run.Reason, run.Ended = EndInterrupted, "Ctrl-C", started.Add(time.Minute)
	require.NoError(t, w.Finish(run))

	r, err := Open(dir)
	require.NoError(t, err)
	run.Schema = Schema
	assert.Equal(t, run, r.Run())
	assert.Equal(t, samples, collect(t, r))
	assert.Equal(t, samples, collect(t, r), "a second time")
	assert.Equal(t, []string{"w", "the run ended early: interrupted: Ctrl-C"}, r.Warnings())
	require.ErrorIs(t, w.Put(samples[0]), errClosed)
	require.ErrorIs(t, w.Finish(run), errClosed)
}

// TestFlushEverySecond is what kill -9 may cost: what was put a second ago is in
// the file, without another call and whatever the rate.
func TestFlushEverySecond(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w, err := Create(dir, Run{})
		require.NoError(t, err)
		stored := func() int {
			synctest.Wait()
			r, err := Open(dir)
			require.NoError(t, err)
			return len(collect(t, r))
		}
		assert.Zero(t, stored(), "run.json and the store are there from the start")
		put(t, w, sampleAt(0))
		time.Sleep(flushInterval / 2)
		put(t, w, sampleAt(1))
		assert.Zero(t, stored())
		time.Sleep(flushInterval / 2)
		assert.Equal(t, 2, stored(), "a second after the first of them")
		time.Sleep(time.Hour)
		put(t, w, sampleAt(2))
		time.Sleep(flushInterval)
		assert.Equal(t, 3, stored())
		put(t, w, someSamples(frameSamples)...)
		assert.Equal(t, 3+frameSamples, stored(), "a full frame does not wait")
		put(t, w, sampleAt(3))
		require.NoError(t, w.Flush())
		assert.Equal(t, 4+frameSamples, stored())
		require.NoError(t, w.Finish(Run{End: EndComplete}))
	})
}

// TestCutOffAnywhere cuts a store at every byte: what is read is always a whole
// number of frames from the start.
func TestCutOffAnywhere(t *testing.T) {
	t.Parallel()
	store := []byte(storeMagic)
	ends := []int{len(store)}
	e := newEncoder()
	samples := someSamples(30)
	for i := 0; i < 30; i += 10 {
		store = append(store, e.encode(samples[i:i+10])...)
		ends = append(ends, len(store))
	}
	for cut := range len(store) + 1 {
		var got []Sample
		warning, err := readSamples(bytes.NewReader(store[:cut]), func(s Sample) bool {
			got = append(got, s)
			return true
		})
		require.NoError(t, err)
		whole := 0
		for whole < 3 && ends[whole+1] <= cut {
			whole++
		}
		require.Len(t, got, 10*whole, "cut at %d", cut)
		if whole > 0 {
			require.Equal(t, samples[:10*whole], got)
		}
		if cut >= ends[0] && cut == ends[whole] {
			assert.Empty(t, warning)
		} else {
			assert.Contains(t, warning, "ends in the middle of a frame")
		}
	}
}

// TestDamage flips every byte of a store: nothing wrong is ever read.
func TestDamage(t *testing.T) {
	t.Parallel()
	samples := someSamples(20)
	e := newEncoder()
	store := append([]byte(storeMagic), e.encode(samples[:10])...)
	store = append(store, e.encode(samples[10:])...)
	for i := range store {
		damaged := bytes.Clone(store)
		damaged[i] ^= 0x41
		n := 0
		warning, err := readSamples(bytes.NewReader(damaged), func(s Sample) bool {
			require.Equal(t, samples[n], s)
			n++
			return true
		})
		require.NoError(t, err)
		require.NotEmpty(t, warning, "byte %d", i)
		require.Less(t, n, 20)
	}
}

// fullDisk takes so many bytes and no more.
type fullDisk struct {
	file *os.File
	room int
}

func (d *fullDisk) Write(p []byte) (int, error) {
	if len(p) <= d.room {
		d.room -= len(p)
		return d.file.Write(p)
	}
	n, err := d.file.Write(p[:d.room])
	d.room = 0
	return n, errors.Join(err, syscall.ENOSPC)
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, err := Create(dir, Run{})
	require.NoError(t, err)
	w.out = &fullDisk{w.file, 60_000}
	var failed error
	put := 0
	for failed == nil && put < 100_000 {
		failed = w.Put(sampleAt(uint64(put)))
		put++
	}
	require.ErrorIs(t, failed, syscall.ENOSPC)
	assert.ErrorContains(t, failed, "store samples (3072 are kept)")
	require.ErrorIs(t, w.Put(sampleAt(0)), syscall.ENOSPC, "sticky")
	require.ErrorIs(t, w.Flush(), syscall.ENOSPC)
	err = w.Finish(Run{End: EndComplete})
	require.ErrorIs(t, err, syscall.ENOSPC)
	assert.NotContains(t, err.Error(), "\n", "one line")

	r, err := Open(dir)
	require.NoError(t, err)
	assert.Equal(t, EndFailed, r.Run().End, "a run that lost samples is not complete")
	assert.Contains(t, r.Run().Reason, "no space left")
	assert.Equal(t, someSamples(3*frameSamples), collect(t, r))
	assert.Len(t, r.Warnings(), 1, "half a frame was taken back")
}

// TestDevFull meets the error as Linux gives it.
func TestDevFull(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full on this system")
	}
	defer full.Close()
	w, err := Create(t.TempDir(), Run{})
	require.NoError(t, err)
	w.out = full
	put(t, w, sampleAt(0))
	require.ErrorIs(t, w.Flush(), syscall.ENOSPC)
	require.ErrorIs(t, w.Finish(Run{End: EndComplete}), syscall.ENOSPC)
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	used := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(used, "notes.txt"), nil, 0o600))
	_, err := Create(used, Run{})
	require.ErrorIs(t, err, ErrNotEmpty)
	assert.ErrorContains(t, err, used)
	_, err = Create(filepath.Join(used, "notes.txt", "run"), Run{})
	require.Error(t, err, "a file is in the way")
	_, err = Create(filepath.Join(used, "notes.txt"), Run{})
	require.Error(t, err)
	entries, err := os.ReadDir(used)
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing was touched")
}

func TestDiscard(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	made := filepath.Join(parent, "made")
	w, err := Create(made, Run{})
	require.NoError(t, err)
	put(t, w, sampleAt(0))
	require.NoError(t, w.Discard())
	assert.NoDirExists(t, made)
	require.ErrorIs(t, w.Flush(), errClosed)

	w, err = Create(parent, Run{})
	require.NoError(t, err)
	require.NoError(t, w.Discard())
	assert.DirExists(t, parent, "it was there before")
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	write := func(name, text string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			t.Helper()
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
		}
	}
	tests := []struct {
		name  string
		spoil func(*testing.T, string)
		want  string
	}{
		{"garbage for run.json", write(runFile, "{"), "unexpected end"},
		{"a later schema", write(runFile, `{"schema":2}`), "has schema 2, this version reads 1"},
		{"another file's JSON", write(runFile, `{}`), "has schema 0"},
		{"a wrong type", write(runFile, `{"schema":1,"duration":"soon"}`), "duration"},
		{"another store", write(samplesFile, "PK\x03\x04 a zip file"), "no sample store"},
		{"no store", func(t *testing.T, dir string) {
			t.Helper()
			require.NoError(t, os.Remove(filepath.Join(dir, samplesFile)))
		}, samplesFile},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			w, err := Create(dir, Run{})
			require.NoError(t, err)
			require.NoError(t, w.Finish(Run{End: EndComplete}))
			tt.spoil(t, dir)
			_, err = Open(dir)
			require.ErrorIs(t, err, ErrNotARun)
			assert.ErrorContains(t, err, tt.want)
		})
	}
	_, err := Open(t.TempDir())
	require.ErrorIs(t, err, ErrNotARun)
	_, err = Open(filepath.Join(t.TempDir(), "nowhere"))
	require.ErrorIs(t, err, ErrNotARun)
}

// TestKilledAtOnce opens what is left when a run is killed as early as can be.
func TestKilledAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, err := Create(dir, Run{Scenario: "s"})
	require.NoError(t, err)
	require.NoError(t, w.file.Truncate(3))
	require.NoError(t, w.file.Close())
	r, err := Open(dir)
	require.NoError(t, err)
	assert.Empty(t, collect(t, r))
	assert.Len(t, r.Warnings(), 2)
	a, err := Summarize(r)
	require.NoError(t, err)
	assert.Equal(t, VerdictInvalid, a.Summary.Verdict, "nothing measured is never a pass")
}

// TestStopReading leaves the stream in the middle.
func TestStopReading(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, err := Create(dir, Run{})
	require.NoError(t, err)
	put(t, w, someSamples(100)...)
	require.NoError(t, w.Finish(Run{End: EndComplete}))
	r, err := Open(dir)
	require.NoError(t, err)
	n := 0
	for _, err := range r.Samples() {
		require.NoError(t, err)
		if n++; n == 5 {
			break
		}
	}
	assert.Equal(t, 5, n)
	assert.Empty(t, r.Warnings())

	require.NoError(t, os.Remove(filepath.Join(dir, samplesFile)))
	for _, err := range r.Samples() {
		require.ErrorIs(t, err, os.ErrNotExist, "a file that went away is an error")
	}
	_, err = Summarize(r)
	require.ErrorIs(t, err, os.ErrNotExist)
}

// TestPutAllocations is the budget of the path that runs beside the load.
func TestPutAllocations(t *testing.T) {
	w, err := Create(t.TempDir(), Run{})
	require.NoError(t, err)
	samples := someSamples(4 * frameSamples)
	put(t, w, samples...)
	i := 0
	perPut := testing.AllocsPerRun(3*frameSamples, func() {
		_ = w.Put(samples[i%len(samples)])
		i++
	})
	assert.Zero(t, perPut, "a timer for each frame is all there is")
	require.NoError(t, w.Finish(Run{End: EndComplete}))
}

func BenchmarkPut(b *testing.B) {
	w, err := Create(b.TempDir(), Run{})
	require.NoError(b, err)
	samples := someSamples(4 * frameSamples)
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Put(samples[i%len(samples)])
		i++
	}
	require.NoError(b, w.Finish(Run{End: EndComplete}))
}

// FuzzReadSamples reads anything, and reads again what it has read.
func FuzzReadSamples(f *testing.F) {
	e := newEncoder()
	store := append([]byte(storeMagic), e.encode(someSamples(20))...)
	f.Add(store)
	f.Add(append(store, e.encode(oddSamples())...))
	f.Add(store[:len(store)-5])
	f.Add([]byte(storeMagic))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var samples []Sample
		if _, err := readSamples(bytes.NewReader(data), func(s Sample) bool {
			samples = append(samples, s)
			return true
		}); err != nil {
			t.Fatalf("reading from memory cannot fail: %v", err)
		}
		var again []Sample
		if len(samples) > 0 {
			store := append([]byte(storeMagic), newEncoder().encode(samples)...)
			_, err := readSamples(bytes.NewReader(store), func(s Sample) bool {
				again = append(again, s)
				return true
			})
			require.NoError(t, err)
		}
		require.Equal(t, samples, again)
	})
}

// FuzzDecode reads payloads past their checksum.
func FuzzDecode(f *testing.F) {
	f.Add(bytes.Clone(newEncoder().encode(someSamples(5))[frameHeader:]))
	f.Add(bytes.Clone(newEncoder().encode(oddSamples())[frameHeader:]))
	f.Fuzz(func(t *testing.T, payload []byte) {
		var d decoder
		n := 0
		err := d.decode(payload, func(Sample) bool {
			n++
			return true
		})
		assert.LessOrEqual(t, n, len(payload), "every sample takes bytes")
		if err != nil {
			assert.ErrorIs(t, err, errDamaged)
		}
	})
}
