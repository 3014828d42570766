package audit

import "github.com/ewsbench/ewsbench/ews"

// OldWatermarkKept is given when a lost subscription is made again with its old watermark.
const OldWatermarkKept ID = "old-watermark-kept"

func oldWatermarkKept() Rule {
	return Rule{
		ID: OldWatermarkKept, Level: Advice, only: noticing | refusedBefore,
		Advice:    "Subscribe without a watermark after a loss, and find out by synchronising what was missed.",
		Source:    "MS docs: Handling notification-related errors in EWS in Exchange, Recovering from lost subscriptions",
		Situation: "a lost subscription",
		met:       func(e *Exchange, _ *memory) bool { kind, _ := e.refusal(); return kind == byLoss },
		broken: func(e *Exchange, m *memory) bool {
			if e.Op != ews.OpSubscribe || e.Mark == 0 {
				return false
			}
			_, told := m.toldBefore(e, byLoss, 0)
			return told
		},
	}
}
