package audit

import "github.com/ewsbench/ewsbench/ews"

// TooManyConnections is given when more requests for a mailbox are under way than any server allows by default.
const TooManyConnections ID = "too-many-connections"

func tooManyConnections() Rule {
	return Rule{
		ID: TooManyConnections, Level: Problem,
		Advice:    "Keep at most 27 requests for a mailbox under way, and let the others wait in the client.",
		Source:    "MS docs: EWS throttling in Exchange, Throttling policies and concurrency",
		Situation: "a request",
		met:       func(e *Exchange, _ *memory) bool { return !e.streaming() },
		broken: func(e *Exchange, _ *memory) bool {
			return e.calls > mostCalls || e.Code == ews.ErrorExceededConnectionCount && !e.streaming()
		},
	}
}

// mostCalls is EWSMaxConcurrency of Exchange 2013 and later, unless somebody
// has changed it.
const mostCalls = 27
