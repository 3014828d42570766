package results

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// nightsOf is a history with one ratio, night by night.
func nightsOf(ratios ...float64) []Night {
	var nights []Night
	for i, r := range ratios {
		nights = append(nights, Night{
			Schema: Schema, Time: time.Date(2026, 11, 1+i, 3, 0, 0, 0, time.UTC), Commit: "c", Scenario: "s", Plan: "p", Valid: true,
			Ratios: []NightRatio{{"b", MetricLatencyP50, AllOps, r, r * 0.98, r * 1.02}},
		})
	}
	return nights
}

func TestTrend(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		ratios  []float64
		verdict Verdict
		exit    int
		first   int // day of the month, 0: none
	}{
		{"empty", nil, VerdictInconclusive, 0, 0},
		{"one", []float64{2}, VerdictInconclusive, 0, 0},
		{"five are not judged", []float64{2, 2, 2, 2, 9}, VerdictInconclusive, 0, 0},
		{"quiet", []float64{2, 2.01, 1.99, 2, 2.02, 2, 1.98}, VerdictSame, 0, 0},
		{"a step", []float64{2, 2.01, 1.99, 2, 2.02, 2, 2.5, 2.51, 2.49}, VerdictWorse, 3, 7},
		{"a step that stays for longer than the window", append([]float64{2, 2, 2, 2, 2}, repeated(20, 2.5)...), VerdictWorse, 3, 6},
		{"a bad night that passed", []float64{2, 2.01, 1.99, 2, 2.02, 2.5, 2}, VerdictSame, 0, 0},
		{"bad again", []float64{2, 2.01, 1.99, 2, 2.02, 2.5, 2, 2.6}, VerdictWorse, 3, 8},
		{"within 5 %", []float64{2, 2, 2, 2, 2, 2.09}, VerdictSame, 0, 0},
		{"within the spread", []float64{2, 2.4, 1.7, 2.2, 1.8, 2.5}, VerdictSame, 0, 0},
		{"better", []float64{2, 2, 2, 2, 2, 1.5}, VerdictSame, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := TrendOf(nightsOf(tt.ratios...))
			assert.Equal(t, tt.verdict, got.Verdict)
			assert.Equal(t, tt.exit, got.ExitCode)
			assert.Equal(t, len(tt.ratios), got.Nights)
			if tt.first == 0 {
				for _, s := range got.Series {
					assert.Nil(t, s.FirstBad)
				}
				return
			}
			require.NotNil(t, got.Series[0].FirstBad)
			assert.Equal(t, tt.first, got.Series[0].FirstBad.Time.Day())
			assert.Contains(t, got.Reason, "the first bad night of latency_p50 of * of b in s was 2026-11-")
		})
	}
}

func repeated(n int, v float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// TestTrendOfOtherMetrics: less throughput is bad, and what is not the primary
// metric is said and decides nothing.
func TestTrendOfOtherMetrics(t *testing.T) {
	t.Parallel()
	nights := nightsOf(1, 1, 1, 1, 1, 0.5)
	for i := range nights {
		nights[i].Ratios[0].Metric = MetricThroughput
	}
	got := TrendOf(nights)
	assert.NotNil(t, got.Series[0].FirstBad)
	assert.Equal(t, VerdictSame, got.Verdict, "latency_p50 decides")
	assert.Contains(t, got.Warnings[0], "the first bad night of throughput")
	for i := range nights {
		nights[i].Primary = MetricThroughput
	}
	assert.Equal(t, 3, TrendOf(nights).ExitCode)
}

// TestTrendKeepsPlansApart: another plan's ratios say nothing about this one's.
func TestTrendKeepsPlansApart(t *testing.T) {
	t.Parallel()
	nights := nightsOf(2, 2, 2, 2, 2, 9)
	nights[5].Plan = "q"
	got := TrendOf(nights)
	assert.Len(t, got.Series, 2)
	assert.Equal(t, 0, got.ExitCode)
}

// TestTrendLeavesInvalidNightsOut: an interrupted night is no error.
func TestTrendLeavesInvalidNightsOut(t *testing.T) {
	t.Parallel()
	nights := nightsOf(2, 2, 2, 2, 2, 2, 9)
	nights[6].Valid, nights[6].Reason = false, "the run ended early: interrupted"
	nights[0], nights[6] = nights[6], nights[0] // the order of the file does not matter
	got := TrendOf(nights)
	assert.Equal(t, VerdictSame, got.Verdict)
	assert.Equal(t, []string{"the night of 2026-11-07 is left out: the run ended early: interrupted"}, got.Warnings)
}

// TestTrendFalseAlarms holds that quiet nights seldom alarm: half a year of
// nights whose ratios scatter by 2 %.
func TestTrendFalseAlarms(t *testing.T) {
	t.Parallel()
	alarms := 0
	for seed := range uint64(20) {
		gen := rand.New(rand.NewPCG(seed, 1))
		var ratios []float64
		for range 180 {
			ratios = append(ratios, 2*(1+0.02*gen.NormFloat64()))
		}
		for _, n := range TrendOf(nightsOf(ratios...)).Series[0].Nights {
			if n.Bad {
				alarms++
			}
		}
	}
	assert.Less(t, float64(alarms)/(20*180), 0.01)
}

func TestHistory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.jsonl")
	a := analysed(t, longRun(), both(noisy(1), slowB(10*time.Millisecond)))
	night := NightOf(a)
	assert.True(t, night.Valid)
	assert.NotEmpty(t, night.Ratios)
	assert.Equal(t, MetricLatencyP50, night.Primary)
	require.NoError(t, AppendNight(path, night))
	// The power fails in the middle of a line, and the next night goes on.
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(`{"schema":1,"scen`)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.NoError(t, AppendNight(path, night))
	nights, warnings, err := ReadHistory(path)
	require.NoError(t, err)
	assert.Equal(t, []Night{night, night}, nights)
	require.Len(t, warnings, 1)
	assert.Contains(t, warnings[0], "line 2 of the history is left out")
}

func TestNightOfAnInterruptedRun(t *testing.T) {
	t.Parallel()
	run := longRun()
	run.End = EndInterrupted
	night := NightOf(analysed(t, run, nil))
	assert.False(t, night.Valid)
	assert.Equal(t, "the run ended early: interrupted", night.Reason)
}

func TestReadHistoryOdd(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	read := func(text string) ([]Night, []string, error) {
		path := filepath.Join(dir, "h")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return ReadHistory(path)
	}
	nights, warnings, err := read("")
	require.NoError(t, err)
	assert.Empty(t, nights)
	assert.Empty(t, warnings)
	_, warnings, err = read("{\"schema\":2}\n\nnonsense\n")
	require.NoError(t, err)
	assert.Len(t, warnings, 2)
	_, _, err = ReadHistory(filepath.Join(dir, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.Error(t, AppendNight(dir, Night{}))
}

func FuzzReadHistory(f *testing.F) {
	f.Add([]byte(`{"schema":1,"plan":"p","valid":true,"ratios":[{"other":"b","metric":"m","op":"*","ratio":1,"low":1,"high":1}]}` + "\n"))
	f.Add([]byte("{}\n[]\nnull"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "h")
		require.NoError(t, os.WriteFile(path, data, 0o644))
		nights, _, err := ReadHistory(path)
		if err == nil {
			assert.NotNil(t, TrendOf(nights))
		}
	})
}
