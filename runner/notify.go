package runner

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// Notify is an experiment with notifications (docs/adr/0006). Before the load every
// arm subscribes to each mailbox, group by group, and opens a stream for each group;
// streams are held open beside vegeta, whose hits are mails. Each mail is a sample of
// every arm: due when the mail was, and at its end when the arm's stream told of it.
type Notify struct {
	GroupSize int // mailboxes whose subscriptions are kept together; 0: scenarios.MaxGroup
	// Groups says by what mailboxes belong together; empty: scenarios.GroupsAuto.
	Groups   scenarios.GroupsBy
	Patience time.Duration // after its mail was due a notification is missed; 0: DefaultTimeout
	Retry    time.Duration // what was refused is asked for again; 0: Patience
	// Calls bounds, in requests/s over all arms, what is sent beside the mails. 0:
	// no bound.
	Calls float64
}

// Setup is about how long it takes before the load begins: what it takes to form
// groups, if Autodiscover has an answer, and a Subscribe for each mailbox in each arm.
func (n *Notify) Setup(mailboxes, arms int) time.Duration {
	if n == nil || n.Calls <= 0 {
		return 0
	}
	calls := (mailboxes + usersAtOnce - 1) / usersAtOnce
	if n.Groups == scenarios.GroupsServer {
		calls = mailboxes
	}
	return seconds(float64(calls+mailboxes*arms) / n.Calls)
}

// Mailer is in the place of an arm in samples of what serves all arms: the mails,
// and finding out which mailboxes belong together.
const Mailer = "mailer"

// BesideOps are the operations of samples that no schedule asks for, in an experiment
// with notifications.
func BesideOps() []string {
	var ops []string
	for _, op := range append(scenarios.NotifyOps()[1:], ews.OpGetUserSettings, ews.OpGetFolder) {
		ops = append(ops, string(op))
	}
	return ops
}

var errNotify = errors.New("runner: notifications need a schedule and the assignment request, without an A/A phase or shards")

// notifying is the part of Normalized that is about notifications.
func (e Experiment) notifying() (Experiment, error) {
	if e.Assign == "" {
		e.Assign = AssignRequest
	}
	if e.Schedule == nil || e.Assign != AssignRequest || e.AA > 0 || e.Shard != (Shard{}) {
		return e, errNotify
	}
	n := *e.Notify
	if n.GroupSize <= 0 || n.GroupSize > scenarios.MaxGroup {
		n.GroupSize = scenarios.MaxGroup
	}
	if n.Groups == "" {
		n.Groups = scenarios.GroupsAuto
	}
	if n.Patience <= 0 {
		n.Patience = DefaultTimeout
	}
	if n.Retry <= 0 {
		n.Retry = n.Patience
	}
	e.Notify = &n
	return e, nil
}

// lookout is a run with notifications.
type lookout struct {
	Experiment
	clock     clock
	queue     *queue
	arms      []*sender
	offices   []*office   // one for each target
	listeners []*listener // of each group in each arm
	stages    atomic.Pointer[stages]
	beside    atomic.Uint64 // samples that no schedule asked for
	timetable timetable     // of the mails, once the load begins
	unsettled sync.WaitGroup
}

// office is where the mail of one target is posted.
type office struct {
	*lookout
	mailer *sender
	guide  *sender // to Autodiscover
	board  *board
	groups []*group
	arms   []int // those that listen here
}

// runNotify is Run for an experiment with notifications.
func runNotify(ctx context.Context, e Experiment, sink results.Sink) (Stats, error) {
	running, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	c := clock{time.Now()}
	o := &lookout{Experiment: e, clock: c, queue: newQueue(sink, e.Observe, fail, c)}
	if err := o.open(running); err != nil {
		return Stats{}, err
	}
	defer o.close()
	drained := make(chan error, 1)
	go func() { drained <- o.queue.drain() }()

	stats := Stats{Started: c.start}
	failed := o.attend(running, &stats)
	stats.Interrupted = ctx.Err() != nil
	stats.Ended = time.Now()
	stats.Left = o.tidy(ctx)
	o.queue.close()
	err := cmp.Or(failed, <-drained)
	if !stats.Interrupted && running.Err() != nil {
		err = context.Cause(running)
	}
	for _, s := range o.arms {
		stats.Arms = append(stats.Arms, s.stats())
	}
	stats.Queue = o.queue.behind()
	return stats, err
}

// attend listens, has the mails sent, and ends the streams.
func (o *lookout) attend(ctx context.Context, stats *Stats) error {
	err := o.gather(ctx, stats)
	if err != nil {
		return err
	}
	stop := o.listen(ctx)
	defer stop()
	stats.Setup = o.clock.now()
	o.load(ctx, stats.Setup)
	stats.Unsent = o.timetable.unsent()
	return nil
}

// open makes the senders of the arms, and an office for each target.
func (o *lookout) open(ctx context.Context) error {
	byURL := map[string]*office{}
	grounds := map[string]*ground{}
	for i, arm := range o.Arms {
		url := arm.Target.URL
		if byURL[url] == nil {
			grounds[url] = newGround([]*scenarios.Plan{o.Plan}, 1)
			post := arm
			post.Name, post.Anchor, post.Affinity = Mailer, scenarios.AnchorCorrect, false
			mailer, err := newSender(ctx, o.Experiment, post, o.clock)
			if err != nil {
				return err
			}
			mailer.join(grounds[url], 0, arm.Target.ObeyBackOff)
			guide, err := newGuide(ctx, o.Experiment, post, o.clock)
			if err != nil {
				return err
			}
			byURL[url] = &office{lookout: o, mailer: mailer, guide: guide, board: newBoard(o)}
			o.offices = append(o.offices, byURL[url])
		}
		s, err := newSender(ctx, o.Experiment, arm, o.clock)
		if err != nil {
			return err
		}
		s.join(grounds[url], 0, arm.Target.ObeyBackOff)
		o.arms = append(o.arms, s)
		byURL[url].arms = append(byURL[url].arms, i)
	}
	return nil
}

func (o *lookout) close() {
	for _, s := range o.arms {
		s.close()
	}
	for _, office := range o.offices {
		office.mailer.close()
		office.guide.close()
	}
}

// gather has every office form its groups.
func (o *lookout) gather(ctx context.Context, stats *Stats) error {
	for _, office := range o.offices {
		if err := office.group(ctx, stats); err != nil {
			return err
		}
	}
	return nil
}

// listen subscribes, and opens the streams. It returns when every group of every arm
// has a stream or was refused, with the function that ends them.
func (o *lookout) listen(ctx context.Context) (stop func()) {
	for _, office := range o.offices {
		for _, g := range office.groups {
			for _, arm := range office.arms {
				o.listeners = append(o.listeners, newListener(o, office, g, arm))
			}
		}
	}
	o.seat()
	listening, cancel := context.WithCancel(ctx)
	var ready, gone sync.WaitGroup
	begin := o.clock.now() + o.spacing()
	for i, l := range o.listeners {
		ready.Add(1)
		gone.Go(func() { l.run(listening, begin, i, ready.Done) })
	}
	ready.Wait()
	return func() {
		cancel()
		gone.Wait()
	}
}

// seat gives every subscription its place in the order in which they are asked for:
// the first mailboxes of all groups in all arms, then the second ones.
func (o *lookout) seat() {
	next, seated := 0, true
	for place := 0; seated; place++ {
		seated = false
		for _, l := range o.listeners {
			if place < len(l.group.members) {
				l.seats = append(l.seats, next)
				next, seated = next+1, true
			}
		}
	}
	for _, l := range o.listeners {
		l.round = max(o.Notify.Retry, time.Duration(next)*o.spacing())
		l.standing = next
	}
}

// spacing is the time between requests beside the mails.
func (o *lookout) spacing() time.Duration {
	if o.Notify.Calls <= 0 {
		return 0
	}
	return seconds(1 / o.Notify.Calls)
}

// await returns at a time of the run, false if the context ends before.
func (o *lookout) await(ctx context.Context, at time.Duration) bool {
	wait := at - o.clock.now()
	if wait <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// load has the mails sent, and returns when each was told of in every arm, or missed.
func (o *lookout) load(ctx context.Context, setup time.Duration) {
	m := o.Experiment
	m.Arms, m.Warmup = o.Arms[:1], o.Warmup+setup
	m.Schedule = later{groupsOf(o.Schedule, uint64(len(o.Arms))), setup}
	o.timetable = newTimetable(m)
	measured := stagesOf(m)
	o.stages.Store(&measured)
	drive(ctx, m, o.timetable, postman{o}, o.clock)
	settled := make(chan struct{})
	go func() {
		o.unsettled.Wait()
		close(settled)
	}()
	select {
	case <-settled:
	case <-ctx.Done():
		for _, office := range o.offices {
			office.board.abandon()
		}
		<-settled
	}
}

// later is a schedule that begins later.
type later struct {
	Schedule
	by time.Duration
}

func (l later) At(n uint64) time.Duration {
	at := l.Schedule.At(n)
	if at > never-l.by {
		return never
	}
	return at + l.by
}

func (l later) Rate(t time.Duration) float64 { return l.Schedule.Rate(t - l.by) }

// put queues a sample that no schedule asked for.
func (o *lookout) put(s results.Sample) {
	at := stageWarmup
	if measured := o.stages.Load(); measured != nil {
		at = measured.at(s.Due)
	}
	s.Block, s.Phase = at.block(), at.phase()
	s.Seq = besideSeq + o.beside.Add(1)
	o.queue.put(s)
}

// besideSeq is above the slot of any mail.
const besideSeq = 1 << 48

// inquiry is a request beside the mails.
type inquiry struct {
	body  ews.Body
	box   string         // that is impersonated
	about scenarios.Call // whom the anchor is for, and the cookies
	id    uint64         // equal in all arms
	due   time.Duration
	quiet bool                                // no sample of it is kept
	learn func(o ews.Outcome, answered *lane) // what came back; nil: nothing
}

// ask sends a request and keeps its sample. It says whether it went well.
func (o *lookout) ask(s *sender, q inquiry) bool {
	l := s.lanes.enter()
	defer s.lanes.leave(l)
	request := s.inquire(q, l)
	sample := results.Sample{Arm: s.name, Call: q.about.N, Op: string(q.body.Op()), Due: q.due, Out: int64(len(l.envelope))}
	sample.Start = o.clock.now()
	err := s.exchange(request, q.about.Mailbox, l)
	sample.End = o.clock.now()
	if err != nil && s.stopped() {
		return false
	}
	if err != nil {
		sample.Class, sample.Code = judgeError(err, l.timedOut())
	} else {
		outcome := ews.Classify(l.status, l.header, l.answer)
		sample.Status, sample.In = l.status, int64(len(l.answer))
		sample.Class, sample.Code = judge(outcome)
		s.obey(outcome, sample.End)
		if q.learn != nil {
			q.learn(outcome, l)
		}
	}
	if !q.quiet {
		s.counts.add(false)
		o.put(sample)
	}
	return sample.Class == results.ClassOK
}

// inquire renders a request into the lane.
func (s *sender) inquire(q inquiry, l *lane) *http.Request {
	message := ews.Request{
		Version: s.version, Impersonate: ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: q.box}, Body: q.body,
	}
	l.envelope = message.Append(l.envelope[:0])
	l.id = s.plan.AppendRequestID(l.id[:0], q.id)
	return s.request(q.about, l)
}

// postman is the round tripper of the mails.
type postman struct{ *lookout }

// RoundTrip implements http.RoundTripper.
func (p postman) RoundTrip(r *http.Request) (*http.Response, error) {
	hit, err := hitOf(r.Header)
	if err != nil {
		return nil, err
	}
	var posted sync.WaitGroup
	for _, office := range p.offices {
		posted.Go(func() { office.post(hit) })
	}
	posted.Wait()
	return &http.Response{Status: "200 OK", StatusCode: http.StatusOK, Body: http.NoBody}, nil
}

// post sends the mail of a slot.
func (f *office) post(hit uint64) {
	if f.mailer.stopped() {
		return
	}
	turn := f.timetable.turn(hit)
	at := f.timetable.stage(turn.group)
	m := &mail{
		office: f, call: f.Plan.At(turn.group), due: f.timetable.due(hit, 0), block: at.block(), phase: at.phase(), slot: turn.slot,
	}
	if !f.mailer.admitted(f.timetable) {
		m.start = f.clock.now()
		m.withhold(results.CodeWithheld)
		return
	}
	sample := results.Sample{Arm: Mailer, Call: turn.group, Op: string(m.call.Op), Due: m.due}
	id := ""
	learn := func(answer []byte) {
		if ids := ews.ItemIDs(answer, 1); len(ids) > 0 {
			id = ids[0].ID
		}
	}
	if !f.mailer.perform(errand{Call: m.call, session: f.mailer.sessions[0], learn: learn}, &sample) {
		return
	}
	f.put(sample)
	m.start = sample.Start
	switch {
	case sample.Class != results.ClassOK:
		m.withhold("mail_" + sample.Code)
	case id == "":
		m.withhold("mail_without_id")
	default:
		f.board.sent(id, m)
	}
}
