package audit

// CredentialsInClear is given when a password or a token goes over a network that anybody can read.
const CredentialsInClear ID = "credentials-in-clear"

func credentialsInClear() Rule {
	return Rule{
		ID: CredentialsInClear, Level: Problem, only: inClear,
		Advice:    "Send credentials over https only, unless the server is on the same machine.",
		Source:    "RFC 7617, section 4; RFC 6750, section 5.3",
		Situation: "a request with credentials from another machine",
		met:       func(e *Exchange, _ *memory) bool { return e.Afar },
		broken:    func(e *Exchange, _ *memory) bool { return e.InClear },
	}
}
