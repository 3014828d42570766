package audit

import "github.com/ewsbench/ewsbench/ews"

// VersionRefusedAgain is given when a schema is named again that the server does not know.
const VersionRefusedAgain ID = "version-refused-again"

func versionRefusedAgain() Rule {
	return Rule{
		ID: VersionRefusedAgain, Level: Problem, only: refusedBefore,
		Advice: "After ErrorInvalidServerVersion name an older schema, and remember which one was taken.",
		Source: "MS docs: EWS schema versions in Exchange, introduction; " +
			"MS docs: RequestServerVersion, Version Attribute Values",
		Situation: "a version that the server does not know",
		met:       func(e *Exchange, _ *memory) bool { return e.Code == ews.ErrorInvalidServerVersion },
		broken: func(e *Exchange, m *memory) bool {
			_, told := m.toldBefore(e, byVersion, digestText(string(e.Version)))
			return told
		},
	}
}
