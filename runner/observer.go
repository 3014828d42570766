package runner

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/ewsbench/ewsbench/results"
)

// seqHeader is where vegeta writes the number of a hit. Numbers are contiguous
// from 0 and given out in the order in which hits start, so that hit n is never
// before the nth slot was let go.
const seqHeader = "X-Vegeta-Seq"

// observer is the http.RoundTripper inside vegeta's client. A hit of vegeta is
// but the occasion: the observer makes the request of the slot, sends it by the
// arm's own transport, judges the answer and queues the sample. vegeta's request
// and its headers never leave the process.
type observer struct {
	timetable timetable
	cells     cells
	crew      *crew
	queue     *queue
	attended  *http.Response // what vegeta gets, always the same
}

func newObserver(ctx context.Context, e Experiment, c clock, q *queue) (*observer, error) {
	o := &observer{
		timetable: newTimetable(e), queue: q,
		attended: &http.Response{Status: "200 OK", StatusCode: http.StatusOK, Body: http.NoBody},
	}
	var err error
	if o.cells, err = newCells(e, o.timetable); err != nil {
		return nil, err
	}
	o.crew, err = newCrew(ctx, e, o.cells.plans, c)
	return o, err
}

// RoundTrip implements http.RoundTripper.
func (o *observer) RoundTrip(r *http.Request) (*http.Response, error) {
	hit, err := hitOf(r.Header)
	if err != nil {
		return nil, err
	}
	o.attend(hit)
	return o.attended, nil
}

func hitOf(header http.Header) (uint64, error) {
	values := header[seqHeader]
	if len(values) != 1 {
		return 0, fmt.Errorf("runner: hit without %s", seqHeader)
	}
	return strconv.ParseUint(values[0], 10, 64)
}

// attend does what is due in the slot of a hit.
func (o *observer) attend(hit uint64) {
	turn := o.timetable.turn(hit)
	at := o.timetable.stage(turn.group)
	sender := o.crew.of(turn.arm, at)
	if sender.stopped() {
		return
	}
	cell := o.cells.of(turn.arm, turn.group)
	call := o.cells.plans[cell].At(turn.group)
	sample := results.Sample{
		Arm: sender.name, Block: at.block(), Phase: at.phase(), Seq: turn.slot, Call: turn.group, Op: string(call.Op),
	}
	act := sender.perform
	if !sender.admitted(o.timetable) {
		act = sender.withhold
	}
	if act(errand{Call: call, session: sender.sessions[cell]}, &sample) {
		sample.Due = o.timetable.due(hit, sample.Start)
		o.queue.put(sample)
	}
}
