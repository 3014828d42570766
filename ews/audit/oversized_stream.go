package audit

// OversizedStream is given when one stream is to carry too many subscriptions.
const OversizedStream ID = "oversized-stream"

func oversizedStream() Rule {
	return Rule{
		ID: OversizedStream, Level: Problem, only: noticing,
		Advice: "Name at most 200 subscriptions in one GetStreamingEvents and open another stream for the rest.",
		Source: "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, What throttling values do I need to take into consideration; " +
			"Handling notification-related errors in EWS in Exchange, Table 1",
		Situation: "a stream",
		met:       func(e *Exchange, _ *memory) bool { return e.streaming() },
		broken:    func(e *Exchange, _ *memory) bool { return e.streaming() && len(e.Subscriptions) > largestGroup },
	}
}
