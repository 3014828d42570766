package audit

import "time"

// LongAvailabilityWindow is given when calendars are asked for over too long a time.
const LongAvailabilityWindow ID = "long-availability-window"

func longAvailabilityWindow() Rule {
	return Rule{
		ID: LongAvailabilityWindow, Level: Problem, only: sized,
		Advice:    "Ask GetUserAvailability for at most 42 days in one request.",
		Source:    "MS docs: TimeWindow, Remarks",
		Situation: "GetUserAvailability",
		met:       func(e *Exchange, _ *memory) bool { return e.Window > 0 },
		broken:    func(e *Exchange, _ *memory) bool { return e.Window > longestWindow },
	}
}

// longestWindow is what servers answer unless somebody has changed it, with an
// hour for a change of the clocks.
const longestWindow = 42*24*time.Hour + time.Hour
