package audit

// AnchorMismatch is given when the anchor is a mailbox, but not the one that the request
// opens. In a group of subscriptions it is meant to be another one.
const AnchorMismatch ID = "anchor-mismatch"

func anchorMismatch() Rule {
	return Rule{
		ID: AnchorMismatch, Level: Problem, only: forSomebody | astray,
		Advice: "Set X-AnchorMailbox anew for each request, to the very mailbox that it impersonates.",
		Source: "mstehle, Managing Affinity for EWS Impersonation in Exchange 2013 (learn.microsoft.com archive, 2013-07-17); " +
			"OfficeDev/ews-managed-api #119",
		Situation: "an impersonated request with an anchor",
		met:       func(e *Exchange, _ *memory) bool { return e.Mailbox != "" && e.Anchored != "" },
		broken: func(e *Exchange, _ *memory) bool {
			grouped := e.Affinity && e.notification()
			return e.Mailbox != "" && e.Anchored != "" && !e.anchorsOwn() && !grouped && !e.PublicFolder
		},
	}
}
