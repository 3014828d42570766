package audit

// AnchorUnknown is given when the anchor names nobody who has a mailbox.
const AnchorUnknown ID = "anchor-unknown"

func anchorUnknown() Rule {
	return Rule{
		ID: AnchorUnknown, Level: Problem, only: anchored | nowhere,
		Advice:    "Name an existing mailbox in X-AnchorMailbox, by its SMTP address.",
		Source:    "MS docs: Authenticate an EWS application by using OAuth, App-only authentication",
		Situation: "a request with an anchor",
		met:       func(e *Exchange, _ *memory) bool { return e.Anchor != "" && !e.anchorMalformed() },
		broken: func(e *Exchange, _ *memory) bool {
			return e.Anchor != "" && e.Anchored == "" && !e.PublicFolder && !e.anchorMalformed()
		},
	}
}
