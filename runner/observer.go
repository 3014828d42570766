package runner

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// seqHeader is where vegeta writes the number of a hit. Numbers are contiguous
// from 0 and given out in the order in which hits start, so that hit n is never
// before slot n was let go: they are the slots.
const seqHeader = "X-Vegeta-Seq"

// observer is the http.RoundTripper inside vegeta's client. A hit of vegeta is
// but the occasion: the observer makes the request of the slot, sends it by the
// arm's own transport, judges the answer and queues the sample. vegeta's request
// and its headers never leave the process.
type observer struct {
	plan      *scenarios.Plan
	timetable timetable
	order     order
	senders   []*sender // by arm
	clock     clock
	queue     *queue
	attended  *http.Response // what vegeta gets, always the same
}

// RoundTrip implements http.RoundTripper.
func (o *observer) RoundTrip(hit *http.Request) (*http.Response, error) {
	slot, err := slotOf(hit.Header)
	if err != nil {
		return nil, err
	}
	o.attend(slot)
	return o.attended, nil
}

func slotOf(header http.Header) (uint64, error) {
	values := header[seqHeader]
	if len(values) != 1 {
		return 0, fmt.Errorf("runner: hit without %s", seqHeader)
	}
	return strconv.ParseUint(values[0], 10, 64)
}

// attend does what is due in a slot.
func (o *observer) attend(slot uint64) {
	arms := uint64(len(o.senders))
	group, place := slot/arms, slot%arms
	sender := o.senders[o.order.arm(group, place)]
	if sender.stopped() {
		return
	}
	call := o.plan.At(group)
	block := o.timetable.block(group)
	sample := results.Sample{
		Arm: sender.name, Block: block, Warmup: block == results.WarmupBlock,
		Seq: slot, Call: group, Op: string(call.Op),
	}
	act := sender.perform
	if !sender.admitted(o.timetable.patience(o.clock.now())) {
		act = sender.withhold
	}
	if act(call, &sample) {
		sample.Due = o.timetable.due(slot, sample.Start)
		o.queue.put(sample)
	}
}
