package audit

// PagingPastTheEnd is given when a page is asked for behind the last one.
const PagingPastTheEnd ID = "paging-past-the-end"

func pagingPastTheEnd() Rule {
	return Rule{
		ID: PagingPastTheEnd, Level: Advice, only: leafing,
		Advice:    "Stop when IncludesLastItemInRange is true.",
		Source:    "MS docs: EWS throttling in Exchange, Throttling policy parameters that affect EWS search operations",
		Situation: "a search to the last page",
		met:       func(e *Exchange, _ *memory) bool { return e.Query != 0 && e.Last },
		broken: func(e *Exchange, m *memory) bool {
			p, ok := m.paged(e)
			return ok && p.last && e.Offset > 0 && e.Offset >= p.next
		},
	}
}
