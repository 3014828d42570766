package audit

import "github.com/ewsbench/ewsbench/ews"

// OversizedGroup is given when a subscription is made in a group that is full.
const OversizedGroup ID = "oversized-group"

func oversizedGroup() Rule {
	return Rule{
		ID: OversizedGroup, Level: Problem, only: sticky | noticing,
		Advice:    "Put at most 200 mailboxes into a group of subscriptions and begin another group, with an anchor of its own, for the rest.",
		Source:    "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, How do I maintain affinity, step 2",
		Situation: "a Subscribe in a group",
		met:       func(e *Exchange, _ *memory) bool { return e.Op == ews.OpSubscribe && e.grouped() },
		broken: func(e *Exchange, m *memory) bool {
			if e.Op != ews.OpSubscribe || !e.grouped() || m.groups.empty() {
				return false
			}
			members, _ := m.groups.get(e.groupKey())
			return members >= largestGroup
		},
	}
}

// largestGroup is in subscriptions, of which each is for a mailbox; so is what
// one request for events may name.
const largestGroup = 200
