package audit

import "github.com/ewsbench/ewsbench/ews"

// FindUnpaged is given when a search asks for everything at once.
const FindUnpaged ID = "find-unpaged"

func findUnpaged() Rule {
	return Rule{
		ID: FindUnpaged, Level: Advice, only: sized,
		Advice:    "Give every FindItem a page or a view, and go on until IncludesLastItemInRange is true.",
		Source:    "MS docs: EWS throttling in Exchange, Throttling policy parameters that affect EWS search operations",
		Situation: "a search",
		met:       func(e *Exchange, _ *memory) bool { return e.Op == ews.OpFindItem },
		broken:    func(e *Exchange, _ *memory) bool { return e.Unpaged },
	}
}
