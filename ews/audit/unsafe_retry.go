package audit

// UnsafeRetry is given when what may have been done already is asked for again.
const UnsafeRetry ID = "unsafe-retry"

func unsafeRetry() Rule {
	return Rule{
		ID: UnsafeRetry, Level: Problem, only: making,
		Advice:    "Look first whether a CreateItem, SendItem or the like was carried out before sending it again, if its answer was lost.",
		Source:    "RFC 9110, section 9.2.2",
		Situation: "a lost answer to a request that makes something",
		met:       func(e *Exchange, _ *memory) bool { return e.makes() && e.unsure() },
		broken:    func(e *Exchange, m *memory) bool { return m.attempted(e).unsure },
	}
}
