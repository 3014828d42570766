package runner

import (
	"sort"
	"time"
)

// switchback is the timetable of a run in which one arm sends at a time.
//
// It has the groups of a run whose arms take turns, in the same blocks. But within
// a block it does not send the calls of a group together: it sends those of one
// arm, then those of the next, each in a period of its own. A period is as much
// shorter than the block as there are arms, and the groups of the block are due in
// it as many times faster: that is the full rate. Before the measured time the
// arms take turns.
type switchback struct {
	stages
	rounds
	deadline
	groups  Schedule // when each group would be due with the arms taking turns
	first   []uint64 // of each block: its first group; of the end: how many groups there are
	period  time.Duration
	washout time.Duration
}

func newSwitchback(e Experiment) *switchback {
	t := &switchback{
		stages: stagesOf(e), rounds: roundsOf(e), groups: groupsOf(e.Schedule, uint64(len(e.Arms))),
		period: e.period(), washout: e.Washout,
	}
	for block := range e.Blocks + 1 {
		t.first = append(t.first, dueBefore(t.groups, t.begins(block, 0)))
		if e.Calls > 0 {
			t.first[block] = min(t.first[block], e.Calls)
		}
	}
	t.deadline = deadline{count: t.hitsOf(t.first[e.Blocks]), last: t.end() + e.Timeout}
	return t
}

// groupsOf is when the groups of so many arms are due. Every so many of the slots
// are a group; but of arrivals at random they would no longer be at random, and
// are drawn anew.
func groupsOf(s Schedule, arms uint64) Schedule {
	switch s := s.(type) {
	case *poisson:
		return Poisson(s.rate/float64(arms), s.seed)
	case *tide:
		return s.shared(arms)
	}
	return sparse{s, arms}
}

// sparse is every so many slots of a schedule.
type sparse struct {
	Schedule
	by uint64
}

func (s sparse) At(n uint64) time.Duration { return s.Schedule.At(n * s.by) }

// begins is when a period of a block begins.
func (t *switchback) begins(block int, period uint64) time.Duration {
	return t.lead + t.period*time.Duration(block*int(t.order.arms)+int(period))
}

// blockOf is the block of a group, -1 before the first.
func (t *switchback) blockOf(group uint64) int {
	return sort.Search(len(t.first)-1, func(i int) bool { return t.first[i] > group }) - 1
}

// since is how long after the beginning of a period a group of the block is due.
func (t *switchback) since(block int, group uint64) time.Duration {
	return (t.groups.At(group) - t.begins(block, 0)) / time.Duration(t.order.arms)
}

func (t *switchback) stage(group uint64) stage {
	block := t.blockOf(group)
	switch {
	case block < 0:
		return t.at(t.groups.At(group))
	case t.since(block, group) < t.washout:
		return stageWashout
	}
	return stage(block)
}

// seat is a hit's place in the measured time: a period of a block, and the group.
type seat struct {
	block  int
	period uint64
	group  uint64
}

// seatOf says where a hit of the measured time sits: all of the shard's groups of
// the block have their turn in the first period, then all in the second.
func (t *switchback) seatOf(hit uint64) (s seat, measured bool) {
	s.block = t.blockOf(t.group(hit))
	if s.block < 0 {
		return seat{}, false
	}
	from, to := t.shard.groups(t.first[s.block]), t.shard.groups(t.first[s.block+1])
	nth := hit - from*t.order.arms
	s.period, s.group = nth/(to-from), t.shard.group(from+nth%(to-from))
	return s, true
}

func (t *switchback) turn(hit uint64) turn {
	s, measured := t.seatOf(hit)
	if !measured {
		return t.rounds.turn(hit)
	}
	from, to := t.first[s.block], t.first[s.block+1]
	return turn{
		slot:  from*t.order.arms + s.period*(to-from) + s.group - from,
		group: s.group,
		arm:   t.order.arm(uint64(s.block), s.period),
	}
}

func (t *switchback) due(hit uint64, _ time.Duration) time.Duration {
	if s, measured := t.seatOf(hit); measured {
		return t.begins(s.block, s.period) + t.since(s.block, s.group)
	}
	group := t.group(hit)
	at, next := t.groups.At(group), min(t.groups.At(group+1), t.lead)
	return at + (next-at)/time.Duration(t.order.arms)*time.Duration(hit%t.order.arms)
}

// release ends a run that is hopelessly behind. The calls of a group are far from
// one another: some are then sent by one arm alone, in a run that is invalid.
func (t *switchback) release(hit uint64, c clock) bool { return t.inTime(hit, c) }
