package audit

import "time"

// SlowBatch is given when a batch takes longer than a server lets any take.
const SlowBatch ID = "slow-batch"

func slowBatch() Rule {
	return Rule{
		ID: SlowBatch, Level: Advice,
		Advice: "Make a batch so small that it is done well within a minute, after which a server cuts it off.",
		Source: "MS docs: EWS throttling in Exchange, Throttling implications for EWS batch requests",
		broken: func(e *Exchange, _ *memory) bool { return e.Items > 1 && e.Answered-e.Came >= longestBatch },
	}
}

// longestBatch is how long a server works on one request.
const longestBatch = time.Minute
