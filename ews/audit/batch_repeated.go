package audit

// BatchRepeated is given when a whole batch is sent again of which a part was done.
const BatchRepeated ID = "batch-repeated"

func batchRepeated() Rule {
	return Rule{
		ID: BatchRepeated, Level: Problem, only: making,
		Advice:    "Send only those parts again that failed or were not processed.",
		Source:    "MS docs: ResponseCode, ErrorBatchProcessingStopped; ResponseClass",
		Situation: "a batch of which a part was done",
		met:       func(e *Exchange, _ *memory) bool { return e.makes() && e.partly() },
		broken:    func(e *Exchange, m *memory) bool { return m.attempted(e).partly },
	}
}
