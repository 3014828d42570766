package runner

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// closedPlan is a plan of so many workers, each of whom asks for a folder and then
// for its items, which the fake never has.
func closedPlan(t testing.TB, workers int) *scenarios.Plan {
	t.Helper()
	s := scenarios.Scenario{
		Mailboxes: 100, Rate: scenarios.Rate{Max: true}, Order: scenarios.OrderVisit, Workers: workers,
		Steps: []scenarios.Step{{Op: ews.OpGetFolder, Weight: 3}},
	}
	p, err := s.Plan(1, scenarios.Users(s.Mailboxes, "contoso.com"))
	require.NoError(t, err)
	require.Equal(t, workers, p.Workers())
	return p
}

// crowd counts how many requests of an arm are under way at once.
type crowd struct {
	takes     time.Duration
	mu        sync.Mutex
	now, most int
}

func (c *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.now++
	c.most = max(c.most, c.now)
	c.mu.Unlock()
	time.Sleep(c.takes)
	c.mu.Lock()
	c.now--
	c.mu.Unlock()
	return new(fake).RoundTrip(r)
}

func closedArms(fast, slow http.RoundTripper) []Arm {
	return []Arm{
		{Name: "fast", Target: Target{URL: fakeURL, Transport: fast}},
		{Name: "slow", Target: Target{URL: fakeURL, Transport: slow}, Anchor: scenarios.AnchorMissing},
	}
}

func runClosed(t *testing.T, e Experiment) (map[string][]results.Sample, Stats) {
	t.Helper()
	sink := new(samples)
	stats, err := Run(t.Context(), e, sink)
	require.NoError(t, err)
	byArm := map[string][]results.Sample{}
	for _, s := range sink.kept {
		byArm[s.Arm] = append(byArm[s.Arm], s)
	}
	return byArm, stats
}

// TestArmsAtTheirOwnPace: each arm has all its workers busy all the time, and no
// more; who is served faster gets further in the same plan.
func TestArmsAtTheirOwnPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const workers = 3
		fast, slow := &crowd{takes: 50 * time.Millisecond}, &crowd{takes: 150 * time.Millisecond}
		p := closedPlan(t, workers)
		byArm, stats := runClosed(t, Experiment{
			Plan: p, Arms: closedArms(fast, slow), Warmup: time.Second, Duration: 9 * time.Second, Blocks: 9,
		})
		assert.Equal(t, workers, fast.most)
		assert.Equal(t, workers, slow.most)
		assert.InDelta(t, workers*10/0.05, len(byArm["fast"]), 3)
		assert.InDelta(t, workers*10/0.15, len(byArm["slow"]), 3)
		assert.Equal(t, int64(len(byArm["slow"])), stats.Arms[1].Sent)
		assert.Zero(t, stats.Arms[0].ChainLate)
		seqs := map[uint64]bool{}
		for _, arm := range []string{"fast", "slow"} {
			var calls []uint64
			for _, s := range byArm[arm] {
				calls = append(calls, s.Call)
				assert.Equal(t, s.Start, s.Due, "nothing is due")
				assert.Equal(t, s.Start < time.Second, s.Phase == results.PhaseWarmup)
				if s.Phase == results.PhaseMeasured {
					assert.Equal(t, int((s.Start-time.Second)/time.Second), s.Block)
				}
				assert.Less(t, s.Start, 10*time.Second)
				assert.False(t, seqs[s.Seq])
				seqs[s.Seq] = true
			}
			slices.Sort(calls)
			assert.Len(t, slices.Compact(slices.Clone(calls)), len(calls), "no call twice")
			assert.LessOrEqual(t, calls[len(calls)-1], uint64(len(calls)+workers), "and hardly one left out")
		}
	})
}

func TestThinkTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &crowd{takes: 50 * time.Millisecond}
		byArm, _ := runClosed(t, Experiment{
			Plan: closedPlan(t, 1), Arms: closedArms(target, target)[:1], Duration: 10 * time.Second, Think: 150 * time.Millisecond,
		})
		require.Len(t, byArm["fast"], 50)
		for i, s := range byArm["fast"] {
			assert.Equal(t, time.Duration(i)*200*time.Millisecond, s.Start)
		}
	})
}

func TestClosedRunEndsWithItsCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := &crowd{takes: 50 * time.Millisecond}
		byArm, _ := runClosed(t, Experiment{Plan: closedPlan(t, 3), Arms: closedArms(target, target), Calls: 20})
		assert.Len(t, byArm["fast"], 20)
		assert.Len(t, byArm["slow"], 20)
	})
}

// TestWorkersPassOverWhatIsIdle: of a hundred pages there is one, and each arm
// finds that out for itself.
func TestWorkersPassOverWhatIsIdle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := scenarios.Scenario{
			Mailboxes: 10, Rate: scenarios.Rate{Max: true}, Order: scenarios.OrderVisit, Workers: 2,
			Steps: []scenarios.Step{{Op: ews.OpSyncFolderItems, Weight: 100}, {Op: ews.OpGetItem, Weight: 100}},
		}
		p, err := s.Plan(1, scenarios.Users(s.Mailboxes, "contoso.com"))
		require.NoError(t, err)
		page := ews.AppendResponse(nil, ews.ServerVersion{}, ews.SyncFolderItemsResponse{Messages: []ews.ItemSyncMessage{{State: "all", Last: true}}})
		target := &fake{takes: always(50 * time.Millisecond), answer: func(int, *http.Request) *http.Response { return soap(http.StatusOK, page) }}
		byArm, _ := runClosed(t, Experiment{Plan: p, Arms: closedArms(target, target), Duration: 2 * time.Second})
		for arm, kept := range byArm {
			assert.InDelta(t, 80, len(kept), 2, arm)
			for _, s := range kept {
				assert.Equal(t, "SyncFolderItems", s.Op)
				assert.False(t, s.Late)
			}
		}
		for _, r := range target.requests() {
			assert.False(t, strings.Contains(r.body, "<m:SyncState>"), "each mailbox from its beginning")
		}
	})
}

func TestClosedRunIsInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1030*time.Millisecond)
		defer cancel()
		target := &fake{takes: always(100 * time.Millisecond)}
		sink := new(samples)
		stats, err := Run(ctx, Experiment{Plan: closedPlan(t, 2), Arms: closedArms(target, target), Duration: time.Hour, Think: time.Second}, sink)
		require.NoError(t, err)
		assert.True(t, stats.Interrupted)
		assert.Equal(t, 1030*time.Millisecond, stats.Ended.Sub(stats.Started))
		assert.Len(t, sink.kept, 4)
	})
}

// TestClosedRunWaitsOutTheQuiet that a target asks for, as a run as fast as
// possible does.
func TestClosedRunWaitsOutTheQuiet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := asksOnce(2 * time.Second)
		target.takes = always(100 * time.Millisecond)
		byArm, stats := runClosed(t, Experiment{
			Plan: closedPlan(t, 1), Arms: obeying(closedArms(target, target)), Duration: 5 * time.Second,
		})
		for _, arm := range []string{"fast", "slow"} {
			assert.InDelta(t, 30, len(byArm[arm]), 2)
		}
		assert.Zero(t, stats.Arms[0].Withheld)
	})
}

func TestWhatArmsAtTheirOwnPaceCannotHave(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Experiment){
		"a schedule":     func(e *Experiment) { e.Schedule = Constant(1) },
		"an A/A phase":   func(e *Experiment) { e.AA = time.Second },
		"mailboxes":      func(e *Experiment) { e.Assign = AssignMailbox },
		"turns":          func(e *Experiment) { e.Assign = AssignSwitchback },
		"other workers":  func(e *Experiment) { e.MaxWorkers = 3 },
		"shards":         func(e *Experiment) { e.Shard = Shard{Count: 2} },
		"negative think": func(e *Experiment) { e.Think = -1 },
	} {
		e := Experiment{Plan: closedPlan(t, 2), Arms: closedArms(nil, nil), Duration: time.Minute}
		normal, err := e.Normalized()
		require.NoError(t, err)
		assert.Equal(t, 4, normal.MaxWorkers)
		again, err := normal.Normalized()
		require.NoError(t, err)
		assert.Equal(t, normal.MaxWorkers, again.MaxWorkers)
		change(&e)
		_, err = e.Normalized()
		assert.Error(t, err, name)
	}
}
