package route

import (
	"cmp"
	"time"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// Notifications are what no document says of subscriptions, or not exactly.
type Notifications struct {
	// Heartbeat is after how long without news a stream says that it is there. Zero: 40 s, since the EWS Managed API expects to
	// hear something every 45 s (HeartbeatFrequencyDefault in its GetStreamingEventsRequest). How often servers do is not documented.
	Heartbeat time.Duration `yaml:"heartbeat"`
	// Heartbeats is what a stream says then. Empty: HeartbeatStatus.
	Heartbeats Heartbeats `yaml:"heartbeats"`
	// Idle is how long a streaming subscription lives without a connection. Zero: 30 minutes, which is often quoted and not
	// documented.
	Idle time.Duration `yaml:"idle"`
	// Keep is how long the events of a mailbox are kept: a watermark from before what is kept is refused. Zero: 30 days (MS docs:
	// Watermark).
	Keep time.Duration `yaml:"keep"`
}

// Heartbeats is what a stream says when there is no news. What servers do is not documented, and there is no capture.
type Heartbeats string

const (
	// HeartbeatStatus is an envelope with the status OK, as the first one of a stream.
	HeartbeatStatus Heartbeats = "status"
	// HeartbeatEvent is a StatusEvent for each subscription.
	HeartbeatEvent Heartbeats = "event"
	// HeartbeatNone is nothing at all (a report of Exchange Online in OfficeDev/ews-java-api #497).
	HeartbeatNone Heartbeats = "none"
)

// Defaults of what a topology does not say.
const (
	defaultHeartbeat = 40 * time.Second
	defaultIdle      = 30 * time.Minute
	defaultKeep      = 30 * 24 * time.Hour
)

// filled has the defaults in place of what is not said.
func (n Notifications) filled() Notifications {
	return Notifications{
		Heartbeat: cmp.Or(n.Heartbeat, defaultHeartbeat), Heartbeats: cmp.Or(n.Heartbeats, HeartbeatStatus),
		Idle: cmp.Or(n.Idle, defaultIdle), Keep: cmp.Or(n.Keep, defaultKeep),
	}
}

func (n Notifications) check(r *strictyaml.Report) {
	if n.Heartbeat != 0 && n.Heartbeat < time.Second {
		r.Add("notifications.heartbeat", "heartbeat is %s: write 1s or more, or heartbeats: none", n.Heartbeat)
	}
	switch n.Heartbeats {
	case "", HeartbeatStatus, HeartbeatEvent, HeartbeatNone:
	default:
		r.Add("notifications.heartbeats", "heartbeats is %q: write status, event or none", n.Heartbeats)
	}
	notNegative(r, "notifications.idle", n.Idle)
	notNegative(r, "notifications.keep", n.Keep)
}
