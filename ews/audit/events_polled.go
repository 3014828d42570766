package audit

import "github.com/ewsbench/ewsbench/ews"

// EventsPolled is given when events are asked for over and over although none are waiting.
const EventsPolled ID = "events-polled"

func eventsPolled() Rule {
	return Rule{
		ID: EventsPolled, Level: Advice, only: noticing,
		Advice: "Wait between two GetEvents that find nothing, or open a stream.",
		Source: "MS docs: Notification subscriptions, mailbox events, and EWS in Exchange, Table 1; " +
			"Mailbox synchronization and EWS in Exchange, Synchronization best practices",
		Situation: "GetEvents",
		met:       func(e *Exchange, _ *memory) bool { return e.Op == ews.OpGetEvents },
		broken:    func(e *Exchange, m *memory) bool { return e.Op == ews.OpGetEvents && m.polled(e, pause) >= storm },
	}
}
