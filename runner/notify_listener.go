package runner

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// listener is a client of one arm that listens to one group: it subscribes, holds a
// stream open, and asks again for what it was refused or has lost.
type listener struct {
	*lookout
	office *office
	group  *group
	arm    int
	sender *sender

	seats    []int         // of each member's Subscribe in the order of all
	round    time.Duration // from one round of asking to the next
	standing int           // how many seats there are

	mu      sync.Mutex
	ids     []string // of each member's subscription, "" for none
	end     context.CancelCauseFunc
	changed chan struct{} // there are new subscriptions
	streams uint64        // opened so far
}

func newListener(o *lookout, f *office, g *group, arm int) *listener {
	return &listener{
		lookout: o, office: f, group: g, arm: arm, sender: o.arms[arm],
		ids: make([]string, len(g.members)), changed: make(chan struct{}, 1),
	}
}

// run subscribes and listens until the context ends. It says that it is ready when
// the first stream is open or was refused.
func (l *listener) run(ctx context.Context, begin time.Duration, number int, ready func()) {
	var once sync.Once
	settled := func() { once.Do(ready) }
	defer settled()
	l.enlist(ctx, begin, 0)
	if !l.await(ctx, begin+time.Duration(l.standing+number)*l.spacing()) {
		return
	}
	var renewing sync.WaitGroup
	renewing.Go(func() { l.renew(ctx, begin) })
	defer renewing.Wait()
	for ctx.Err() == nil {
		ids := l.subscribed()
		if len(ids) == 0 {
			settled()
			if !l.wait(ctx) {
				return
			}
			continue
		}
		again := l.connect(ctx, ids, settled)
		settled()
		if !again && !l.await(ctx, l.clock.now()+l.Notify.Retry) {
			return
		}
	}
}

// wait returns when there are new subscriptions, false if the context ends before.
func (l *listener) wait(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-l.changed:
		return true
	}
}

// enlist asks for the subscriptions that there are not, each in its turn, the anchor's
// first: its answer brings the cookie that the others need. It says how many it got.
func (l *listener) enlist(ctx context.Context, begin time.Duration, round uint64) (gained int) {
	for i, box := range l.group.members {
		due := begin + time.Duration(l.seats[i])*l.spacing()
		if l.id(i) != "" || !l.await(ctx, due) || !l.sender.admitted(impatient{}) {
			continue
		}
		got := ""
		l.ask(l.sender, inquiry{
			body: ews.Subscribe{Streaming: &ews.Subscription{
				Folders: []ews.FolderID{{Distinguished: "inbox"}}, Events: []ews.EventType{ews.NewMailEvent, ews.CreatedEvent},
			}},
			box:   box,
			about: l.group.call(),
			id:    askSubscription + round<<32 + uint64(l.group.numbers[i]),
			due:   l.clock.now(), // those of a group wait for one another, which is no lateness
			learn: func(o ews.Outcome, answered *lane) {
				if o.OK() {
					got = ews.SubscriptionID(answered.answer)
				}
			},
		})
		if got != "" {
			l.keep(i, got)
			gained++
		}
	}
	return gained
}

// renew asks again, round by round, for what there is not.
func (l *listener) renew(ctx context.Context, begin time.Duration) {
	for round := uint64(1); ; round++ {
		at := begin + time.Duration(round)*l.round
		if at < l.clock.now()-l.round {
			continue
		}
		if !l.await(ctx, at) {
			return
		}
		if l.enlist(ctx, at, round) > 0 {
			l.news()
		}
	}
}

// news has the stream opened again, with the new subscriptions.
func (l *listener) news() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.end != nil {
		l.end(errRenewed)
	}
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

func (l *listener) id(i int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ids[i]
}

func (l *listener) keep(i int, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ids[i] = id
}

// subscribed are the subscriptions that there are.
func (l *listener) subscribed() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(l.ids), func(id string) bool { return id == "" })
}

// lose forgets subscriptions that are not there any more.
func (l *listener) lose(ids []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, id := range l.ids {
		if slices.Contains(ids, id) {
			l.ids[i] = ""
		}
	}
}

// impatient is a timetable without patience: what is forbidden now is asked for in
// the next round.
type impatient struct{ timetable }

func (impatient) patience(time.Duration) time.Duration { return 0 }
