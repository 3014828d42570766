package audit

import "time"

// CalendarPolled is given when a view of a calendar is asked for over and over.
const CalendarPolled ID = "calendar-polled"

func calendarPolled() Rule {
	return Rule{
		ID: CalendarPolled, Level: Advice, only: finding,
		Advice:    "Let a notification say when a calendar has changed, in place of asking for the same view again.",
		Source:    "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices",
		Situation: "a search with a view of a calendar",
		met:       func(e *Exchange, _ *memory) bool { return e.Calendar },
		broken:    func(e *Exchange, m *memory) bool { return e.Calendar && m.polled(e, calendarPause) >= storm },
	}
}

// calendarPause is the shortest time between two looks at a calendar that are
// no polling. The figure is ours: the document names none.
const calendarPause = 10 * time.Second
