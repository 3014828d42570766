package runner

import "time"

// timetable says what each slot is for, when it is due, and where the run ends.
// Slots are asked for by the hits of vegeta: hit n is the nth slot of this shard.
type timetable interface {
	// hits is how many slots the shard has at most.
	hits() uint64
	// turn is what a slot is for.
	turn(hit uint64) turn
	// stage is the stage of a group, also of another shard's.
	stage(group uint64) stage
	// release is asked by the pacer, hit by hit, whether it may let it go now.
	release(hit uint64, c clock) bool
	// due is when a slot that started at a time had been due.
	due(hit uint64, start time.Duration) time.Duration
	// patience is how long a slot may be put off at a time: a slot with a due
	// time cannot be.
	patience(now time.Duration) time.Duration
	// unsent is how many slots were due but not let go, once the run is over.
	unsent() uint64
}

// turn says who sends what in a slot.
type turn struct {
	slot  uint64 // the slot's number in the run of all shards
	group uint64 // ordinal of the call in the plan
	arm   int
}

func newTimetable(e Experiment) timetable {
	switch {
	case e.Schedule == nil:
		return newUnscheduled(e)
	case e.Assign == AssignSwitchback:
		return newSwitchback(e)
	}
	return newScheduled(e)
}

// rounds are slots in which the arms take turns: those of a group follow one
// another, in an order drawn for the group.
type rounds struct {
	order order
	shard Shard
}

func roundsOf(e Experiment) rounds {
	return rounds{order: order{seed: e.Seed, arms: uint64(len(e.Arms))}, shard: e.Shard}
}

// hitsOf is how many hits so many groups of the run take in this shard.
func (r rounds) hitsOf(groups uint64) uint64 { return r.shard.groups(groups) * r.order.arms }

func (r rounds) group(hit uint64) uint64 { return r.shard.group(hit / r.order.arms) }

// slot is the number of a hit's slot in the run of all shards.
func (r rounds) slot(hit uint64) uint64 { return r.group(hit)*r.order.arms + hit%r.order.arms }

func (r rounds) turn(hit uint64) turn {
	group := r.group(hit)
	return turn{slot: r.slot(hit), group: group, arm: r.order.arm(group, hit%r.order.arms)}
}
