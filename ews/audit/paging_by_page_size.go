package audit

// PagingByPageSize is given when the next page begins behind items that have not come.
const PagingByPageSize ID = "paging-by-page-size"

func pagingByPageSize() Rule {
	return Rule{
		ID: PagingByPageSize, Level: Problem, only: leafing,
		Advice:    "Begin the next page where the last one ended: its offset plus as many items as came, which can be fewer than were asked for.",
		Source:    "MS docs: EWS throttling in Exchange, Throttling policy parameters that affect EWS search operations",
		Situation: "a search that goes on after a page that was not full",
		met: func(e *Exchange, m *memory) bool {
			p, ok := m.paged(e)
			return ok && p.short && !p.last
		},
		broken: func(e *Exchange, m *memory) bool {
			p, ok := m.paged(e)
			return ok && !p.last && e.Offset > p.next
		},
	}
}
