package audit

import "github.com/ewsbench/ewsbench/ews"

// DeniedRetryStorm is given when a client that may not impersonate a mailbox asks at once, over and over.
const DeniedRetryStorm ID = "denied-retry-storm"

func deniedRetryStorm() Rule {
	return Rule{
		ID: DeniedRetryStorm, Level: Problem, only: refusedBefore,
		Advice: "Give up on a mailbox for which ErrorImpersonateUserDenied came twice, and tell somebody who can grant the role.",
		Source: "MS docs: How to configure impersonation, introduction; " +
			"OfficeDev/ews-managed-api #223 (one retry is enough where the denial is a mistake)",
		Situation: "a mailbox that may not be impersonated",
		met:       func(e *Exchange, _ *memory) bool { return e.Code == ews.ErrorImpersonateUserDenied },
		broken:    func(e *Exchange, m *memory) bool { return m.hammers(e, byDenial) },
	}
}
