package runner

import "time"

// scheduled is the timetable of a run with a schedule: all of it is known before
// the run begins.
type scheduled struct {
	Schedule
	stages
	rounds
	deadline
}

func newScheduled(e Experiment) *scheduled {
	t := &scheduled{Schedule: e.Schedule, stages: stagesOf(e), rounds: roundsOf(e)}
	arms := t.order.arms
	if e.Duration == 0 {
		t.deadline = deadline{count: t.hitsOf(e.Calls), last: never}
		t.duration = max(e.Schedule.At(e.Calls*arms-1)-t.lead, 0)
		return t
	}
	groups := dueBefore(e.Schedule, t.end()) / arms // a call is sent by every arm or by none
	if e.Calls > 0 {
		groups = min(groups, e.Calls)
	}
	t.deadline = deadline{count: t.hitsOf(groups), last: t.end() + e.Timeout}
	return t
}

func (t *scheduled) due(hit uint64, _ time.Duration) time.Duration { return t.At(t.slot(hit)) }
func (t *scheduled) stage(group uint64) stage                      { return t.at(t.At(group * t.order.arms)) }

// release ends a run that is hopelessly behind between two groups.
func (t *scheduled) release(hit uint64, c clock) bool {
	return hit%t.order.arms != 0 || t.inTime(hit, c)
}

// deadline is where a run with due times ends: after so many hits, or when it is
// hopelessly behind.
type deadline struct {
	count uint64        // hits
	last  time.Duration // nothing is let go at this time or later
	left  uint64        // hits that were not let go; the pacer's own until the run is over
}

func (d *deadline) hits() uint64                         { return d.count }
func (d *deadline) unsent() uint64                       { return d.left }
func (d *deadline) patience(time.Duration) time.Duration { return 0 }

func (d *deadline) inTime(hit uint64, c clock) bool {
	if c.now() < d.last {
		return true
	}
	d.left = d.count - hit
	return false
}
