//go:build smoke

// Package smoke runs the main job as a newcomer does, with go run and a real
// listener on loopback, and looks at what it leaves. `make smoke` calls it; the
// build tag keeps these seconds of load out of `go test ./...`.
package smoke

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMainJob is `ewsbench run` against the bundled mock, for a few seconds.
func TestMainJob(t *testing.T) {
	dir, stdout := measure(t)

	t.Run("summary", func(t *testing.T) {
		stored, err := os.ReadFile(filepath.Join(dir, "summary.json"))
		require.NoError(t, err)
		assert.JSONEq(t, string(stored), string(stdout), "--json prints what is stored")
		checkSummary(t, stored)
	})
	t.Run("files", func(t *testing.T) { checkFiles(t, dir) })
	t.Run("report", func(t *testing.T) {
		text := ewsbench(t, "report", dir, "--format", "text")
		assert.Contains(t, string(text), "anchored")
		assert.Contains(t, string(text), "latency p50")
	})
}

// summary has the keys of summary.json that others may rely on.
type summary struct {
	Schema      int          `json:"schema"`
	Scenario    string       `json:"scenario"`
	Seed        uint64       `json:"seed"`
	Valid       bool         `json:"valid"`
	Verdict     string       `json:"verdict"`
	ExitCode    *int         `json:"exit_code"`
	Arms        []arm        `json:"arms"`
	Comparisons []comparison `json:"comparisons"`
	Gates       []any        `json:"gates"`
	Warnings    []string     `json:"warnings"`
}

type arm struct {
	Name         string             `json:"name"`
	Samples      int                `json:"samples"`
	AskedRate    float64            `json:"asked_rate"`
	AchievedRate float64            `json:"achieved_rate"`
	Latency      map[string]float64 `json:"latency_ms"`
	Service      map[string]float64 `json:"service_ms"`
	Lag          map[string]float64 `json:"lag_ms"`
	HTTP         map[string]int     `json:"http"`
	Outcomes     map[string]int     `json:"outcomes"`
	ErrorRate    *float64           `json:"error_rate"`
	ChainLate    *int               `json:"chain_late"`
}

type comparison struct {
	Base    string  `json:"base"`
	Other   string  `json:"other"`
	Metric  string  `json:"metric"`
	Op      string  `json:"op"`
	Ratio   float64 `json:"ratio"`
	Low     float64 `json:"ci_low"`
	High    float64 `json:"ci_high"`
	Verdict string  `json:"verdict"`
}

func checkSummary(t *testing.T, data []byte) {
	t.Helper()
	var s summary
	require.NoError(t, json.Unmarshal(data, &s))
	assert.Equal(t, 1, s.Schema)
	assert.Equal(t, "anchor-penalty", s.Scenario)
	assert.Equal(t, uint64(1), s.Seed)
	assert.True(t, s.Valid)
	assert.Equal(t, "pass", s.Verdict)
	if assert.NotNil(t, s.ExitCode) {
		assert.Zero(t, *s.ExitCode)
	}
	assert.NotNil(t, s.Gates)
	assert.NotNil(t, s.Warnings)
	require.Len(t, s.Arms, 2)
	for _, a := range s.Arms {
		checkArm(t, a)
	}
	assert.Equal(t, s.Arms[0].Samples, s.Arms[1].Samples, "calls come in pairs")
	checkPrimary(t, s.Comparisons)
}

func checkArm(t *testing.T, a arm) {
	t.Helper()
	assert.Positive(t, a.Samples, a.Name)
	assert.Positive(t, a.AskedRate, a.Name)
	assert.Positive(t, a.AchievedRate, a.Name)
	assert.Positive(t, a.Latency["p50"], a.Name)
	assert.Positive(t, a.Service["p50"], a.Name)
	assert.Contains(t, a.Lag, "p50", a.Name)
	assert.Positive(t, a.HTTP["200"], a.Name)
	assert.Positive(t, a.Outcomes["ok"], a.Name)
	assert.NotNil(t, a.ErrorRate, a.Name)
	assert.NotNil(t, a.ChainLate, a.Name)
}

// checkPrimary wants the comparison that decides, and in it the penalty that
// the default profile is there to show.
func checkPrimary(t *testing.T, all []comparison) {
	t.Helper()
	for _, c := range all {
		if c.Metric != "latency_p50" || c.Op != "*" {
			continue
		}
		assert.Equal(t, "anchored", c.Base)
		assert.Equal(t, "unanchored", c.Other)
		assert.Greater(t, c.Low, 1.0, "the interval is clear of 1")
		assert.LessOrEqual(t, c.Low, c.Ratio)
		assert.LessOrEqual(t, c.Ratio, c.High)
		assert.Equal(t, "worse", c.Verdict)
		return
	}
	t.Errorf("no comparison of latency_p50 over all operations among %d", len(all))
}

// checkFiles wants every file of a run directory, and a report that opens
// without a network.
func checkFiles(t *testing.T, dir string) {
	t.Helper()
	for _, pattern := range []string{"run.json", "samples*", "summary.json", "report.html", "report.md", "junit.xml", "plots/*.svg", "plots/*.png"} {
		names, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		require.NoError(t, err)
		if !assert.NotEmpty(t, names, pattern) {
			continue
		}
		info, err := os.Stat(names[0])
		require.NoError(t, err)
		assert.Positive(t, info.Size(), names[0])
	}
	html, err := os.ReadFile(filepath.Join(dir, "report.html"))
	require.NoError(t, err)
	for _, outside := range []string{`src="http`, `<link rel="stylesheet"`, "@import", "url(http"} {
		assert.NotContains(t, string(html), outside)
	}
}

// measure runs the main job and returns its folder and its stdout. A machine
// that is busy with something else may not keep the rate: a run that is invalid
// for that is given two more chances.
func measure(t *testing.T) (dir string, stdout []byte) {
	t.Helper()
	for range 3 {
		dir = filepath.Join(t.TempDir(), "run")
		var stderr string
		var err error
		stdout, stderr, err = try(t, "run", "--duration", "6s", "--seed", "1", "--out", dir, "--json", "--progress", "plain")
		if err == nil {
			return dir, stdout
		}
		t.Logf("ewsbench run: %v\n%s", err, stderr)
		if !strings.HasSuffix(stderr, "exit status 4\n") { // as go run says it
			break
		}
	}
	require.FailNow(t, "the main job does not exit with 0")
	return "", nil
}

// ewsbench runs one command line and returns its stdout; any exit code but 0
// fails the test.
func ewsbench(t *testing.T, args ...string) []byte {
	t.Helper()
	stdout, stderr, err := try(t, args...)
	require.NoError(t, err, "ewsbench %v\n%s", args, stderr)
	return stdout
}

// try runs one command line from the repository's root.
func try(t *testing.T, args ...string) (stdout []byte, stderr string, err error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"run", "./cmd/ewsbench"}, args...)...)
	cmd.Dir = filepath.Join("..", "..")
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	err = cmd.Run()
	return out.Bytes(), talk.String(), err
}
