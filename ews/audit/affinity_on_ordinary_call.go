package audit

// AffinityOnOrdinaryCall is given when what keeps notifications on a server is sent with a
// request that is about none.
const AffinityOnOrdinaryCall ID = "affinity-on-ordinary-call"

func affinityOnOrdinaryCall() Rule {
	return Rule{
		ID: AffinityOnOrdinaryCall, Level: Advice, only: sticky,
		Advice: "Keep X-PreferServerAffinity and X-BackEndOverrideCookie for notifications, with cookies and headers of their own.",
		Source: "mstehle, Managing Affinity for EWS Impersonation in Exchange 2013 (learn.microsoft.com archive, 2013-07-17); " +
			"MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, introduction",
		Situation: "a request that is about no notification",
		met:       func(e *Exchange, _ *memory) bool { return !e.notification() },
		broken:    func(e *Exchange, _ *memory) bool { return (e.Affinity || e.CookieSent) && !e.notification() },
	}
}
