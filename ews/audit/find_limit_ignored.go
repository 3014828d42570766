package audit

import "github.com/ewsbench/ewsbench/ews"

// FindLimitIgnored is given when a search that found too much is sent again as it was.
const FindLimitIgnored ID = "find-limit-ignored"

func findLimitIgnored() Rule {
	return Rule{
		ID: FindLimitIgnored, Level: Problem, only: finding | refusedBefore,
		Advice:    "After ErrorExceededFindCountLimit ask for smaller pages, one after the other.",
		Source:    "MS docs: EWS throttling in Exchange, Throttling policy parameters that affect EWS search operations",
		Situation: "ErrorExceededFindCountLimit",
		met:       func(e *Exchange, _ *memory) bool { return e.Code == ews.ErrorExceededFindCountLimit },
		broken: func(e *Exchange, m *memory) bool {
			if e.Op != ews.OpFindItem {
				return false
			}
			_, told := m.toldBefore(e, byFind, e.Text)
			return told
		},
	}
}
