package runner

import (
	"context"
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
	queue     *queue
	attended  *http.Response // what vegeta gets, always the same
}

func newObserver(ctx context.Context, e Experiment, c clock, q *queue) (*observer, error) {
	o := &observer{
		plan: e.Plan, timetable: newTimetable(e), order: order{seed: e.Seed, arms: uint64(len(e.Arms))}, queue: q,
		attended: &http.Response{Status: "200 OK", StatusCode: http.StatusOK, Body: http.NoBody},
	}
	for _, arm := range e.Arms {
		s, err := newSender(ctx, e, arm, c)
		if err != nil {
			return nil, err
		}
		o.senders = append(o.senders, s)
	}
	o.share(e)
	return o, nil
}

// share gives the arms of one target one session, and one back-off to those that
// obey it.
func (o *observer) share(e Experiment) {
	targets := make(map[string][]int)
	for i, arm := range e.Arms {
		targets[arm.Target.URL] = append(targets[arm.Target.URL], i)
	}
	for _, arms := range targets {
		session, quiet := e.Plan.NewSession(len(arms)), new(backOff)
		for index, i := range arms {
			o.senders[i].session, o.senders[i].index = session, index
			if e.Arms[i].Target.ObeyBackOff {
				o.senders[i].backOff = quiet
			}
		}
	}
}

// close ends what the senders hold open.
func (o *observer) close() {
	for _, s := range o.senders {
		s.close()
	}
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
	sample := results.Sample{Arm: sender.name, Block: block, Seq: slot, Call: group, Op: string(call.Op)}
	if block == results.WarmupBlock {
		sample.Phase = results.PhaseWarmup
	}
	act := sender.perform
	if !sender.admitted(o.timetable) {
		act = sender.withhold
	}
	if act(call, &sample) {
		sample.Due = o.timetable.due(slot, sample.Start)
		o.queue.put(sample)
	}
}
