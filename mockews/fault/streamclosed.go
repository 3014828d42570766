package fault

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// StreamClosed ends a stream before its time, as a server does that is about to go: with ConnectionStatus Closed. The subscriptions stay.
// Calls that open no stream never meet it.
type StreamClosed struct {
	// After is how long the stream lasts. Zero: it ends as soon as it is open.
	After time.Duration `yaml:"after"`
}

// Source is the page on notifications.
func (*StreamClosed) Source() string {
	return "MS docs, Notification subscriptions, mailbox events, and EWS in Exchange: a stream stays open for up to the time that was asked for; MS docs, " +
		"ConnectionStatus: Closed"
}

func (s *StreamClosed) check(c *checker) { c.notNegative("after", s.After) }

func (*StreamClosed) concerns(c *Call) bool { return c.Op == ews.OpGetStreamingEvents }

func (s *StreamClosed) inject(_ draw, _ *Call, e *Effect) bool {
	return e.deliver(Delivery{How: HowClose, Pause: s.After})
}
