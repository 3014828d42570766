package audit

// AffinityMissing is given when subscriptions of several mailboxes, or of a group, are asked after without affinity.
const AffinityMissing ID = "affinity-missing"

func affinityMissing() Rule {
	return Rule{
		ID: AffinityMissing, Level: Problem,
		Advice: "Send X-PreferServerAffinity: true in every request about a group of subscriptions, from the first Subscribe to the last Unsubscribe.",
		Source: "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, How do I maintain affinity, steps 4 to 7",
		broken: func(e *Exchange, m *memory) bool {
			if e.Affinity || !e.notification() {
				return false
			}
			first := uint64(0)
			return m.subscribed(e, func(s subscription) bool {
				if first == 0 {
					first = s.mailbox
				}
				return s.group != 0 || s.mailbox != first
			})
		},
	}
}
