package audit

import "github.com/ewsbench/ewsbench/ews"

// WatermarkStale is given when events are asked for from a watermark that has been passed.
const WatermarkStale ID = "watermark-stale"

func watermarkStale() Rule {
	return Rule{
		ID: WatermarkStale, Level: Problem, only: noticing,
		Advice:    "Send GetEvents with the watermark of the last event that came.",
		Source:    "MS docs: GetEvents operation, Remarks; MS docs: Using Pull Subscriptions, To get event notifications",
		Situation: "GetEvents with a watermark",
		met: func(e *Exchange, m *memory) bool {
			return e.Op == ews.OpGetEvents && m.subscribed(e, func(s subscription) bool { return s.mark != 0 })
		},
		broken: func(e *Exchange, m *memory) bool {
			return e.Op == ews.OpGetEvents && m.subscribed(e, func(s subscription) bool {
				return s.mark != 0 && e.Mark != s.mark && !s.lost && e.Came >= s.at
			})
		},
	}
}
