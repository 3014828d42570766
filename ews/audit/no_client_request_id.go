package audit

// NoClientRequestID is given when nothing names the request.
const NoClientRequestID ID = "no-client-request-id"

func noClientRequestID() Rule {
	return Rule{
		ID: NoClientRequestID, Level: Advice, only: unidentified,
		Advice:    "Send a new GUID as client-request-id with each request, and log it: it finds the request in the server's logs.",
		Source:    "MS docs: Instrumenting client requests for EWS and REST in Exchange, Add instrumentation to requests",
		Situation: "a request",
		met:       func(*Exchange, *memory) bool { return true },
		broken:    func(e *Exchange, _ *memory) bool { return e.RequestID == "" },
	}
}
