package audit

// OversizedAvailability is given when too many calendars are asked for at once.
const OversizedAvailability ID = "oversized-availability"

func oversizedAvailability() Rule {
	return Rule{
		ID: OversizedAvailability, Level: Problem, only: sized,
		Advice:    "Ask GetUserAvailability for at most 100 people in one request.",
		Source:    "MS docs: GetUserAvailability operation, Remarks",
		Situation: "GetUserAvailability",
		met:       func(e *Exchange, _ *memory) bool { return e.Identities > 0 },
		broken:    func(e *Exchange, _ *memory) bool { return e.Identities > mostIdentities },
	}
}

// mostIdentities is how many mailboxes one request may name.
const mostIdentities = 100
