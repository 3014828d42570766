package audit

// UserAgentVaries is given when a program changes its name from one request to the next.
const UserAgentVaries ID = "user-agent-varies"

func userAgentVaries() Rule {
	return Rule{
		ID: UserAgentVaries, Level: Advice, only: connected,
		Advice:    "Send the same User-Agent in all requests of a program.",
		Source:    "MS docs: Instrumenting client requests for EWS and REST in Exchange, Add instrumentation to requests",
		Situation: "a second request on a connection",
		met:       func(e *Exchange, _ *memory) bool { return e.reused },
		broken: func(e *Exchange, m *memory) bool {
			if e.Connection == 0 {
				return false
			}
			before, known := m.agents.swap(e.Connection, digestText(e.UserAgent))
			e.reused = known
			return known && before != digestText(e.UserAgent)
		},
	}
}
