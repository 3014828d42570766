package audit

import "strings"

// RequestIDNotGUID is given when client-request-id is no GUID.
const RequestIDNotGUID ID = "request-id-not-guid"

func requestIDNotGUID() Rule {
	return Rule{
		ID: RequestIDNotGUID, Level: Advice, only: identified,
		Advice:    "Make client-request-id a GUID, as the server's own logs have them.",
		Source:    "MS docs: Instrumenting client requests for EWS and REST in Exchange, Add instrumentation to requests",
		Situation: "a request with an id",
		met:       func(e *Exchange, _ *memory) bool { return e.RequestID != "" },
		broken:    func(e *Exchange, _ *memory) bool { return e.RequestID != "" && !isGUID(e.RequestID) },
	}
}

// isGUID takes the usual form, with braces or without.
func isGUID(id string) bool {
	id = strings.TrimSuffix(strings.TrimPrefix(id, "{"), "}")
	if len(id) != len("00000000-0000-0000-0000-000000000000") {
		return false
	}
	for i := range len(id) {
		switch i {
		case 8, 13, 18, 23:
			if id[i] != '-' {
				return false
			}
		default:
			if c := lower(id[i]); (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return true
}
