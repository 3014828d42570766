package calibration_test

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/calibration"
)

// shift is the effect that must be found.
const shift = 0.03

// runs is how many runs are simulated of each kind: EWSBENCH_CALIBRATION, or few.
func runs(t *testing.T) int {
	t.Helper()
	text := os.Getenv("EWSBENCH_CALIBRATION")
	if text == "" {
		return usualRuns
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err)
	return n
}

// TestCalibration holds the promises of docs/measurement.md. With few runs chance
// has more room: every limit gives way by three standard deviations, and with
// 2000 runs by less than 1.5 %.
func TestCalibration(t *testing.T) {
	t.Parallel()
	n := runs(t)
	rows := table(t, n)
	var text strings.Builder
	require.NoError(t, calibration.Print(&text, rows))
	t.Logf("%d runs of each kind\n%s", n, text.String())
	for _, r := range rows {
		t.Run(r.Server.Name+"/"+string(r.Design)+"/"+strconv.FormatFloat(r.Effect, 'g', -1, 64), func(t *testing.T) {
			t.Parallel()
			switch {
			case r.Design != calibration.PerRequest:
				holdFoil(t, r)
			case r.Effect == 0:
				holdAlarms(t, r.Count)
			default:
				holdCoverage(t, r.Count)
				holdPower(t, r.Count)
			}
		})
	}
}

// table simulates every row, each from a seed of its own.
func table(t *testing.T, n int) []calibration.Row {
	t.Helper()
	var rows []calibration.Row
	for _, s := range calibration.Servers() {
		for _, effect := range []float64{0, shift} {
			rows = append(rows, calibration.Row{Server: s, Design: calibration.PerRequest, Effect: effect})
		}
	}
	for _, d := range []calibration.Design{calibration.Switchback, calibration.BackToBack} {
		for _, s := range calibration.Servers() {
			rows = append(rows, calibration.Row{Server: s, Design: d})
		}
	}
	var done sync.WaitGroup
	for i := range rows {
		done.Go(func() {
			c, err := calibration.Calibrate(rows[i].Server, rows[i].Design, rows[i].Effect, n, uint64(i+1)<<32)
			assert.NoError(t, err)
			rows[i].Count = c
		})
	}
	done.Wait()
	return rows
}

// near holds that a count of runs is a share of them, but for chance.
func near(t *testing.T, want float64, got, n int, what string) {
	t.Helper()
	assert.InDelta(t, want, float64(got)/float64(n), calibration.Error(want, 3, n), what)
}

// holdAlarms: of equal arms 5 % come out different.
func holdAlarms(t *testing.T, c *calibration.Count) {
	t.Helper()
	for i, q := range calibration.Quantiles() {
		near(t, 0.05, c.Differ[i], c.Runs, "intervals of quantile "+strconv.FormatFloat(q, 'g', -1, 64))
		near(t, 0.05, c.Flip[i], c.Runs, "sign flips of quantile "+strconv.FormatFloat(q, 'g', -1, 64))
	}
}

// holdCoverage: 95 % intervals hold the truth in 93.5 to 96.5 % of the runs.
func holdCoverage(t *testing.T, c *calibration.Count) {
	t.Helper()
	allowed := max(0.015, calibration.Error(0.05, 3, c.Runs))
	for i := range calibration.Quantiles() {
		assert.InDelta(t, 0.95, float64(c.Cover[i])/float64(c.Runs), allowed)
	}
}

// holdPower: 15,000 requests find that the median is 3 % longer in nine runs of
// ten.
func holdPower(t *testing.T, c *calibration.Count) {
	t.Helper()
	assert.GreaterOrEqual(t, float64(c.Slower[0])/float64(c.Runs), 0.90-calibration.Error(0.90, 2, c.Runs))
}

// holdFoil: a test over single requests takes drift for a difference unless the
// arms share every moment. How far it is off is known better from more runs.
func holdFoil(t *testing.T, r calibration.Row) {
	t.Helper()
	if r.Server.Tau > 0 {
		assert.Greater(t, float64(r.Count.Requests)/float64(r.Count.Runs), 0.14-calibration.Error(0.14, 2, r.Count.Runs), "it would have to be 0.05")
	} else {
		near(t, 0.05, r.Count.Requests, r.Count.Runs, "without drift it is right")
	}
}

// TestSend holds that a simulation repeats, and that its designs send the same
// calls.
func TestSend(t *testing.T) {
	t.Parallel()
	for _, d := range []calibration.Design{calibration.PerRequest, calibration.Switchback, calibration.BackToBack} {
		s := calibration.Servers()[1]
		one := s.Send(d, shift, 5)
		assert.Equal(t, one, s.Send(d, shift, 5))
		assert.NotEqual(t, one, s.Send(d, shift, 6))
		assert.Len(t, one.Base, 7500)
		for i := range one.Base {
			require.Positive(t, one.Base[i]*one.Other[i], "%s call %d", d, i)
		}
	}
}

func ExamplePrint() {
	c, err := calibration.Calibrate(calibration.Servers()[0], calibration.BackToBack, 0, 1, 1)
	if err != nil {
		panic(err)
	}
	_ = calibration.Print(os.Stdout, []calibration.Row{{Server: calibration.Servers()[0], Design: calibration.BackToBack, Count: c}})
	// Output:
	// | server | design | slower by | interval excludes 1: p50 | p95 | interval holds the truth: p50 | p95 | sign-flip p < 0.05: p50 | p95 | Mann-Whitney over requests p < 0.05 |
	// |---|---|---|---|---|---|---|---|---|---|
	// | no drift | back to back | 0 % |  |  |  |  |  |  | 0.0 % |
}
