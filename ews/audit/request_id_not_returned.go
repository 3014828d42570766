package audit

// RequestIDNotReturned is given when a client does not ask for its id in the answer.
const RequestIDNotReturned ID = "request-id-not-returned"

func requestIDNotReturned() Rule {
	return Rule{
		ID: RequestIDNotReturned, Level: Advice, only: identified,
		Advice:    "Send return-client-request-id: true, so that each answer can be told from a log.",
		Source:    "MS docs: Instrumenting client requests for EWS and REST in Exchange, Add instrumentation to requests",
		Situation: "a request with an id",
		met:       func(e *Exchange, _ *memory) bool { return e.RequestID != "" },
		broken:    func(e *Exchange, _ *memory) bool { return e.RequestID != "" && !e.IDWanted },
	}
}
