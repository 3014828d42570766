package audit

// AffinityMissing is given when subscriptions of several mailboxes, or of a group, are asked after without affinity.
const AffinityMissing ID = "affinity-missing"

func affinityMissing() Rule {
	return Rule{
		ID: AffinityMissing, Level: Problem, only: noticing,
		Advice:    "Send X-PreferServerAffinity: true in every request about a group of subscriptions, from the first Subscribe to the last Unsubscribe.",
		Source:    "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, How do I maintain affinity, steps 4 to 7",
		Situation: "a request about a group of subscriptions",
		met: func(e *Exchange, m *memory) bool {
			return e.notification() && m.spans(e)
		},
		broken: func(e *Exchange, m *memory) bool { return !e.Affinity && e.notification() && m.spans(e) },
	}
}
