package audit

// RequestIDRepeated is given when two requests have the same client-request-id.
const RequestIDRepeated ID = "request-id-repeated"

func requestIDRepeated() Rule {
	return Rule{
		ID: RequestIDRepeated, Level: Advice, only: identified,
		Advice:    "Take a new client-request-id for each request, also for a retry.",
		Source:    "MS docs: Instrumenting client requests for EWS and REST in Exchange, Add instrumentation to requests",
		Situation: "a request with an id",
		met:       func(e *Exchange, _ *memory) bool { return e.RequestID != "" },
		broken: func(e *Exchange, m *memory) bool {
			if e.RequestID == "" {
				return false
			}
			_, known := m.ids.swap(join(e.client(), digestText(e.RequestID)), 0)
			return known
		},
	}
}
