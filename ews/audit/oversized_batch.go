package audit

// OversizedBatch is given when a request asks for many items by id.
const OversizedBatch ID = "oversized-batch"

// largestBatch is in items.
const largestBatch = 10

func oversizedBatch() Rule {
	return Rule{
		ID: OversizedBatch, Level: Advice,
		Advice: "Ask for at most ten items by id in one request: the budget is checked after each, and a batch is cut off after a minute.",
		Source: "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices; " +
			"EWS throttling in Exchange, Throttling implications for EWS batch requests",
		broken: func(e *Exchange, _ *memory) bool { return e.Items > largestBatch },
	}
}
