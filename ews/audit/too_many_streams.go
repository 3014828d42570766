package audit

import "github.com/ewsbench/ewsbench/ews"

// TooManyStreams is given when more streams are open for a mailbox than any server allows by default.
const TooManyStreams ID = "too-many-streams"

func tooManyStreams() Rule {
	return Rule{
		ID: TooManyStreams, Level: Problem, only: noticing,
		Advice: "Put the subscriptions of a group into one stream, and open at most ten streams for a mailbox that is impersonated.",
		Source: "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, What throttling values do I need to take into consideration; " +
			"EWS throttling in Exchange, HangingConnectionLimit",
		Situation: "a stream",
		met:       func(e *Exchange, _ *memory) bool { return e.streaming() },
		broken: func(e *Exchange, _ *memory) bool {
			return e.streams > mostStreams || e.Code == ews.ErrorExceededConnectionCount && e.streaming()
		},
	}
}

// mostStreams is HangingConnectionLimit of Exchange 2016 and later; Exchange
// 2013 has three.
const mostStreams = 10
