package runner

import (
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// timetable says when each slot is due, where the run ends, and which block a
// group belongs to.
type timetable interface {
	// slots is how many slots the run has at most.
	slots() uint64
	// release is asked by the pacer, slot by slot, whether it may let the slot
	// go now.
	release(slot uint64, c clock) bool
	// due is when a slot that started at a time had been due.
	due(slot uint64, start time.Duration) time.Duration
	// patience is how long a slot may be put off at a time: a slot with a due
	// time cannot be.
	patience(now time.Duration) time.Duration
	// block is the block of a group, results.WarmupBlock in the warm-up.
	block(group uint64) int
	// unsent is how many slots were due but not let go, once the run is over.
	unsent() uint64
}

func newTimetable(e Experiment) timetable {
	if e.Schedule == nil {
		return newUnscheduled(e)
	}
	return newScheduled(e)
}

// measured is the measured time, cut into blocks of equal length.
type measured struct {
	warmup, duration time.Duration
	blocks           int
}

// at is the block of a time since the run's start: -1 in the warm-up.
func (m measured) at(t time.Duration) int {
	switch {
	case t < m.warmup:
		return results.WarmupBlock
	case m.duration <= 0:
		return 0
	}
	share := float64(t-m.warmup) / float64(m.duration)
	return min(int(share*float64(m.blocks)), m.blocks-1)
}

// scheduled is the timetable of a run with a schedule: all of it is known
// before the run begins.
type scheduled struct {
	Schedule
	measured
	arms  uint64
	count uint64
	last  time.Duration // no group is let go at this time or later
	left  uint64        // slots that were not let go; the pacer's own until the run is over
}

func newScheduled(e Experiment) *scheduled {
	t := &scheduled{
		Schedule: e.Schedule, measured: measured{e.Warmup, e.Duration, e.Blocks},
		arms: uint64(len(e.Arms)), last: never,
	}
	t.count = e.Calls * t.arms
	if e.Duration == 0 {
		t.duration = max(e.Schedule.At(t.count-1)-e.Warmup, 0)
		return t
	}
	end := e.Warmup + e.Duration
	t.last = end + e.Timeout
	due := dueBefore(e.Schedule, end)
	due -= due % t.arms // a call is sent by every arm or by none
	if e.Calls == 0 || due < t.count {
		t.count = due
	}
	return t
}

func (t *scheduled) slots() uint64                                  { return t.count }
func (t *scheduled) due(slot uint64, _ time.Duration) time.Duration { return t.At(slot) }
func (t *scheduled) patience(time.Duration) time.Duration           { return 0 }
func (t *scheduled) block(group uint64) int                         { return t.at(t.At(group * t.arms)) }
func (t *scheduled) unsent() uint64                                 { return t.left }

// release ends a run that is hopelessly behind between two groups.
func (t *scheduled) release(slot uint64, c clock) bool {
	if slot%t.arms == 0 && c.now() >= t.last {
		t.left = t.count - slot
		return false
	}
	return true
}

// unscheduled is the timetable of a run as fast as the workers allow. The pacer
// lets the slots go one after the other, so it is the pacer that sees in which
// block a group starts: it notes the first group of each block. Reading the
// notes needs no lock: a group is asked for only after it was let go.
type unscheduled struct {
	measured
	arms, count uint64
	end         time.Duration
	current     int             // block of the last group that was let go, -1 in the warm-up; the pacer's own
	first       []atomic.Uint64 // by block: its first group, noGroup if there is none yet
}

const noGroup = ^uint64(0)

func newUnscheduled(e Experiment) *unscheduled {
	t := &unscheduled{
		measured: measured{e.Warmup, e.Duration, e.Blocks}, arms: uint64(len(e.Arms)),
		count: maxSlots, end: never, current: results.WarmupBlock, first: make([]atomic.Uint64, e.Blocks),
	}
	if e.Calls > 0 {
		t.count = e.Calls * t.arms
	}
	if e.Duration > 0 {
		t.end = e.Warmup + e.Duration
	}
	for i := range t.first {
		t.first[i].Store(noGroup)
	}
	return t
}

func (t *unscheduled) slots() uint64                                   { return t.count }
func (t *unscheduled) unsent() uint64                                  { return 0 }
func (t *unscheduled) patience(now time.Duration) time.Duration        { return t.end - now }
func (t *unscheduled) due(_ uint64, start time.Duration) time.Duration { return start }

// release ends the run between two groups, never within one.
func (t *unscheduled) release(slot uint64, c clock) bool {
	if slot%t.arms != 0 {
		return true
	}
	now := c.now()
	if now >= t.end {
		return false
	}
	for block := t.at(now); t.current < block; {
		t.current++
		t.first[t.current].Store(slot / t.arms)
	}
	return true
}

func (t *unscheduled) block(group uint64) int {
	for block := len(t.first) - 1; block >= 0; block-- {
		if t.first[block].Load() <= group {
			return block
		}
	}
	return results.WarmupBlock
}
