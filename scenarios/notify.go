package scenarios

import (
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Notify is a workload in which nothing is asked again and again: clients hold
// streams open, mail arrives, and what is measured is when they hear of it. The
// rate is that of the notifications, over all arms: each mail is due once in every
// one of them. A mail is a call of the plan.
type Notify struct {
	// GroupSize is how many mailboxes at most have their subscriptions together, on
	// one server and one stream; default 200.
	GroupSize int `yaml:"group_size"`
	// Groups says by what mailboxes are found to belong together; default auto.
	Groups GroupsBy `yaml:"groups"`
	// Patience is how long a notification may take after its mail was due before it
	// counts as missed; default 5s.
	Patience time.Duration `yaml:"patience"`
	// Retry is after how long what was refused is asked for again, and a stream that
	// broke is opened again; default 5s.
	Retry time.Duration `yaml:"retry"`
}

// GroupsBy is by what mailboxes are found to belong together.
type GroupsBy string

const (
	// GroupsAuto is GroupsAutodiscover, and GroupsServer for those that it does not place.
	GroupsAuto GroupsBy = "auto"
	// GroupsAutodiscover is the documented way: the settings GroupingInformation and
	// ExternalEwsUrl together (MS docs: How to maintain affinity between a group of
	// subscriptions and the Mailbox server). What it does not place is alone.
	GroupsAutodiscover GroupsBy = "autodiscover"
	// GroupsServer is by the server that a mailbox's own call is answered from, as the
	// headers of the answer name it.
	GroupsServer GroupsBy = "server"
)

// GroupsBys returns all of them, the default first.
func GroupsBys() []GroupsBy { return []GroupsBy{GroupsAuto, GroupsAutodiscover, GroupsServer} }

// OpNotification is the operation of samples that are notifications. It is none
// of EWS: nothing is sent for it.
const OpNotification ews.Op = "Notification"

// NotifyOps returns the operations that samples of such a workload have, and a gate
// may name.
func NotifyOps() []ews.Op {
	return []ews.Op{OpNotification, ews.OpSubscribe, ews.OpGetStreamingEvents, OpStreamError, ews.OpCreateItem}
}

// OpStreamError is the operation of samples that are errors of an open stream: one
// that the server told of, or that the stream ended before its time.
const OpStreamError ews.Op = "StreamError"

const (
	// MaxGroup is how many subscriptions one stream serves (MS docs: How to maintain
	// affinity between a group of subscriptions and the Mailbox server, table 1).
	MaxGroup = 200

	defaultPatience = 5 * time.Second
	defaultRetry    = 5 * time.Second
	minPatience     = 100 * time.Millisecond
	maxPatience     = 10 * time.Minute
	minRetry        = time.Second
	// maxListeners bounds the mailboxes: each of them is subscribed to before the
	// load begins, in every arm.
	maxListeners = 10_000
)

// mailStep is the step of a mail. It is created where it would arrive, and not sent:
// what a transport takes would be measured with it.
func mailStep() Step {
	step := Step{Op: ews.OpCreateItem, Folder: defaultFolder}
	step.setDefaults(false)
	return step
}

// withDefaults returns a copy in which each key that was left out is set.
func (n *Notify) withDefaults() *Notify {
	if n == nil {
		return nil
	}
	full := *n
	full.GroupSize = orDefault(n.GroupSize, MaxGroup)
	full.Groups = orDefault(n.Groups, GroupsAuto)
	full.Patience = orDefault(n.Patience, defaultPatience)
	full.Retry = orDefault(n.Retry, defaultRetry)
	return &full
}

// checkNotify checks a workload of notifications, and that no key is given which
// it would ignore.
func (c *checker) checkNotify() {
	c.checkRange("notifications.group_size", c.Notify.GroupSize, 1, MaxGroup)
	if by := c.Notify.Groups; c.gives("notifications.groups", by != "") {
		oneOf(c, "notifications.groups", "way to form groups", by, GroupsBys())
	}
	if p := c.Notify.Patience; c.gives("notifications.patience", p != 0) && (p < minPatience || p > maxPatience) {
		c.report.Add("notifications.patience", "patience must be %s to %s, not %s", minPatience, maxPatience, p)
	}
	if r := c.Notify.Retry; c.gives("notifications.retry", r != 0) && r < minRetry {
		c.report.Add("notifications.retry", "retry must be %s or more, not %s", minRetry, r)
	}
	if c.Mailboxes > maxListeners {
		c.report.Add("mailboxes", "mailboxes must be at most %d with notifications: each of them is subscribed to", maxListeners)
	}
	for _, k := range []struct {
		key, why string
		set      bool
	}{
		{"steps", "what is sent is the mail", len(c.Steps) > 0},
		{"aa", "streams are opened once, before the load", c.AA != 0},
	} {
		if c.gives(k.key, k.set) {
			c.report.AddKey(k.key, "%s has no meaning with notifications: %s", k.key, k.why)
		}
	}
	if c.Order != "" && c.Order != OrderMix {
		c.report.Add("order", "order %s has no meaning with notifications: each mail goes to the next mailbox", c.Order)
	}
	if c.Rate.Max {
		c.report.Add("rate", "rate max has no meaning with notifications: a mail must be due to be late")
	}
}

// Mailboxes lists the mailboxes that take part, sorted: those of a group are
// subscribed to in this order, and the first of them is its anchor (MS docs: How to
// maintain affinity between a group of subscriptions and the Mailbox server).
func (p *Plan) Mailboxes() []string {
	d := p.Directory()
	all := make([]string, d.Len())
	for i := range all {
		all[i] = d.At(i)
	}
	slices.Sort(all)
	return all
}
