package runner

import (
	"sync/atomic"
	"time"
)

// unscheduled is the timetable of a run as fast as the workers allow. The pacer
// lets the slots go one after the other, so it is the pacer that sees in which
// stage a group starts: it notes the first group of each. Reading the notes needs
// no lock: a group is asked for only after it was let go.
type unscheduled struct {
	stages
	rounds
	count   uint64
	stop    time.Duration
	current stage           // of the last group that was let go; the pacer's own
	first   []atomic.Uint64 // of the stages after the warm-up: their first group, noGroup if there is none yet
}

const noGroup = ^uint64(0)

func newUnscheduled(e Experiment) *unscheduled {
	t := &unscheduled{
		stages: stagesOf(e), rounds: roundsOf(e), count: maxSlots, stop: never,
		current: stageWarmup, first: make([]atomic.Uint64, e.Blocks+1),
	}
	if e.Calls > 0 {
		t.count = t.hitsOf(e.Calls)
	}
	if e.Duration > 0 {
		t.stop = t.end()
	}
	for i := range t.first {
		t.first[i].Store(noGroup)
	}
	return t
}

func (t *unscheduled) hits() uint64                                    { return t.count }
func (t *unscheduled) unsent() uint64                                  { return 0 }
func (t *unscheduled) patience(now time.Duration) time.Duration        { return t.stop - now }
func (t *unscheduled) due(_ uint64, start time.Duration) time.Duration { return start }

// note is where the first group of a stage after the warm-up is noted.
func (t *unscheduled) note(s stage) *atomic.Uint64 { return &t.first[s-stageAA] }

// release ends the run between two groups, never within one.
func (t *unscheduled) release(hit uint64, c clock) bool {
	if hit%t.order.arms != 0 {
		return true
	}
	now := c.now()
	if now >= t.stop {
		return false
	}
	for at := t.at(now); t.current < at; {
		t.current++
		t.note(t.current).Store(t.group(hit))
	}
	return true
}

func (t *unscheduled) stage(group uint64) stage {
	for s := stage(t.blocks - 1); s > stageWarmup; s-- {
		if t.note(s).Load() <= group {
			return s
		}
	}
	return stageWarmup
}
