package runner

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// asksOnce is a target whose 11th answer asks for quiet.
func asksOnce(quiet time.Duration) *fake {
	return &fake{answer: func(n int, _ *http.Request) *http.Response {
		if n == 10 {
			return busy(quiet)
		}
		return soap(http.StatusOK, folderAnswer())
	}}
}

func obeying(arms []Arm) []Arm {
	for i := range arms {
		arms[i].Target.ObeyBackOff = true
	}
	return arms
}

func TestCallsInTheQuietAreWithheld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := asksOnce(3 * time.Second)
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: obeying(pair(target)), Schedule: Constant(10), Duration: 10 * time.Second,
		})
		require.Len(t, kept, 100, "each slot has its sample")
		for _, s := range kept {
			quiet := s.Due > time.Second && s.Due < 4*time.Second
			require.Equal(t, quiet, s.Class == results.ClassWithheld, "due at %v", s.Due)
			if quiet {
				require.Equal(t, results.CodeWithheld, s.Code)
				require.Zero(t, s.Latency())
				require.Zero(t, s.Out)
			}
		}
		assert.Len(t, target.requests(), 71)
		assert.Equal(t, int64(29), stats.Arms[0].Withheld+stats.Arms[1].Withheld)
		assert.Equal(t, int64(71), stats.Arms[0].Sent+stats.Arms[1].Sent)
	})
}

func TestBackOffIsIgnoredUnlessAskedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := asksOnce(3 * time.Second)
		_, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(target), Schedule: Constant(10), Duration: 10 * time.Second,
		})
		assert.Len(t, target.requests(), 100)
		assert.Zero(t, stats.Arms[0].Withheld+stats.Arms[1].Withheld)
	})
}

func TestBackOffIsTheTargetsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		arms := obeying(pair(asksOnce(3 * time.Second)))
		arms[1].Target = Target{URL: "http://other.example.org/EWS/Exchange.asmx", Transport: new(fake), ObeyBackOff: true}
		_, stats := run(t, Experiment{Plan: plan(t), Arms: arms, Schedule: Constant(10), Duration: 10 * time.Second})
		assert.InDelta(t, 15, stats.Arms[0].Withheld, 2)
		assert.Zero(t, stats.Arms[1].Withheld)
	})
}

func TestRetryAfterIsObeyed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &fake{answer: func(n int, _ *http.Request) *http.Response {
			response := soap(http.StatusServiceUnavailable, nil)
			response.Header.Set("Retry-After", "2")
			return response
		}}
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: obeying(pair(target)), Schedule: Constant(10), Duration: 6 * time.Second,
		})
		assert.Len(t, target.requests(), 3)
		assert.Equal(t, "http_503", kept[0].Code)
	})
}

func TestBackOffIsCapped(t *testing.T) {
	t.Parallel()
	var b backOff
	b.ask(time.Minute, 24*time.Hour)
	assert.Equal(t, MaxBackOff, b.left(time.Minute))
	b.ask(time.Minute, time.Second)
	assert.Equal(t, MaxBackOff, b.left(time.Minute), "a shorter quiet does not end a longer one")
	assert.Equal(t, MaxBackOff-time.Second, b.left(time.Minute+time.Second))
	assert.Zero(t, b.left(time.Hour))
}

// With no due times there is nothing to withhold: the workers wait. Else a run
// as fast as possible would be a flood of samples that were never sent.
func TestWithoutAScheduleWorkersWaitOutTheQuiet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := asksOnce(3 * time.Second)
		target.takes = always(100 * time.Millisecond)
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: obeying([]Arm{arm("one", scenarios.AnchorCorrect, target)}),
			Duration: 10 * time.Second, MaxWorkers: 1,
		})
		assert.InDelta(t, 70, len(kept), 2)
		assert.Zero(t, stats.Arms[0].Withheld)
	})
}

func TestAQuietBeyondTheEndWithholdsWhatWasLetGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := asksOnce(time.Hour)
		target.takes = always(100 * time.Millisecond)
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: obeying([]Arm{arm("one", scenarios.AnchorCorrect, target)}),
			Duration: 10 * time.Second, MaxWorkers: 2,
		})
		assert.Equal(t, 10*time.Second, stats.Ended.Sub(stats.Started))
		assert.InDelta(t, 12, stats.Arms[0].Sent, 1)
		assert.InDelta(t, 3, stats.Arms[0].Withheld, 1, "one a worker, and what the pacer had let go")
		assert.Len(t, kept, int(stats.Arms[0].Sent+stats.Arms[0].Withheld))
	})
}
