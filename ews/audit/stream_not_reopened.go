package audit

// StreamNotReopened is given when a stream that the server has closed is not opened again, and its subscriptions are not ended.
const StreamNotReopened ID = "stream-not-reopened"

func streamNotReopened() Rule {
	return Rule{
		ID: StreamNotReopened, Level: Advice,
		Advice:    "When a stream ends with Closed send GetStreamingEvents again with the same subscriptions.",
		Source:    "MS docs: Notification subscriptions, mailbox events, and EWS in Exchange, EWS streaming notifications",
		Situation: "a stream that the server closed",
		undone: func(m *memory) (n uint64) {
			m.subscriptions.each(func(s subscription) {
				if s.alive() && s.closed {
					n++
				}
			})
			return n
		},
	}
}
