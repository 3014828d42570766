package audit

// BackoffIgnored is given when a request comes while its caller was told to wait.
const BackoffIgnored ID = "backoff-ignored"

func backoffIgnored() Rule {
	return Rule{
		ID: BackoffIgnored, Level: Problem, only: heldBack,
		Advice:    "Send that mailbox nothing more until the time in BackOffMilliseconds or Retry-After is over.",
		Source:    "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices",
		Situation: "an answer that asks for a wait",
		met:       func(e *Exchange, _ *memory) bool { return e.BackOff > 0 },
		broken: func(e *Exchange, m *memory) bool {
			p := m.paceOf(e)
			return e.Came >= p.told && e.Came < p.until
		},
	}
}
