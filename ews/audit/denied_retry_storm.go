package audit

// DeniedRetryStorm is given when a client that may not impersonate a mailbox asks at once, over and over.
const DeniedRetryStorm ID = "denied-retry-storm"

func deniedRetryStorm() Rule {
	return Rule{
		ID: DeniedRetryStorm, Level: Problem,
		Advice: "Give up on a mailbox for which ErrorImpersonateUserDenied came twice, and tell somebody who can grant the role.",
		Source: "MS docs: How to configure impersonation, introduction; " +
			"OfficeDev/ews-managed-api #223 (one retry is enough where the denial is a mistake)",
		broken: func(e *Exchange, m *memory) bool { return m.hammers(e, byDenial) },
	}
}
