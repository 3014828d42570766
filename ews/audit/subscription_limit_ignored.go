package audit

import "github.com/ewsbench/ewsbench/ews"

// SubscriptionLimitIgnored is given when a client subscribes again that has too many subscriptions, and has ended none.
const SubscriptionLimitIgnored ID = "subscription-limit-ignored"

func subscriptionLimitIgnored() Rule {
	return Rule{
		ID: SubscriptionLimitIgnored, Level: Problem, only: noticing | refusedBefore,
		Advice:    "After ErrorExceededSubscriptionCount end subscriptions that are not needed before making another one.",
		Source:    "MS docs: Handling notification-related errors in EWS in Exchange, Table 1, ErrorExceededSubscriptionCount",
		Situation: "ErrorExceededSubscriptionCount",
		met:       func(e *Exchange, _ *memory) bool { return e.Code == ews.ErrorExceededSubscriptionCount },
		broken: func(e *Exchange, m *memory) bool {
			if e.Op != ews.OpSubscribe {
				return false
			}
			_, told := m.toldBefore(e, byCount, 0)
			return told
		},
	}
}
