package audit

import "github.com/ewsbench/ewsbench/ews"

// ImpersonationMissing is given when an application that has a token of its own says for nobody that it acts.
const ImpersonationMissing ID = "impersonation-missing"

func impersonationMissing() Rule {
	return Rule{
		ID: ImpersonationMissing, Level: Problem, only: failed,
		Advice: "Send ExchangeImpersonation in every request with an application's own token, which belongs to no mailbox.",
		Source: "MS docs: Authenticate an EWS application by using OAuth, App-only authentication; " +
			"OfficeDev/ews-managed-api #245",
		Situation: "a request with a token",
		met:       func(e *Exchange, _ *memory) bool { return e.Token },
		broken: func(e *Exchange, _ *memory) bool {
			return e.Code == ews.ErrorInvalidExchangeImpersonationHeaderData && e.Mailbox == ""
		},
	}
}
