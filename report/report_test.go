package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/golden"
	"github.com/ewsbench/ewsbench/results"
)

// formats are those that show an analysis, each as a plain function.
var formats = []struct {
	name  string
	write func(io.Writer, *results.Analysis) error
}{
	{"report.txt", func(w io.Writer, a *results.Analysis) error {
		return Text(w, a, TextOptions{Folder: "results/runs/20261103T093000Z-anchor-penalty"})
	}},
	{"report.md", Markdown},
	{"report.html", HTML},
	{"junit.xml", JUnit},
	{"summary.json", JSON},
}

func render(t *testing.T, write func(io.Writer, *results.Analysis) error, a *results.Analysis) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b, a))
	return b.String()
}

// pictures are left out of the golden page: their coordinates are gonum's.
var pictures = regexp.MustCompile(`(?s)<svg .*?</svg>`)

func TestGoldens(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			got := pictures.ReplaceAllString(render(t, f.write, example()), "<svg/>")
			golden.Check(t, f.name, []byte(got))
		})
	}
	t.Run("failed gate", func(t *testing.T) {
		t.Parallel()
		golden.Check(t, "failed-gate.xml", []byte(render(t, JUnit, failedGate())))
	})
	t.Run("invalid run", func(t *testing.T) {
		t.Parallel()
		golden.Check(t, "invalid.txt", []byte(render(t, formats[0].write, invalid())))
		golden.Check(t, "invalid.xml", []byte(render(t, JUnit, invalid())))
	})
}

func TestSameBytesEachTime(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		first := render(t, f.write, example("anchored", "unanchored", "wrong", "service-account"))
		repeats := 5
		if f.name == "report.html" {
			repeats = 1 // what the page draws is slow, and what it says is Markdown's
		}
		for range repeats {
			require.Equal(t, first, render(t, f.write, example("anchored", "unanchored", "wrong", "service-account")), f.name)
		}
	}
}

func failedGate() *results.Analysis {
	a := example()
	a.Summary.Verdict, a.Summary.ExitCode = results.VerdictFail, 3
	a.Summary.Gates = append(a.Summary.Gates,
		results.GateResult{Name: "latency_p50 of unanchored <= 30", Metric: "latency_p50", Arm: "unanchored", Op: "*", Observed: new(66.3), Limit: 30, Bound: "max"},
		results.GateResult{Name: "throughput of GetItem >= 5", Metric: "throughput", Op: "GetItem", Limit: 5, Bound: "min"})
	return a
}

func invalid() *results.Analysis {
	a := example()
	a.Summary.Valid, a.Summary.Verdict, a.Summary.ExitCode = false, results.VerdictInvalid, 4
	a.Summary.Reason = "the rate was not kept: unanchored started 41.2 of 60 requests/s"
	return a
}

// hostileText is what a scenario may call itself if it means harm.
const hostileText = "<script>alert(1)</script> | a\nb\r\n\"quoted\" 'single' & `code` *bold* ]]> \x00\x1b[31m =1+1 \xff"

// TestOutsideTextIsEscaped puts hostile text everywhere that a user can put text.
func TestOutsideTextIsEscaped(t *testing.T) {
	t.Parallel()
	a := hostile()
	for _, f := range formats {
		out := render(t, f.write, a)
		assert.True(t, utf8.ValidString(out), f.name)
		if f.name != "summary.json" { // JSON keeps the text as it is, in quotes
			assert.NotContains(t, out, "\x1b", f.name)
			assert.NotContains(t, out, "\x00", f.name)
		}
	}
	page := render(t, HTML, a)
	assert.NotContains(t, page, "<script")
	assert.Contains(t, page, "&lt;script&gt;")

	md := render(t, Markdown, a)
	assert.NotContains(t, md, "<script")
	for line := range strings.SplitSeq(md, "\n") {
		if strings.Contains(line, "alert") {
			assert.NotContains(t, line, " | a b", "a cell ends where the text says so")
		}
	}
	assertTableWidths(t, md)

	var suites junitSuites
	require.NoError(t, xml.Unmarshal([]byte(render(t, JUnit, a)), &suites))
	assert.Contains(t, suites.Suites[0].Name, "<script>alert(1)</script> | a b")

	for _, f := range figures(a) {
		svg, err := f.svg(false)
		require.NoError(t, err)
		assert.NotContains(t, string(svg), "<script", f.Name)
		assertWellFormed(t, svg)
	}
}

func hostile() *results.Analysis {
	a := example(hostileText, "other "+hostileText)
	a.Run.Scenario, a.Run.Title, a.Run.Reason = hostileText, hostileText, hostileText
	a.Run.ScenarioDigest, a.Run.Arrival, a.Run.Versions.Commit = hostileText, hostileText, hostileText
	a.Run.Arms[0].Target = "mock:" + hostileText
	a.Summary.Warnings = []string{hostileText}
	a.Summary.Gates[0].Name = hostileText
	for i := range a.Summary.Ops {
		a.Summary.Ops[i].Op = hostileText
	}
	for i := range a.Summary.Arms {
		a.Summary.Arms[i].Outcomes[hostileText] = 3
		a.Summary.Arms[i].HTTP[hostileText] = 3
		a.Summary.Arms[i].Anchor = hostileText
	}
	a.Summary.Comparisons[8].Op = hostileText
	return a
}

// assertTableWidths checks that each Markdown table row has as many cells as its heading.
func assertTableWidths(t *testing.T, md string) {
	t.Helper()
	want := 0
	for line := range strings.SplitSeq(md, "\n") {
		if !strings.HasPrefix(line, "|") {
			want = 0
			continue
		}
		cells := strings.Count(line, "|") - strings.Count(line, `\|`)
		if want == 0 {
			want = cells
		}
		assert.Equal(t, want, cells, line)
	}
}

func assertWellFormed(t *testing.T, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

func TestPageStandsAlone(t *testing.T) {
	t.Parallel()
	page := render(t, HTML, example())
	assert.Contains(t, page, `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`)
	assert.Contains(t, page, "prefers-color-scheme:dark")
	assert.Contains(t, page, "@media print")
	assert.Equal(t, 4, strings.Count(page, "<svg "))
	assert.Equal(t, 4, strings.Count(page, `role="img"`))
	assert.Equal(t, 4, strings.Count(page, "<details>"), "a table under each figure")
	for _, foreign := range []string{"<script", "<link", "<img", "src=", "@import", "url(", "<?xml"} {
		assert.NotContains(t, page, foreign)
	}
	without := strings.ReplaceAll(page, "http://www.w3.org/2000/svg", "")
	assert.NotContains(t, without, "http://")
	assert.NotContains(t, without, "https://")
	assert.Less(t, strings.Index(page, "takes 3.1 times as long"), strings.Index(page, "<svg"), "the verdict comes first")
}

func TestPageNamesAreUnique(t *testing.T) {
	t.Parallel()
	page := render(t, HTML, example())
	seen := map[string]bool{}
	for _, part := range strings.Split(page, ` id="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		assert.False(t, seen[id], "id %q twice", id)
		seen[id] = true
	}
	for _, part := range strings.Split(page, `aria-labelledby="`)[1:] {
		ids, _, _ := strings.Cut(part, `"`)
		for id := range strings.FieldsSeq(ids) {
			assert.True(t, seen[id], "nothing has the id %q", id)
		}
	}
}

func TestTextFitsTheTerminal(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a-very-long-name-", 8)
	analyses := map[string]*results.Analysis{
		"example": example(), "hostile": hostile(), "invalid": invalid(), "failed": failedGate(),
		"four":  example("anchored", "unanchored", "wrong", "service-account"),
		"long":  example(long+"1", long+"2", long+"3", long+"4"),
		"seven": example("1", "2", "3", "4", "5", "6", "7"),
	}
	analyses["long"].Summary.Comparisons[3].Op = long
	analyses["long"].Summary.Warnings = []string{long + long}
	for name, a := range analyses {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for line := range strings.SplitSeq(render(t, formats[0].write, a), "\n") {
				assert.LessOrEqual(t, utf8.RuneCountInString(line), textWidth, line)
			}
		})
	}
}

func TestMarkdownStaysUnderTheLimit(t *testing.T) {
	t.Parallel()
	a := example()
	long := strings.Repeat("GetItem|", 50)
	for range 3_000 {
		a.Summary.Ops = append(a.Summary.Ops, results.OpSummary{Arm: "anchored", Op: long})
	}
	md := render(t, Markdown, a)
	assert.Less(t, len(md), 1<<20)
	assert.Contains(t, md, "The rest was cut")
	assert.Contains(t, md, "takes 3.1 times as long")
	assertTableWidths(t, md)
}

func TestJUnitCounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                     string
		analysis                 *results.Analysis
		tests, failures, skipped int
	}{
		{"passed", example(), 2, 0, 0},
		{"two gates failed, one of them without samples", failedGate(), 4, 2, 0},
		{"invalid: no gate is judged", invalid(), 2, 1, 1},
		{"no gates", withoutGates(), 1, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var all junitSuites
			require.NoError(t, xml.Unmarshal([]byte(render(t, JUnit, tt.analysis)), &all))
			require.Len(t, all.Suites, 1)
			s := all.Suites[0]
			assert.Equal(t, []int{tt.tests, tt.failures, tt.skipped, 0}, []int{s.Tests, s.Failures, s.Skipped, s.Errors})
			assert.Equal(t, []int{tt.tests, tt.failures}, []int{all.Tests, all.Failures})
			assert.Len(t, s.Cases, tt.tests)
			for _, c := range s.Cases {
				if c.Failure != nil {
					assert.NotEmpty(t, c.Failure.Text)
					assert.NotEmpty(t, c.Failure.Message)
				}
			}
		})
	}
}

func withoutGates() *results.Analysis {
	a := example()
	a.Summary.Gates = nil
	return a
}

// shortDisk is a writer that takes so many bytes.
type shortDisk struct{ room int }

var errFull = errors.New("no space left")

func (d *shortDisk) Write(p []byte) (int, error) {
	if len(p) > d.room {
		return 0, errFull
	}
	d.room -= len(p)
	return len(p), nil
}

func TestWriteErrorsAreReturned(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		for _, room := range []int{0, 500} {
			assert.ErrorIs(t, f.write(&shortDisk{room: room}, example()), errFull, "%s with room for %d", f.name, room)
		}
	}
	assert.ErrorIs(t, CSV(&shortDisk{}, samples()), errFull)
	assert.ErrorIs(t, JSONL(&shortDisk{}, samples()), errFull)
}

func TestWriteAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "report.md"), []byte("old"), 0o644))
	require.NoError(t, WriteAll(dir, example()))
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	}))
	assert.Equal(t, []string{
		"junit.xml", "plots/forest.png", "plots/forest.svg", "plots/percentiles.png", "plots/percentiles.svg",
		"plots/shift.png", "plots/shift.svg", "plots/timeline.png", "plots/timeline.svg",
		"report.html", "report.md", "summary.json",
	}, names)
	for _, f := range formats[1:] {
		got, err := os.ReadFile(filepath.Join(dir, f.name))
		require.NoError(t, err)
		assert.Equal(t, render(t, f.write, example()), string(got))
	}
	for _, name := range names[1:9] {
		got, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		if strings.HasSuffix(name, ".png") {
			size, err := png.DecodeConfig(bytes.NewReader(got))
			require.NoError(t, err)
			assert.Equal(t, 2*figureWidth, size.Width, name)
			continue
		}
		assertWellFormed(t, got)
	}
}

func TestWriteAllSaysWhatFailed(t *testing.T) {
	t.Parallel()
	assert.ErrorIs(t, WriteAll(filepath.Join(t.TempDir(), "none"), example()), os.ErrNotExist)

	taken := t.TempDir() // a file lies where the folder of the plots has to be
	require.NoError(t, os.WriteFile(filepath.Join(taken, "plots"), nil, 0o644))
	assert.ErrorContains(t, WriteAll(taken, example()), "plots")
	assert.FileExists(t, filepath.Join(taken, "summary.json"))

	folder := t.TempDir() // a folder lies where a file has to be
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "report.md", "x"), 0o755))
	assert.ErrorContains(t, WriteAll(folder, example()), "report.md")
}

func samples() iter.Seq2[results.Sample, error] {
	ms := time.Millisecond
	all := []results.Sample{
		{Arm: "anchored", Block: results.WarmupBlock, Phase: results.PhaseWarmup, Op: "GetFolder", Status: 200, Due: 0, Start: 41 * time.Microsecond, End: 21*ms + 400*time.Microsecond, Class: results.ClassOK, Code: "ok", In: 2210, Out: 1024},
		{Arm: "unanchored", Seq: 1, Call: 0, Op: "GetItem", Status: 503, Due: 2000*ms + 1, Start: 2001 * ms, End: 2004 * ms, Class: results.ClassError, Code: "http_503", In: 80, Out: 1000, Late: true},
		{Arm: "with, comma \"and quote\"\nand line", Block: 29, Seq: 18_446_744_073_709_551_615, Call: 9, Op: "<GetItem>", Due: 31_999 * ms, Start: 32_000 * ms, End: 62_000 * ms, Class: results.ClassTimeout, Code: "timeout"},
	}
	return func(yield func(results.Sample, error) bool) {
		for _, s := range all {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func TestSampleFormats(t *testing.T) {
	t.Parallel()
	var c, j bytes.Buffer
	require.NoError(t, CSV(&c, samples()))
	require.NoError(t, JSONL(&j, samples()))
	golden.Check(t, "samples.csv", c.Bytes())
	golden.Check(t, "samples.jsonl", j.Bytes())
}

func TestSampleFormatsWithoutSamples(t *testing.T) {
	t.Parallel()
	nothing := func(func(results.Sample, error) bool) {}
	var c, j bytes.Buffer
	require.NoError(t, CSV(&c, nothing))
	require.NoError(t, JSONL(&j, nothing))
	assert.Equal(t, strings.Join(csvHead, ",")+"\n", c.String())
	assert.Empty(t, j.String())
}

// TestSampleErrorsKeepWhatCameBefore reads a store that is torn after two samples.
func TestSampleErrorsKeepWhatCameBefore(t *testing.T) {
	t.Parallel()
	torn := errors.New("torn")
	broken := func(yield func(results.Sample, error) bool) {
		_ = yield(results.Sample{Op: "a"}, nil) && yield(results.Sample{Op: "b"}, nil) && yield(results.Sample{}, torn)
	}
	var c, j bytes.Buffer
	assert.ErrorIs(t, CSV(&c, broken), torn)
	assert.ErrorIs(t, JSONL(&j, broken), torn)
	assert.Equal(t, 3, strings.Count(c.String(), "\n"))
	assert.Equal(t, 2, strings.Count(j.String(), "\n"))
}

// TestCSVAndJSONLAgree holds the two lists of columns together.
func TestCSVAndJSONLAgree(t *testing.T) {
	t.Parallel()
	var j bytes.Buffer
	require.NoError(t, JSONL(&j, samples()))
	first, _, _ := strings.Cut(j.String(), "\n")
	var keys []string
	for field := range strings.SplitSeq(strings.Trim(first, "{}"), ",") {
		key, _, _ := strings.Cut(field, ":")
		keys = append(keys, strings.Trim(key, `"`))
	}
	assert.True(t, slices.Equal(csvHead, keys), "%v\n%v", csvHead, keys)
}
