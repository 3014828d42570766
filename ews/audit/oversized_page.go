package audit

// OversizedPage is given when a page is asked for that is larger than any server gives.
const OversizedPage ID = "oversized-page"

// largestPage is in items.
const largestPage = 1000

func oversizedPage() Rule {
	return Rule{
		ID: OversizedPage, Level: Advice, only: sized,
		Advice:    "Ask for pages of at most 1000 items, and go on from as many as came.",
		Source:    "MS docs: EWS throttling in Exchange, Throttling policy parameters that affect EWS search operations",
		Situation: "a search with a page size",
		met:       func(e *Exchange, _ *memory) bool { return e.Page > 0 },
		broken:    func(e *Exchange, _ *memory) bool { return e.Page > largestPage },
	}
}
