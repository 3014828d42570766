package runner

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

func TestScheduledCountsSlots(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		rate             float64
		warmup, duration time.Duration
		calls            uint64
		arms             int
		want             uint64
	}{
		{"duration alone", 10, 0, time.Second, 0, 2, 10},
		{"warm-up comes before", 10, time.Second, time.Second, 0, 2, 20},
		{"whole groups only", 10, 0, time.Second, 0, 3, 9},
		{"calls alone", 10, 0, 0, 7, 2, 14},
		{"calls before the duration", 10, 0, time.Second, 3, 2, 6},
		{"the duration before calls", 10, 0, time.Second, 300, 2, 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := Experiment{
				Schedule: Constant(tt.rate), Warmup: tt.warmup, Duration: tt.duration,
				Calls: tt.calls, Blocks: 1, Arms: make([]Arm, tt.arms),
			}
			assert.Equal(t, tt.want, newScheduled(e).hits())
		})
	}
}

func TestScheduledBlocks(t *testing.T) {
	t.Parallel()
	e := Experiment{
		Schedule: Constant(10), Warmup: time.Second, Duration: 2 * time.Second, Blocks: 4, Arms: make([]Arm, 2),
	}
	table := newScheduled(e)
	assert.Equal(t, results.WarmupBlock, table.stage(4).block(), "due at 0.8 s")
	assert.Equal(t, 0, table.stage(5).block(), "due at 1 s")
	assert.Equal(t, 0, table.stage(7).block(), "its first slot is due at 1.4 s, its second at 1.5 s")
	assert.Equal(t, 1, table.stage(8).block())
	assert.Equal(t, 3, table.stage(14).block(), "due at 2.8 s")
	assert.Equal(t, 3, table.stage(100).block(), "the last block takes what is due after the end")
	assert.Zero(t, table.patience(0), "what has a due time cannot be put off")
}

func TestScheduledByCallsMeasuresUpToTheLastSlot(t *testing.T) {
	t.Parallel()
	table := newScheduled(Experiment{Schedule: Constant(10), Calls: 20, Blocks: 2, Arms: make([]Arm, 1)})
	assert.Equal(t, 0, table.stage(0).block())
	assert.Equal(t, 0, table.stage(9).block())
	assert.Equal(t, 1, table.stage(10).block())
	assert.Equal(t, 1, table.stage(19).block())

	late := newScheduled(Experiment{Schedule: Constant(10), Warmup: time.Second, Calls: 30, Blocks: 2, Arms: make([]Arm, 1)})
	assert.Equal(t, 0, late.stage(19).block())
	assert.Equal(t, 1, late.stage(20).block(), "after the warm-up")
}

// after is the clock of a run that has gone on for a time.
func after(d time.Duration) clock { return clock{time.Now().Add(-d)} }

func TestUnscheduledNotesTheFirstGroupOfEachBlock(t *testing.T) {
	t.Parallel()
	e := Experiment{Warmup: time.Second, Duration: 2 * time.Second, Blocks: 4, Arms: make([]Arm, 2)}
	table := newUnscheduled(e)
	for _, slot := range []struct {
		number uint64
		at     time.Duration
	}{
		{0, 0},
		{1, time.Second}, // a group belongs where it starts
		{2, time.Second},
		{3, time.Second},
		{4, 2100 * time.Millisecond},
		{5, 2100 * time.Millisecond}, // block 1 has no group
		{6, 2900 * time.Millisecond},
		{7, 3100 * time.Millisecond}, // a group is not cut by the end
	} {
		require.True(t, table.release(slot.number, after(slot.at)), "slot %d", slot.number)
	}
	assert.False(t, table.release(8, after(3*time.Second)), "the run is over")

	assert.Equal(t, results.WarmupBlock, table.stage(0).block())
	assert.Equal(t, 0, table.stage(1).block())
	assert.Equal(t, 2, table.stage(2).block())
	assert.Equal(t, 3, table.stage(3).block())
	assert.Equal(t, time.Second, table.due(2, time.Second), "due when it starts")
	assert.Equal(t, time.Second, table.patience(2*time.Second))
}

func TestUnscheduledByCalls(t *testing.T) {
	t.Parallel()
	table := newUnscheduled(Experiment{Calls: 5, Blocks: 3, Arms: make([]Arm, 2)})
	assert.Equal(t, uint64(10), table.hits())
	require.True(t, table.release(8, after(time.Hour)))
	assert.Equal(t, 0, table.stage(4).block(), "without a duration there is one block")
}
