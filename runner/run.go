package runner

import (
	"context"
	"math"
	"net/http"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/ewsbench/ewsbench/results"
)

// Stats is what is known about a run besides its samples.
type Stats struct {
	Started, Ended time.Time     // wall clock
	Arms           []ArmStats    // in the order of the experiment
	Interrupted    bool          // the context ended before the run did
	Unsent         uint64        // slots never sent, because the run was a timeout behind at its end
	Queue          results.Queue // how far the sink fell behind the load
	Setup          time.Duration // of notifications: what came before the experiment's warm-up, part of it in the samples' times
	// Groups says how the mailboxes of a run of notifications were put together, and
	// Advice what to try about those that Autodiscover did not place, by name.
	Groups []results.Groups
	Advice []string
	Left   int // of notifications: mails that could not be deleted, and subscriptions that could not be ended
}

// ArmStats counts what one arm did, its warm-up included.
type ArmStats struct {
	Name      string
	Sent      int64 // requests with a sample, whatever came of them
	Opened    int64 // requests that met a new connection
	Reused    int64 // requests that met one used before
	ChainLate int64 // requests sent before the answer was there that they depend on
	Withheld  int64 // calls not sent because the target had asked for quiet
}

// Run runs an experiment and puts its samples into the sink in the order in
// which they ended. It returns when the last answer was read and stored.
//
// A load that cannot be kept is not sent for ever: what has not started one
// timeout after the duration is over is counted as unsent.
//
// When the context ends, the run ends at once: requests under way are given up
// and leave no sample, what was sampled before is stored, and the statistics
// say Interrupted, without an error. An error of the sink ends the run and is
// returned. The statistics are valid in any case.
func Run(ctx context.Context, e Experiment, sink results.Sink) (Stats, error) {
	e, err := e.Normalized()
	if err != nil {
		return Stats{}, err
	}
	if e.Notify != nil {
		return runNotify(ctx, e, sink)
	}
	running, fail := context.WithCancelCause(ctx)
	defer fail(nil)

	clock := clock{time.Now()}
	queue := newQueue(sink, e.Observe, fail, clock)
	o, err := newObserver(running, e, clock, queue)
	if err != nil {
		return Stats{}, err
	}
	defer o.crew.close()

	drained := make(chan error, 1)
	go func() { drained <- queue.drain() }()
	if e.Plan.Workers() > 0 {
		o.work(e, clock)
	} else {
		drive(running, e, o.timetable, o, clock)
	}
	interrupted := ctx.Err() != nil
	queue.close()
	err = <-drained
	if !interrupted && running.Err() != nil {
		err = context.Cause(running)
	}
	stats := o.stats(clock.start, interrupted)
	stats.Queue = queue.behind()
	return stats, err
}

// drive has vegeta start every slot of a timetable, each for a round trip, and
// returns when all are done.
func drive(ctx context.Context, e Experiment, t timetable, attend http.RoundTripper, c clock) {
	workers, limit := uint64(vegeta.DefaultWorkers), uint64(math.MaxUint64)
	if e.MaxWorkers > 0 {
		limit = uint64(e.MaxWorkers)
	}
	if e.Schedule == nil {
		workers = limit
	}
	attacker := vegeta.NewAttacker(
		vegeta.Client(&http.Client{Transport: attend}), vegeta.Workers(workers), vegeta.MaxWorkers(limit))
	stop := context.AfterFunc(ctx, func() { attacker.Stop() })
	defer stop()
	pacer := newPacer(ctx, t, e.Schedule, c)
	for range attacker.Attack(placeholder, pacer, 0, "") {
		// Each result only says that a slot was attended. A channel that is not
		// drained holds the workers up.
	}
}

// placeholder is vegeta's Targeter. The URL is never asked for.
func placeholder(t *vegeta.Target) error {
	t.Method, t.URL = http.MethodGet, "http://slot"
	return nil
}

func (o *observer) stats(started time.Time, interrupted bool) Stats {
	s := Stats{Started: started, Ended: time.Now(), Interrupted: interrupted, Unsent: o.timetable.unsent()}
	for _, sender := range o.crew.arms {
		s.Arms = append(s.Arms, sender.stats())
	}
	return s
}

// stats are what the arm has done so far.
func (s *sender) stats() ArmStats {
	c := s.counts
	return ArmStats{
		Name: s.name, Sent: c.sent.Load(), Opened: c.opened.Load(), Reused: c.reused.Load(),
		ChainLate: c.late.Load(), Withheld: c.withheld.Load(),
	}
}
