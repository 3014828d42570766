package runner

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// tidyAfterInterrupt is how long clearing away may take once the run was interrupted.
const tidyAfterInterrupt = 5 * time.Second

// deletions is how many items one DeleteItem takes: as many as Microsoft recommends
// for a batch (MS docs: Mailbox synchronization and EWS in Exchange).
const deletions = 10

// tidy deletes the mails and ends the subscriptions, and says how many it could not:
// a run leaves a mailbox as it was. What it sends is no part of the run.
func (o *lookout) tidy(ctx context.Context) (left int) {
	errands := o.leavings()
	limit := o.Timeout + time.Duration(len(errands)+1)*max(o.spacing(), o.Timeout/100)
	if ctx.Err() != nil {
		limit = tidyAfterInterrupt
	}
	clearing, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	senders := map[*sender]*sender{}
	for _, x := range errands {
		if senders[x.by] == nil {
			senders[x.by] = x.by.again(clearing)
			defer senders[x.by].lanes.close()
		}
	}
	var done atomic.Int64
	o.paced(clearing, len(errands), func(i int, due time.Duration) {
		x := errands[i]
		x.due, x.quiet = due, true
		if o.ask(senders[x.by], x.inquiry) {
			done.Add(int64(x.things))
		}
	})
	for _, x := range errands {
		left += x.things
	}
	return left - int(done.Load())
}

// leaving is what clears something away.
type leaving struct {
	inquiry
	by     *sender
	things int
}

// leavings are all of them: subscriptions first, so that nobody hears of deletions.
func (o *lookout) leavings() (all []leaving) {
	number := uint64(0)
	add := func(by *sender, q inquiry, things int) {
		q.id = number + askEnd
		number++
		all = append(all, leaving{q, by, things})
	}
	for _, l := range o.listeners {
		for i, id := range l.ids {
			if id != "" {
				add(l.sender, inquiry{body: ews.Unsubscribe{ID: id}, box: l.group.members[i], about: l.group.call()}, 1)
			}
		}
	}
	for _, office := range o.offices {
		for _, box := range o.Plan.Mailboxes() {
			ids := office.board.created[box]
			for len(ids) > 0 {
				batch := ids[:min(deletions, len(ids))]
				ids = ids[len(batch):]
				body := ews.DeleteItem{Disposal: ews.HardDelete}
				for _, id := range batch {
					body.Items = append(body.Items, ews.ItemRef{ID: id})
				}
				add(office.mailer, inquiry{body: body, box: box, about: scenarios.Call{Mailbox: box}}, len(batch))
			}
		}
	}
	return all
}

// again is a sender like s that goes on in another context, with the same cookies.
func (s *sender) again(ctx context.Context) *sender {
	other := *s
	other.lanes, other.counts, other.own = &lanes{ctx: ctx, timeout: s.lanes.timeout}, new(counts), nil
	return &other
}
