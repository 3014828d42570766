package audit

// AnchorMissing is given when a request that impersonates somebody goes without an anchor.
const AnchorMissing ID = "anchor-missing"

func anchorMissing() Rule {
	return Rule{
		ID: AnchorMissing, Level: Problem, only: forSomebody | unanchored,
		Advice:    "Send X-AnchorMailbox with the SMTP address of the impersonated mailbox in every impersonated request.",
		Source:    "MS docs: Impersonation and EWS in Exchange, Performance considerations for EWS impersonation",
		Situation: "a request that impersonates somebody",
		met:       func(e *Exchange, _ *memory) bool { return e.Mailbox != "" },
		broken:    func(e *Exchange, _ *memory) bool { return e.Mailbox != "" && e.Anchor == "" },
	}
}
