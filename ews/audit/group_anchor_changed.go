package audit

// GroupAnchorChanged is given when a request about a subscription has another anchor than the group that it was made in.
const GroupAnchorChanged ID = "group-anchor-changed"

func groupAnchorChanged() Rule {
	return Rule{
		ID: GroupAnchorChanged, Level: Problem, only: sticky | noticing,
		Advice:    "Keep the anchor of a group of subscriptions in all its requests, whichever mailbox a request is about.",
		Source:    "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, How do I maintain affinity, steps 6 and 7",
		Situation: "a request about a group of subscriptions",
		met: func(e *Exchange, m *memory) bool {
			return e.notification() && m.subscribed(e, func(s subscription) bool { return s.group != 0 })
		},
		broken: func(e *Exchange, m *memory) bool {
			return e.grouped() && m.subscribed(e, func(s subscription) bool { return s.group != 0 && s.group != e.groupKey() })
		},
	}
}
