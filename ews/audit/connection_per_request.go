package audit

// ConnectionPerRequest is given when a client never uses a connection twice.
const ConnectionPerRequest ID = "connection-per-request"

func connectionPerRequest() Rule {
	return Rule{
		ID: ConnectionPerRequest, Level: Advice, only: connected,
		Advice:    "Keep connections and use them again: each new one costs round trips, with TLS and NTLM several.",
		Source:    "RFC 9112, section 9.3",
		Situation: "a second request on a connection",
		met:       func(e *Exchange, _ *memory) bool { return e.reused },
		broken: func(e *Exchange, m *memory) bool {
			if e.Connection == 0 {
				return false
			}
			return m.connections.next(e.caller, e.Connection) > mostFreshConnections
		},
	}
}

// mostFreshConnections in a row are no mistake: so many can be under way at
// once, and each has to be opened.
const mostFreshConnections = mostCalls
