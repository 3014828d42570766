package audit

import "github.com/ewsbench/ewsbench/ews"

// NonPrimaryRepeated is given when a client insists on an address after it was told that it is not the primary one.
const NonPrimaryRepeated ID = "non-primary-repeated"

func nonPrimaryRepeated() Rule {
	return Rule{
		ID: NonPrimaryRepeated, Level: Problem, only: refusedBefore,
		Advice:    "Take the primary address out of the answer ErrorNonPrimarySmtpAddress and use it from then on, or name the mailbox by SmtpAddress.",
		Source:    "MS docs: ResponseCode, ErrorNonPrimarySmtpAddress; ecederstrand/exchangelib #596",
		Situation: "an address that is not the primary one",
		met:       func(e *Exchange, _ *memory) bool { return e.Code == ews.ErrorNonPrimarySmtpAddress },
		broken: func(e *Exchange, m *memory) bool {
			if e.Named.Kind != ews.PrimarySmtpAddress {
				return false
			}
			_, told := m.toldBefore(e, byAddress, digestText(e.Named.Value))
			return told
		},
	}
}
