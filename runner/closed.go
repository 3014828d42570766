package runner

import (
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// workerEvery lies between the first requests of two workers: a server does not
// meet all of them at once.
const workerEvery = 10 * time.Millisecond

// work runs a closed plan: each arm has its workers, and each worker sends its
// next request when the last was answered. So an arm that is served faster sends
// more, and is further on in the plan. There is no schedule, no pair and nothing
// to be late for, which is why vegeta has no part in it.
func (o *observer) work(e Experiment, c clock) {
	var all sync.WaitGroup
	for arm := range e.Arms {
		for lane := range e.Plan.Workers() {
			w := worker{
				observer: o, sender: o.crew.arms[arm], clock: c, stages: stagesOf(e), think: e.Think, calls: e.Calls,
				arm: uint64(arm), arms: uint64(len(e.Arms)), next: uint64(lane), step: uint64(e.Plan.Workers()),
			}
			all.Go(func() { w.run(workerEvery * time.Duration(lane*len(e.Arms)+arm)) })
		}
	}
	all.Wait()
}

// worker sends the calls of one lane of a plan for one arm.
type worker struct {
	*observer
	sender     *sender
	clock      clock
	stages     stages
	think      time.Duration
	calls      uint64 // of the plan, after which the run ends; 0: no bound
	arm, arms  uint64
	next, step uint64 // the next call, and how far it is to the one after it
}

// run works until the time is over, having waited first.
func (w *worker) run(wait time.Duration) {
	for w.rest(wait) && (w.calls == 0 || w.next < w.calls) {
		wait = 0
		if w.attend() {
			wait = w.think
		}
		w.next += w.step
	}
}

// rest waits, and says whether the run goes on.
func (w *worker) rest(wait time.Duration) bool {
	if wait > 0 {
		select {
		case <-w.sender.lanes.ctx.Done():
		case <-time.After(wait):
		}
	}
	over := w.stages.duration > 0 && w.clock.now() >= w.stages.end()
	return !over && !w.sender.stopped()
}

// attend does the next call, and says whether there was anything to do.
func (w *worker) attend() bool {
	call, session := w.cells.plans[0].At(w.next), w.sender.sessions[0]
	if session.Idle(w.sender.arm, call) {
		return false
	}
	act := w.sender.perform
	if !w.sender.admitted(w.timetable) {
		act = w.sender.withhold
	}
	at := w.stages.at(w.clock.now())
	sample := results.Sample{
		Arm: w.sender.name, Block: at.block(), Phase: at.phase(), Seq: call.N*w.arms + w.arm, Call: call.N, Op: string(call.Op),
	}
	if act(errand{Call: call, session: session}, &sample) {
		sample.Due = sample.Start
		w.queue.put(sample)
	}
	return true
}
