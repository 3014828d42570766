package audit

// MovedMailboxHammered is given when a mailbox that is on its way elsewhere is asked for at once, over and over.
const MovedMailboxHammered ID = "moved-mailbox-hammered"

func movedMailboxHammered() Rule {
	return Rule{
		ID: MovedMailboxHammered, Level: Problem, only: refusedBefore,
		Advice:    "After ErrorMailboxMoveInProgress or ErrorConnectionFailed ask Autodiscover where the mailbox is, and wait before the next try.",
		Source:    "MS docs: Refresh configuration information by using Autodiscover, Connection-related errors",
		Situation: "a mailbox that is being moved",
		met:       func(e *Exchange, _ *memory) bool { kind, _ := e.refusal(); return kind == byMove },
		broken:    func(e *Exchange, m *memory) bool { return m.hammers(e, byMove) },
	}
}
