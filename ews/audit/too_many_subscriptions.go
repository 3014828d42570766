package audit

import "github.com/ewsbench/ewsbench/ews"

// TooManySubscriptions is given when a mailbox gets one subscription more than
// Exchange Online lets any have.
const TooManySubscriptions ID = "too-many-subscriptions"

func tooManySubscriptions() Rule {
	return Rule{
		ID: TooManySubscriptions, Level: Advice,
		Advice: "Make one subscription for a mailbox, to all folders that matter or with SubscribeToAllFolders, and never more than twenty.",
		Source: "MS docs: EWS throttling in Exchange, Throttling considerations for EWS notification applications; " +
			"Handling notification-related errors in EWS in Exchange, Table 1, ErrorServerBusy",
		Situation: "a subscription",
		met:       func(e *Exchange, _ *memory) bool { return e.Op == ews.OpSubscribe },
		broken: func(e *Exchange, m *memory) bool {
			if e.Op != ews.OpSubscribe || m.owned.empty() {
				return false
			}
			n, _ := m.owned.get(e.owner())
			return n >= mostSubscriptions
		},
	}
}

// mostSubscriptions is EWSMaxSubscriptions of Exchange Online; on premises there
// are 5000.
const mostSubscriptions = 20
