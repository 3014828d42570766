package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// TestIdealInventsNothing runs the main job over real sockets against a mock in
// which the header makes no difference, and expects none to be found: at most 6
// of the 60 intervals may leave 1 out, and none by more than the margin. It
// measures real time, so it stays out of the ordinary tests, where other
// packages are tested on the same cores; `make honesty` runs it.
func TestIdealInventsNothing(t *testing.T) {
	duration := os.Getenv("EWSBENCH_HONESTY")
	if duration == "" {
		t.Skip("takes minutes of real time on an idle machine: EWSBENCH_HONESTY=10s go test -run TestIdealInventsNothing, or make honesty")
	}
	excluded := 0
	for seed := 1; seed <= 20; seed++ {
		s := idealRun(t, strconv.Itoa(seed), duration)
		for _, metric := range []string{results.MetricLatencyP50, results.MetricLatencyP95, results.MetricLatencyP99} {
			c := comparedIn(t, s, metric)
			t.Logf("seed %2d %s: %.3f [%.3f, %.3f] %s", seed, metric, *c.Ratio, *c.CILow, *c.CIHigh, c.Verdict)
			if *c.CILow > 1 || *c.CIHigh < 1 {
				excluded++
			}
			assert.NotContains(t, []results.Verdict{results.VerdictBetter, results.VerdictWorse}, c.Verdict, "seed %d %s", seed, metric)
		}
	}
	t.Logf("%d of 60 intervals exclude 1", excluded)
	assert.LessOrEqual(t, excluded, 6)
}

func idealRun(t *testing.T, seed, duration string) results.Summary {
	t.Helper()
	var out, talk bytes.Buffer
	a := &app{stdout: &out, stderr: &talk, env: func(string) string { return "" }}
	code := a.main(t.Context(), []string{
		"run", "--target", "mock:ideal", "--seed", seed, "--duration", duration,
		"--out", filepath.Join(t.TempDir(), seed), "--json", "--progress", "none",
	})
	require.Zero(t, code, talk.String())
	var s results.Summary
	require.NoError(t, json.Unmarshal(out.Bytes(), &s))
	return s
}

func comparedIn(t *testing.T, s results.Summary, metric string) results.Comparison {
	t.Helper()
	return compared(t, &results.Analysis{Summary: s}, "unanchored", metric)
}
