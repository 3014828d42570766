package audit

import "time"

// BusyRetryStorm is given when a busy server is asked again at once, over and over.
const BusyRetryStorm ID = "busy-retry-storm"

// pause is the shortest time between a busy answer and another try that is no
// part of a storm; storm is how many tries make one. Both are ours: the
// documents name no figures where the server names none.
const (
	pause = time.Second
	storm = 3
)

func busyRetryStorm() Rule {
	return Rule{
		ID: BusyRetryStorm, Level: Problem, only: heldBack,
		Advice: "After a busy answer without a time to wait, wait a second or more before the next try, and longer each time.",
		Source: "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices; " +
			"EWS throttling in Exchange, Throttling policies and concurrency",
		Situation: "a busy answer without a time to wait",
		met:       func(e *Exchange, _ *memory) bool { return e.busy() && e.BackOff == 0 },
		broken: func(e *Exchange, m *memory) bool {
			p := m.paceOf(e)
			return p.atOnce(e) && p.retries+1 >= storm
		},
	}
}
