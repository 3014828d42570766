package audit

// OversizedBatch is given when a request is about many items.
const OversizedBatch ID = "oversized-batch"

// largestBatch is in items.
const largestBatch = 10

func oversizedBatch() Rule {
	return Rule{
		ID: OversizedBatch, Level: Advice, only: sized,
		Advice: "Put at most ten items into one request: the budget is checked after each, and a batch is cut off after a minute.",
		Source: "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices; " +
			"EWS throttling in Exchange, Throttling implications for EWS batch requests; " +
			"Handling synchronization-related errors in EWS in Exchange, Table 1, ErrorTimeoutExpired",
		Situation: "a request for items",
		met:       func(e *Exchange, _ *memory) bool { return e.Items > 0 },
		broken:    func(e *Exchange, _ *memory) bool { return e.Items > largestBatch },
	}
}
