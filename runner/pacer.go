package runner

import (
	"context"
	"time"
)

// pacer lets vegeta's hits go when their slots are due. It waits itself rather
// than have vegeta wait: vegeta's own wait cannot be cut short.
type pacer struct {
	timetable timetable
	schedule  Schedule // nil: no waiting
	clock     clock
	stop      <-chan struct{}
	timer     *time.Timer
}

func newPacer(ctx context.Context, t timetable, s Schedule, c clock) *pacer {
	return &pacer{timetable: t, schedule: s, clock: c, stop: ctx.Done(), timer: time.NewTimer(never)}
}

// Pace implements vegeta.Pacer. vegeta calls it from one goroutine, for one hit
// after the other.
func (p *pacer) Pace(_ time.Duration, hits uint64) (wait time.Duration, stop bool) {
	if hits >= p.timetable.hits() {
		return 0, true
	}
	if !p.await(hits) {
		return 0, true
	}
	return 0, !p.timetable.release(hits, p.clock)
}

// await returns when the slot of a hit is due, false if the run was stopped before.
func (p *pacer) await(hit uint64) bool {
	wait := time.Duration(0)
	if p.schedule != nil {
		wait = p.timetable.due(hit, 0) - p.clock.now()
	}
	if wait <= 0 {
		select {
		case <-p.stop:
			return false
		default:
			return true
		}
	}
	p.timer.Reset(wait)
	select {
	case <-p.stop:
		return false
	case <-p.timer.C:
		return true
	}
}

// Rate implements vegeta.Pacer.
func (p *pacer) Rate(elapsed time.Duration) float64 {
	if p.schedule == nil {
		return 0
	}
	return p.schedule.Rate(elapsed)
}
