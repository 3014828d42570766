package ews

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// The operations of notifications (MS docs: Notification subscriptions, mailbox
// events, and EWS in Exchange).
const (
	OpSubscribe          Op = "Subscribe"
	OpUnsubscribe        Op = "Unsubscribe"
	OpGetEvents          Op = "GetEvents"
	OpGetStreamingEvents Op = "GetStreamingEvents"
	OpSendNotification   Op = "SendNotification" // what a server sends to a listener
)

// Subscribe asks to be told of events, in one of three ways.
type Subscribe struct {
	Pull      *Subscription `x:"m:PullSubscriptionRequest"`
	Push      *Subscription `x:"m:PushSubscriptionRequest"`
	Streaming *Subscription `x:"m:StreamingSubscriptionRequest"`
}

// Subscription is what is to be told of. Some fields are for one of the ways
// alone.
type Subscription struct {
	All        bool        `x:"@SubscribeToAllFolders"`
	Folders    []FolderID  `x:"t:FolderIds/*"`
	Events     []EventType `x:"t:EventTypes/t:EventType,need"`
	Watermark  string      `x:"t:Watermark"`       // where to begin; pull and push
	Timeout    int         `x:"t:Timeout"`         // minutes, 1 to 1440; pull
	Frequency  *int        `x:"t:StatusFrequency"` // minutes, 1 to 1440, nil: 30; push
	URL        string      `x:"t:URL"`             // push
	CallerData string      `x:"t:CallerData"`      // push
}

// EventType is a kind of event.
type EventType string

// The event types. A status event cannot be subscribed to.
const (
	CopiedEvent          EventType = "CopiedEvent"
	CreatedEvent         EventType = "CreatedEvent"
	DeletedEvent         EventType = "DeletedEvent"
	ModifiedEvent        EventType = "ModifiedEvent"
	MovedEvent           EventType = "MovedEvent"
	NewMailEvent         EventType = "NewMailEvent"
	FreeBusyChangedEvent EventType = "FreeBusyChangedEvent"
	StatusEvent          EventType = "StatusEvent"
)

// Valid reports whether the schema lets a client subscribe to the type.
func (e EventType) Valid() bool {
	switch e {
	case CopiedEvent, CreatedEvent, DeletedEvent, ModifiedEvent, MovedEvent, NewMailEvent, FreeBusyChangedEvent:
		return true
	case StatusEvent:
	}
	return false
}

// Op returns OpSubscribe.
func (s Subscribe) Op() Op { return OpSubscribe }

func (s Subscribe) appendTo(dst []byte) []byte { return appendBound(dst, s, "m:Subscribe") }

// MaxSubscriptionMinutes is the most that Timeout and StatusFrequency may be (MS
// docs: Timeout, StatusFrequency).
const MaxSubscriptionMinutes = 1440

// readSubscribe reads a Subscribe, which is to hold one subscription, and times
// that the schema bounds.
func readSubscribe(p *parser) Body {
	var b Subscribe
	schema.Read(&p.Reader, &b)
	asked := 0
	for _, s := range []*Subscription{b.Pull, b.Push, b.Streaming} {
		if s != nil {
			asked++
		}
	}
	if asked != 1 {
		p.Violate("The element 'Subscribe' in namespace '%s' has %d kinds of subscription, and is to have one of PullSubscriptionRequest, "+
			"PushSubscriptionRequest, StreamingSubscriptionRequest.", messagesURI, asked)
	}
	if b.Pull != nil {
		p.minutes("Timeout", "SubscriptionTimeoutType", b.Pull.Timeout)
	}
	if b.Push != nil && b.Push.Frequency != nil {
		p.minutes("StatusFrequency", "SubscriptionStatusFrequencyType", *b.Push.Frequency)
	}
	return b
}

// minutes refuses a time that the schema does not permit.
func (p *parser) minutes(element, typ string, n int) {
	if n < 1 || n > MaxSubscriptionMinutes {
		p.Violate("The '%s' element is invalid - The value '%d' is invalid according to its datatype '%s:%s'.", element, n, typesURI, typ)
	}
}

// SubscribeMessage is the answer to Subscribe. A streaming subscription has no
// watermark.
type SubscribeMessage struct {
	Message
	ID        string `x:"m:SubscriptionId"`
	Watermark string `x:"m:Watermark"`
}

// SubscribeResponse answers Subscribe.
type SubscribeResponse struct {
	Messages []SubscribeMessage `x:"m:ResponseMessages/m:SubscribeResponseMessage,always"`
}

// Op returns OpSubscribe.
func (s SubscribeResponse) Op() Op { return OpSubscribe }

func (s SubscribeResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, s, "m:SubscribeResponse")
}

// Unsubscribe ends a pull or streaming subscription.
type Unsubscribe struct {
	ID string `x:"m:SubscriptionId,need"`
}

// Op returns OpUnsubscribe.
func (u Unsubscribe) Op() Op { return OpUnsubscribe }

func (u Unsubscribe) appendTo(dst []byte) []byte { return appendBound(dst, u, "m:Unsubscribe") }

// UnsubscribeResponse answers Unsubscribe.
type UnsubscribeResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:UnsubscribeResponseMessage,always"`
}

// Op returns OpUnsubscribe.
func (u UnsubscribeResponse) Op() Op { return OpUnsubscribe }

func (u UnsubscribeResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, u, "m:UnsubscribeResponse")
}

// GetEvents asks what has happened since a watermark.
type GetEvents struct {
	ID        string `x:"m:SubscriptionId,need"`
	Watermark string `x:"m:Watermark,need"`
}

// Op returns OpGetEvents.
func (g GetEvents) Op() Op { return OpGetEvents }

func (g GetEvents) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetEvents") }

// GetEventsMessage is the answer to GetEvents.
type GetEventsMessage struct {
	Message
	Notification *Notification `x:"m:Notification"`
}

// Notification is what has happened to one subscription's folders.
type Notification struct {
	ID       string  `x:"t:SubscriptionId"`
	Previous string  `x:"t:PreviousWatermark"`
	More     *bool   `x:"t:MoreEvents"`
	Events   []Event `x:"*"`
}

// Event is one thing that has happened.
type Event struct {
	Type      EventType
	Watermark string     `x:"t:Watermark"`
	Time      *time.Time `x:"t:TimeStamp"`
	Folder    *FolderID  `x:"t:FolderId"`
	Item      *ItemID    `x:"t:ItemId"`
	Parent    *FolderID  `x:"t:ParentFolderId"`
	OldFolder *FolderID  `x:"t:OldFolderId"`
	OldItem   *ItemID    `x:"t:OldItemId"`
	OldParent *FolderID  `x:"t:OldParentFolderId"`
	Unread    *int       `x:"t:UnreadCount"`
}

// AppendElement appends the event.
func (e Event) AppendElement(dst []byte) []byte { return schema.Append(dst, "t:"+string(e.Type), e) }

// event is an Event that is read as a struct.
type event Event

// ReadElement reads the current element; false if it is no event.
func (e *Event) ReadElement(r *xmlbind.Reader) bool {
	e.Type = EventType(r.Name())
	if !e.Type.Valid() && e.Type != StatusEvent {
		return false
	}
	schema.Read(r, (*event)(e))
	return true
}

// GetEventsResponse answers GetEvents.
type GetEventsResponse struct {
	Messages []GetEventsMessage `x:"m:ResponseMessages/m:GetEventsResponseMessage,always"`
}

// Op returns OpGetEvents.
func (g GetEventsResponse) Op() Op { return OpGetEvents }

func (g GetEventsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetEventsResponse")
}

// GetStreamingEvents asks to be told of events as they happen.
type GetStreamingEvents struct {
	IDs     []string `x:"m:SubscriptionIds/t:SubscriptionId,need"`
	Timeout int      `x:"m:ConnectionTimeout,need"` // minutes, 1 to 30
}

// Op returns OpGetStreamingEvents.
func (g GetStreamingEvents) Op() Op { return OpGetStreamingEvents }

func (g GetStreamingEvents) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetStreamingEvents")
}

// MaxStreamMinutes is how long a connection may be asked for (MS docs:
// ConnectionTimeout).
const MaxStreamMinutes = 30

// readStreaming reads a GetStreamingEvents, whose time the schema bounds.
func readStreaming(p *parser) Body {
	var g GetStreamingEvents
	schema.Read(&p.Reader, &g)
	if g.Timeout < 1 || g.Timeout > MaxStreamMinutes {
		p.Violate("The 'ConnectionTimeout' element is invalid - The value '%d' is invalid according to its datatype "+
			"'%s:StreamingSubscriptionConnectionTimeoutType'.", g.Timeout, typesURI)
	}
	return g
}

// StreamingMessage is one envelope of a stream.
type StreamingMessage struct {
	Message
	// Notifications and ErrorIDs, the subscriptions that are not there, have children that the schema puts into the namespace of
	// the types; servers write them, and clients look for them, in that of the messages (ews-managed-api,
	// GetStreamingEventsResponse; exchangelib, get_streaming_events).
	Notifications []Notification `x:"m:Notifications/m:Notification"`
	ErrorIDs      []string       `x:"m:ErrorSubscriptionIds/m:SubscriptionId"`
	Status        string         `x:"m:ConnectionStatus"` // OK, Closed
}

// GetStreamingEventsResponse answers GetStreamingEvents.
type GetStreamingEventsResponse struct {
	Messages []StreamingMessage `x:"m:ResponseMessages/m:GetStreamingEventsResponseMessage,always"`
}

// Op returns OpGetStreamingEvents.
func (g GetStreamingEventsResponse) Op() Op { return OpGetStreamingEvents }

func (g GetStreamingEventsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetStreamingEventsResponse")
}

// SendNotification is what a server sends to the listener of a push
// subscription.
type SendNotification struct {
	Messages []GetEventsMessage `x:"m:ResponseMessages/m:SendNotificationResponseMessage,always"`
}

// Op returns OpSendNotification.
func (s SendNotification) Op() Op { return OpSendNotification }

func (s SendNotification) appendTo(dst []byte) []byte {
	return appendBound(dst, s, "m:SendNotification")
}

// SubscriptionStatus is what a listener has answered to a notification: OK or
// Unsubscribe; "" if it has said neither.
func SubscriptionStatus(body []byte) string {
	var s xmlwire.Scanner
	s.InitLax(body, spaces)
	for {
		switch s.Next() {
		case xmlwire.EOF:
			return ""
		case xmlwire.Start:
			if s.Local() != "SubscriptionStatus" {
				continue
			}
			if text := strings.TrimSpace(s.Text()); text == "OK" || text == "Unsubscribe" {
				return strings.Clone(text)
			}
			return ""
		case xmlwire.End, xmlwire.Text:
		}
	}
}
