package runner

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

func TestWhatIsNoExperiment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*Experiment)
		want   string
	}{
		{"no plan", func(e *Experiment) { e.Plan = nil }, "no plan"},
		{"no arms", func(e *Experiment) { e.Arms = nil }, "no arms"},
		{"too many arms", func(e *Experiment) { e.Arms = make([]Arm, MaxArms+1) }, "more than 16 arms"},
		{"no end", func(e *Experiment) { e.Duration = 0 }, "no end"},
		{"negative warm-up", func(e *Experiment) { e.Warmup = -1 }, "must not be negative"},
		{"negative A/A phase", func(e *Experiment) { e.AA = -1 }, "must not be negative"},
		{"negative washout", func(e *Experiment) { e.Washout = -1 }, "must not be negative"},
		{"unknown assignment", func(e *Experiment) { e.Assign = "coin" }, `unknown assignment "coin": use one of [request mailbox switchback]`},
		{"switchback without a schedule", func(e *Experiment) { e.Assign, e.Schedule = AssignSwitchback, nil }, "its periods need both"},
		{"switchback without a duration", func(e *Experiment) { e.Assign, e.Duration, e.Calls = AssignSwitchback, 0, 1 }, "its periods need both"},
		{"washout of a whole period", func(e *Experiment) {
			e.Assign, e.Blocks, e.Washout = AssignSwitchback, 1, 500*time.Millisecond
		}, "washout 500ms, period 500ms"},
		{"fewer blocks than arms", func(e *Experiment) { e.Assign, e.Blocks = AssignMailbox, 1 }, "1 blocks, 2 arms"},
		{"fewer mailboxes than arms", func(e *Experiment) {
			e.Assign, e.Plan = AssignMailbox, planOf(t, scenarios.Scenario{Mailboxes: 1}, ews.OpGetFolder)
		}, "assignment mailbox: too few mailboxes"},
		{"no such shard", func(e *Experiment) { e.Shard = Shard{Index: 2, Count: 2} }, "2 of 2"},
		{"one name twice", func(e *Experiment) { e.Arms[1].Name = "anchored" }, `same name: rename one: "anchored"`},
		{"no caller", func(e *Experiment) { e.Arms[1].Anchor = scenarios.AnchorServiceAccount }, "without Experiment.Caller"},
		{"no scheme", func(e *Experiment) { e.Arms[1].Target.URL = "mail.example.org" }, "no http or https URL"},
		{"no URL", func(e *Experiment) { e.Arms[1].Target.URL = "http://mail example" }, "arm unanchored: target"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := Experiment{Plan: plan(t), Arms: pair(new(fake)), Schedule: Constant(1), Duration: time.Second}
			tt.change(&e)
			_, err := Run(t.Context(), e, new(samples))
			require.ErrorContains(t, err, tt.want)
			require.ErrorContains(t, Probe(t.Context(), e), tt.want)
		})
	}
}

func TestDefaultsOfAnExperiment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		given   Experiment
		blocks  int
		workers int
	}{
		{"thirty blocks", Experiment{Duration: time.Minute, Schedule: Constant(1)}, 30, 0},
		{"a block is not too short", Experiment{Duration: 3 * time.Second, Schedule: Constant(1)}, 10, 0},
		{"at least one block", Experiment{Duration: time.Millisecond, Schedule: Constant(1)}, 1, 0},
		{"as asked", Experiment{Duration: time.Minute, Blocks: 7, MaxWorkers: 3}, 7, 3},
		{"workers without a schedule", Experiment{Duration: time.Minute}, 30, DefaultMaxWorkers},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.given.Plan, tt.given.Arms = plan(t), pair(new(fake))
			e, err := tt.given.Normalized()
			require.NoError(t, err)
			assert.Equal(t, tt.blocks, e.Blocks)
			assert.Equal(t, tt.workers, e.MaxWorkers)
			assert.Equal(t, DefaultTimeout, e.Timeout)
			assert.Equal(t, "ewsbench", e.UserAgent)
			assert.Equal(t, AssignRequest, e.Assign)
			assert.Zero(t, e.Washout)
		})
	}
}

func TestDefaultWashout(t *testing.T) {
	t.Parallel()
	for duration, want := range map[time.Duration]time.Duration{
		time.Minute:    100 * time.Millisecond, // periods of a second
		20 * time.Hour: time.Second,
	} {
		e, err := Experiment{
			Plan: plan(t), Arms: pair(new(fake)), Schedule: Constant(1), Duration: duration, Assign: AssignSwitchback,
		}.Normalized()
		require.NoError(t, err)
		assert.Equal(t, want, e.Washout)
	}
}
