package runner

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

const (
	// drainEvery is how long a sample waits in the queue at most, if the sink
	// keeps up. One wake-up for many samples costs the load less than one each.
	drainEvery = 50 * time.Millisecond
	// flushEvery is how often a sink that buffers is flushed. With the wait in
	// the queue a killed run loses less than its last second.
	flushEvery = 900 * time.Millisecond
	// maxQueued bounds the memory that a slow sink can cost, to about 100 MB.
	maxQueued = 1 << 19
)

// flusher is a sink that holds samples back.
type flusher interface{ Flush() error }

// queue takes samples from the workers and hands them to the sink, so that a
// slow sink does not slow the load. Workers never wait for the sink.
type queue struct {
	sink    results.Sink
	observe func(results.Sample)    // nil: nobody looks
	fail    context.CancelCauseFunc // stops the run
	clock   clock
	closed  chan struct{}
	backlog backlog // drain's own until it has returned

	mu        sync.Mutex
	pending   []results.Sample
	highWater int // most samples that were ever pending
}

func newQueue(sink results.Sink, observe func(results.Sample), fail context.CancelCauseFunc, c clock) *queue {
	return &queue{sink: sink, observe: observe, fail: fail, clock: c, closed: make(chan struct{})}
}

// put queues a sample. A sink that is hopelessly behind ends the run: dropping
// samples would be a lie, waiting would be a lower load.
func (q *queue) put(s results.Sample) {
	q.mu.Lock()
	behind := len(q.pending)
	if behind < maxQueued {
		q.pending = append(q.pending, s)
	}
	q.mu.Unlock()
	if behind == maxQueued {
		q.fail(fmt.Errorf("store samples: %d of them are waiting: use a faster disk or a lower rate", behind))
	}
}

// take swaps the queued samples for an empty buffer.
func (q *queue) take(empty []results.Sample) []results.Sample {
	q.mu.Lock()
	defer q.mu.Unlock()
	taken := q.pending
	q.highWater = max(q.highWater, len(taken))
	q.pending = empty[:0]
	return taken
}

// drain hands samples to the sink until the queue is closed and empty, or until
// the sink fails: then it stops the run. A sink's own error says what it could
// not do.
func (q *queue) drain() error {
	err := q.pump()
	if err != nil {
		q.fail(err)
	}
	return err
}

func (q *queue) pump() error {
	tick := time.NewTicker(drainEvery)
	defer tick.Stop()
	var batch []results.Sample
	flushed := time.Now()
	for open := true; open; {
		select {
		case <-tick.C:
		case <-q.closed:
			open = false
		}
		batch = q.take(batch)
		if err := q.hand(batch); err != nil {
			return err
		}
		if open && time.Since(flushed) < flushEvery {
			continue
		}
		if err := q.flush(); err != nil {
			return err
		}
		flushed = time.Now()
	}
	return nil
}

func (q *queue) hand(batch []results.Sample) error {
	for _, s := range batch {
		q.backlog.handed(s.End, q.clock.now())
		if q.observe != nil {
			q.observe(s)
		}
		if err := q.sink.Put(s); err != nil {
			return err
		}
	}
	return nil
}

func (q *queue) flush() error {
	if f, ok := q.sink.(flusher); ok {
		return f.Flush()
	}
	return nil
}

// close ends drain once everything queued was handed over. Nothing may be put
// afterwards.
func (q *queue) close() { close(q.closed) }

// behind is how far the sink fell behind, once drain has returned.
func (q *queue) behind() results.Queue {
	return results.Queue{HighWater: q.highWater, Behind: q.backlog.spans}
}
