package audit

import "github.com/ewsbench/ewsbench/ews"

// DeadSubscriptionReused is given when events are asked for of a subscription that is known to be gone.
const DeadSubscriptionReused ID = "dead-subscription-reused"

func deadSubscriptionReused() Rule {
	return Rule{
		ID: DeadSubscriptionReused, Level: Problem, only: noticing,
		Advice:    "After ErrorSubscriptionNotFound subscribe again, and forget the old id.",
		Source:    "MS docs: Handling notification-related errors in EWS in Exchange, Recovering from lost subscriptions",
		Situation: "a lost subscription",
		met:       func(e *Exchange, _ *memory) bool { return e.lost() },
		broken: func(e *Exchange, m *memory) bool {
			if e.Op != ews.OpGetEvents && !e.streaming() {
				return false
			}
			return m.subscribed(e, func(s subscription) bool { return s.lost && e.Came >= s.at })
		},
	}
}
