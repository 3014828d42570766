package mockews

import (
	"net/http"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/answers"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
	"github.com/ewsbench/ewsbench/mockews/notify"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// What a stream says of itself (MS docs: ConnectionStatus).
const (
	streamOK     = "OK"
	streamClosed = "Closed"
)

// stream answers GetStreamingEvents: envelope by envelope, until its time is over or the client has gone.
func (x *exchange) stream(w http.ResponseWriter, call mailbox.Call, b ews.GetStreamingEvents) {
	key := throttle.Key{Owner: call.Actor, Copied: call.Actor != call.Caller}
	closed, refusal := x.server.governor.Stream(time.Now(), key)
	if refusal.Part != throttle.PartNone {
		x.fault(w, crowded(refusal))
		return
	}
	defer closed()
	first := ews.StreamingMessage{Status: streamOK}
	stream, bad, code := x.server.hub.Open(x.asker(call), b.IDs)
	if call.Fail != nil {
		if m, fails := call.Fail(1); fails {
			first, code = ews.StreamingMessage{Message: m, Status: streamClosed}, m.Code
		}
	} else if code != ews.NoError {
		first = ews.StreamingMessage{Message: ews.NewMessage(code), ErrorIDs: bad, Status: streamClosed}
	}
	x.sight.Gone = first.ErrorIDs
	x.begin(w, code)
	if stream != nil {
		defer stream.Close()
	}
	if x.emit(w, first) && first.Status == streamOK {
		x.flow(w, stream, x.lasts(b))
	}
}

// lasts is how long a stream is open: as long as was asked for, unless something injected ends it.
func (x *exchange) lasts(b ews.GetStreamingEvents) time.Duration {
	asked := time.Duration(b.Timeout) * time.Minute
	if x.harm != nil && x.harm.Delivery != nil && x.harm.Delivery.How == fault.HowClose {
		return min(asked, x.harm.Delivery.Pause)
	}
	return asked
}

// begin sends the header of a stream. It holds no place among the calls under way (MS docs: EWS throttling in Exchange,
// EWSMaxConcurrency).
func (x *exchange) begin(w http.ResponseWriter, code ews.Code) {
	x.settle()
	x.ticket = throttle.Ticket{}
	h := w.Header()
	x.sign(h, http.StatusOK)
	h["Content-Type"], h["Cache-Control"], h["X-NoBuffering"] = soapType, []string{"private"}, []string{"1"}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // or the connection would end with the time for a call
	x.record(http.StatusOK, code)
	w.WriteHeader(http.StatusOK)
}

// emit sends one envelope at once: clients take what they read for one.
func (x *exchange) emit(w http.ResponseWriter, m ews.StreamingMessage) bool {
	x.closed = m.Status == streamClosed
	x.out = ews.AppendStreamed(x.out[:0], x.server.version, ews.GetStreamingEventsResponse{Messages: []ews.StreamingMessage{m}})
	answers.Keep(x.out)
	allow(w, len(x.out))
	return write(w, x.out) == nil
}

// flow sends what happens, for so long.
func (x *exchange) flow(w http.ResponseWriter, stream *notify.Stream, lasts time.Duration) {
	over := time.Now().Add(lasts)
	every := x.server.habits.notices.Heartbeat
	if x.server.habits.notices.Heartbeats == route.HeartbeatNone {
		every = lasts // the end is no later
	}
	end, beat := time.NewTimer(lasts), time.NewTimer(every)
	defer end.Stop()
	defer beat.Stop()
	for {
		m, open := ews.StreamingMessage{}, true
		select {
		case <-x.gone():
			return
		case <-end.C:
			m, open = ews.StreamingMessage{Status: streamClosed}, false
		case <-beat.C:
			if m = x.heartbeat(stream); !time.Now().Before(over) {
				m, open = ews.StreamingMessage{Status: streamClosed}, false
			}
		case <-stream.Woken:
			if m, open = x.news(w, stream); m.Notifications == nil && open {
				continue
			}
		}
		if !x.emit(w, m) || !open {
			return
		}
		beat.Reset(every)
	}
}

// heartbeat is how a stream says that it is there.
func (x *exchange) heartbeat(stream *notify.Stream) ews.StreamingMessage {
	if x.server.habits.notices.Heartbeats == route.HeartbeatEvent {
		return ews.StreamingMessage{Notifications: stream.Quiet()}
	}
	return ews.StreamingMessage{Status: streamOK}
}

// news is what there is to send, and whether the stream goes on.
func (x *exchange) news(w http.ResponseWriter, stream *notify.Stream) (ews.StreamingMessage, bool) {
	notifications, missed, lost, reason := stream.Look()
	if reason != "" {
		return ews.StreamingMessage{Message: ews.NewMessage(reason), ErrorIDs: lost, Status: streamClosed}, false
	}
	if missed != nil {
		m := ews.StreamingMessage{Message: ews.NewMessage(ews.ErrorMissedNotificationEvents), ErrorIDs: missed, Status: streamOK}
		if !x.emit(w, m) {
			return m, false
		}
	}
	return ews.StreamingMessage{Notifications: notifications}, true
}
