package audit

// StreamDuplicated is given when a second stream is opened for a subscription.
const StreamDuplicated ID = "stream-duplicated"

func streamDuplicated() Rule {
	return Rule{
		ID: StreamDuplicated, Level: Problem, only: noticing,
		Advice: "Keep one stream for each subscription: a second one ends the first.",
		Source: "OfficeDev/ews-managed-api, the text of ErrorNewEventStreamConnectionOpened in ServiceError; " +
			"MS docs: ResponseCode, ErrorNewEventStreamConnectionOpened",
		Situation: "a stream",
		met:       func(e *Exchange, _ *memory) bool { return e.streaming() },
		broken: func(e *Exchange, m *memory) bool {
			return e.streaming() && m.subscribed(e, func(s subscription) bool { return s.open > 0 })
		},
	}
}
