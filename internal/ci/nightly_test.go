package ci

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/scenarios"
)

// night runs .ci/nightly with the stand-in, in a folder of its own.
func night(t *testing.T, s *standIn, env ...string) (ran, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "night")
	env = append([]string{
		"EWSBENCH=" + s.path, "NIGHTLY_OUT=" + dir,
		"NIGHTLY_HISTORY=" + filepath.Join(t.TempDir(), "kept", "history.jsonl"),
	}, env...)
	ran = s.script(t, env, "../../.ci/nightly")
	return ran, dir
}

// TestNightMeasuresEveryScenario wants a run, a line of history, a power table
// and a JUnit file for each built-in scenario, and the trend first on the page.
func TestNightMeasuresEveryScenario(t *testing.T) {
	t.Parallel()
	s := newStandIn(t)
	ran, dir := night(t, s)
	require.Zero(t, s.code, ran)

	page := read(t, dir, "summary.md")
	last := strings.Index(page, "the trend")
	assert.Zero(t, last)
	for _, name := range scenarios.Names() {
		assert.Regexp(t, `(?m)^run `+name+` --duration \d+m --out \S+/`+name+` --history \S+/kept/history.jsonl `, s.log(t))
		assert.Regexp(t, `(?m)^power \S+/`+name+`$`, s.log(t))
		assert.FileExists(t, filepath.Join(dir, "junit", name+".xml"))
		next := strings.Index(page, "report of "+name)
		assert.Greater(t, next, last, "the scenarios in order, after the trend:\n%s", page)
		last = next
	}
	assert.Contains(t, page, "a power table")
	assert.Regexp(t, `(?m)^trend \S+/kept/history.jsonl --plot \S+/night/trend.svg$`, s.log(t))
	assert.Equal(t, "the trend --format markdown\n", read(t, dir, "trend.md"))
	assert.Equal(t, "the trend --json\n", read(t, dir, "trend.json"))
}

// TestNightEndsWithTheWorst gives each verb an exit code, and wants the night
// to go on all the same and to end with the one that matters most.
func TestNightEndsWithTheWorst(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		codes map[string]string // by the beginning of the command line
		want  int
		tells string
	}{
		{"a gate failed", map[string]string{"run anchor-penalty": "3"}, 3, "anchor-penalty: a gate failed (exit 3)"},
		{"never valid", map[string]string{"run oof-sweep": "4"}, 4, "oof-sweep: no valid run in two tries (exit 4)"},
		{"valid at the second try", map[string]string{"run oof-sweep": "4 0"}, 0, "oof-sweep: not valid, once more"},
		{"bad at the second try", map[string]string{"run oof-sweep": "4 3"}, 3, "oof-sweep: a gate failed (exit 3)"},
		{"could not be run", map[string]string{"run backup-incremental": "1"}, 1, "backup-incremental: could not be run (exit 1)"},
		{"the trend is bad", map[string]string{"trend": "3"}, 3, "trend: a ratio has left its range (exit 3)"},
		{"the trend cannot be made", map[string]string{"trend": "1"}, 1, "trend: could not be made (exit 1)"},
		{"no power table", map[string]string{"power": "2"}, 1, "no power table"},
		{"a verdict outweighs none", map[string]string{"run anchor-penalty": "4", "trend": "3"}, 3, "exit 3: "},
		{"none does not outweigh a verdict", map[string]string{"run anchor-penalty": "3", "run oof-sweep": "4"}, 3, "exit 3: "},
		{"no run outweighs both", map[string]string{"run anchor-penalty": "1", "run oof-sweep": "4", "trend": "3"}, 1, "exit 1: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStandIn(t)
			s.exits(t, tt.codes)
			ran, dir := night(t, s)
			assert.Equal(t, tt.want, s.code, ran)
			assert.Contains(t, ran, tt.tells)
			assert.Contains(t, s.log(t), "trend ", "the night goes on")
			assert.FileExists(t, filepath.Join(dir, "summary.md"))
			assert.NotContains(t, ran, "::error")
		})
	}
}

// TestNightStopsWhenInterrupted wants no further run after Ctrl-C.
func TestNightStopsWhenInterrupted(t *testing.T) {
	t.Parallel()
	s := newStandIn(t)
	s.exits(t, map[string]string{"run " + scenarios.Names()[0]: "130"})
	ran, _ := night(t, s)
	assert.Equal(t, 130, s.code, ran)
	assert.Equal(t, 1, strings.Count(s.log(t), "\n"))
}

// TestNightTakesOrders changes each variable, and expects a difference.
func TestNightTakesOrders(t *testing.T) {
	t.Parallel()

	t.Run("duration", func(t *testing.T) {
		t.Parallel()
		s := newStandIn(t)
		ran, _ := night(t, s, "NIGHTLY_DURATION=7s")
		require.Zero(t, s.code, ran)
		assert.Equal(t, len(scenarios.Names()), strings.Count(s.log(t), "--duration 7s "))
	})
	t.Run("on GitHub", func(t *testing.T) {
		t.Parallel()
		s := newStandIn(t)
		s.exits(t, map[string]string{"trend": "3"})
		ran, _ := night(t, s, "GITHUB_ACTIONS=true")
		assert.Contains(t, ran, "::error title=ewsbench nightly::trend: a ratio has left its range (exit 3)\n")
	})
	t.Run("one scenario", func(t *testing.T) {
		t.Parallel()
		s := newStandIn(t)
		out := filepath.Join(t.TempDir(), "night")
		ran := s.script(t, []string{"EWSBENCH=" + s.path, "NIGHTLY_OUT=" + out, "NIGHTLY_HISTORY=" + out + ".jsonl"}, "../../.ci/nightly", "oof-sweep")
		require.Zero(t, s.code, ran)
		assert.Equal(t, 1, strings.Count(s.log(t), "run "))
	})
	t.Run("a folder that is there", func(t *testing.T) {
		t.Parallel()
		s := newStandIn(t)
		ran, _ := night(t, s, "NIGHTLY_OUT="+t.TempDir())
		assert.Equal(t, 1, s.code)
		assert.Contains(t, ran, "is there already")
	})
}

// TestStepSummary holds the page under GitHub's limit of 1 MiB.
func TestStepSummary(t *testing.T) {
	t.Parallel()
	line, most := strings.Repeat("x", 96)+"\n", strings.Repeat("x", 999_999)+"\n"
	tests := []struct {
		name, text string
		want       string
		cut        bool
	}{
		{"short", "# Night\n", "# Night\n", false},
		{"as long as may be", most, most, false},
		{"long", strings.Repeat(line, 20_000), line, true},
		{"missing", "", "There is no ", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file, page := filepath.Join(dir, "summary.md"), filepath.Join(dir, "page")
			if tt.text != "" {
				require.NoError(t, os.WriteFile(file, []byte(tt.text), 0o600))
			}
			s := newStandIn(t)
			ran := s.script(t, []string{"GITHUB_STEP_SUMMARY=" + page}, "../../.ci/step-summary", file)
			require.Zero(t, s.code, ran)
			got := read(t, dir, "page")
			assert.True(t, strings.HasPrefix(got, tt.want))
			assert.Less(t, len(got), 1<<20)
			assert.Equal(t, tt.cut, strings.Contains(got, line+"\n**Cut at 1 MB.**"), "cut at the end of a line")
		})
	}
}
