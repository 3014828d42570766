package audit

// SubscriptionLeftBehind is given when a subscription is left to die by itself.
const SubscriptionLeftBehind ID = "subscription-left-behind"

func subscriptionLeftBehind() Rule {
	return Rule{
		ID: SubscriptionLeftBehind, Level: Advice,
		Advice:    "End subscriptions with Unsubscribe rather than letting them time out.",
		Source:    "MS docs: Unsubscribe operation, introduction",
		Situation: "a subscription",
		met:       func(e *Exchange, _ *memory) bool { return e.Made != "" && !e.Push },
		undone: func(m *memory) (n uint64) {
			m.subscriptions.each(func(s subscription) {
				if s.alive() && !s.closed {
					n++
				}
			})
			return n
		},
	}
}
