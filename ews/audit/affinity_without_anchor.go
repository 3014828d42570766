package audit

// AffinityWithoutAnchor is given when affinity is asked for, and nothing says with whom.
const AffinityWithoutAnchor ID = "affinity-without-anchor"

func affinityWithoutAnchor() Rule {
	return Rule{
		ID: AffinityWithoutAnchor, Level: Problem, only: sticky | unanchored,
		Advice: "Send the group's X-AnchorMailbox beside X-PreferServerAffinity, in each request of the group.",
		Source: "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, How do I maintain affinity, " +
			"step 6; OfficeDev/ews-managed-api #259 (ErrorInternalServerError)",
		Situation: "a request with affinity",
		met:       func(e *Exchange, _ *memory) bool { return e.Affinity },
		broken:    func(e *Exchange, _ *memory) bool { return e.Affinity && e.Anchor == "" },
	}
}
