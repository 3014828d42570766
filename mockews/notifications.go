package mockews

import (
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
	"github.com/ewsbench/ewsbench/mockews/notify"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// servers is the organisation as the hub of subscriptions sees it.
type servers struct {
	directory
	engine *route.Engine
}

// Server is the full name of a back end.
func (s servers) Server(backEnd int) string { return s.BackEnd(backEnd).FQDN }

// Database is the GUID of the database that holds a mailbox.
func (s servers) Database(p access.Principal) (guid [16]byte) {
	d, _ := s.DatabaseOf(p)
	raw, _ := hex.DecodeString(strings.ReplaceAll(d.GUID, "-", ""))
	copy(guid[:], raw)
	return guid
}

// Arrival is when an event that happens now in a mailbox is dealt with on a back end: the news travels there from the server that
// holds the mailbox, and what is still to be fetched of it back and forth; a server that pauses deals with nothing.
func (s servers) Arrival(p access.Principal, backEnd int, now time.Time) time.Time {
	if home, ok := s.Home(p); ok && home != backEnd {
		now = now.Add(s.RTT(home, backEnd))
	}
	return s.engine.Resumes(backEnd, now)
}

// aboutSubscriptions reports whether a request is one of those that a group keeps together.
func aboutSubscriptions(body ews.Body) bool {
	switch body.(type) {
	case ews.Subscribe, ews.Unsubscribe, ews.GetEvents, ews.GetStreamingEvents:
		return true
	}
	return false
}

// ungrouped is the fault of a subscription that is to join a group on a server that does not get to the mailbox (a capture at
// stackguides.com/questions/62434351); nil for any other call.
func (x *exchange) ungrouped(actor route.Principal, body ews.Body) *ews.Fault {
	_, subscribes := body.(ews.Subscribe)
	home, ok := x.server.org.Home(actor)
	if !subscribes || !x.hints.Affinity || !ok {
		return nil
	}
	if x.server.org.Site(x.server.org.BackEnd(home)) != x.server.org.Site(x.server.org.BackEnd(x.choice.BackEnd)) {
		return ews.NewFault(ews.ErrorProxyCallFailed)
	}
	return nil
}

// asker is who asks the hub, on the back end that has the request.
func (x *exchange) asker(call mailbox.Call) notify.Asker {
	key := throttle.Key{Owner: call.Actor, Copied: call.Actor != call.Caller}
	return notify.Asker{Call: call, BackEnd: x.met.BackEnd, Onward: x.onward(), Admit: func() (func(), bool) {
		ended, refusal := x.server.governor.Subscribe(time.Now(), key)
		return ended, refusal.Part == throttle.PartNone
	}}
}

// onward is the way of what a back end sends later on to the one that has taken the call and proxies it; nil if that is the same.
func (x *exchange) onward() func(time.Time) time.Time {
	if x.met.Hops == 0 {
		return nil
	}
	engine, from, to := x.server.engine, x.met.BackEnd, x.choice.BackEnd
	half := x.server.org.RTT(from, to) / 2
	return func(at time.Time) time.Time { return engine.Resumes(to, at.Add(half)) }
}

// notified carries out what is about subscriptions; the response is nil for anything else.
func (x *exchange) notified(call mailbox.Call, body ews.Body) (ews.Response, ews.Code) {
	if !aboutSubscriptions(body) {
		return nil, ""
	}
	if call.Fail != nil {
		if m, fails := call.Fail(1); fails {
			return failedNotice(body, m), m.Code
		}
	}
	a, hub := x.asker(call), x.server.hub
	switch b := body.(type) {
	case ews.Subscribe:
		m := x.subscribe(a, b)
		return ews.SubscribeResponse{Messages: []ews.SubscribeMessage{m}}, codeOf(m.Message)
	case ews.Unsubscribe:
		m := ews.PlainMessage{}
		if code := hub.Unsubscribe(a, b); code != ews.NoError {
			m.Message = ews.NewMessage(code)
		}
		return ews.UnsubscribeResponse{Messages: []ews.PlainMessage{m}}, codeOf(m.Message)
	case ews.GetEvents:
		m := hub.GetEvents(a, b)
		return ews.GetEventsResponse{Messages: []ews.GetEventsMessage{m}}, codeOf(m.Message)
	}
	return nil, ""
}

// subscribe makes a subscription. A pull subscription that prefers a server and does not say which fails (a capture in
// OfficeDev/ews-managed-api #259).
func (x *exchange) subscribe(a notify.Asker, b ews.Subscribe) ews.SubscribeMessage {
	if b.Pull != nil && x.hints.Affinity && x.hints.Anchor == "" && x.choice.Source != route.SourceAffinity {
		return ews.SubscribeMessage{Message: ews.NewMessage(ews.ErrorInternalServerError)}
	}
	return x.server.hub.Subscribe(a, b)
}

func failedNotice(body ews.Body, m ews.Message) ews.Response {
	switch body.(type) {
	case ews.Subscribe:
		return ews.SubscribeResponse{Messages: []ews.SubscribeMessage{{Message: m}}}
	case ews.Unsubscribe:
		return ews.UnsubscribeResponse{Messages: []ews.PlainMessage{{Message: m}}}
	case ews.GetEvents:
		return ews.GetEventsResponse{Messages: []ews.GetEventsMessage{{Message: m}}}
	}
	return ews.GetStreamingEventsResponse{Messages: []ews.StreamingMessage{{Message: m, Status: streamClosed}}}
}

// codeOf is the code of a message, NoError for a success.
func codeOf(m ews.Message) ews.Code {
	if m.Code == "" {
		return ews.NoError
	}
	return m.Code
}

// poster sends notifications to listeners on this machine.
func poster() notify.Poster {
	client := &http.Client{Timeout: sendTime}
	return func(url string, n ews.SendNotification) (string, error) {
		return postNotification(client, url, n)
	}
}
