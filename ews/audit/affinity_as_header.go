package audit

// AffinityAsHeader is given when the affinity cookie is sent where no server looks for it.
const AffinityAsHeader ID = "affinity-as-header"

func affinityAsHeader() Rule {
	return Rule{
		ID: AffinityAsHeader, Level: Problem, only: sticky,
		Advice: "Return X-BackEndOverrideCookie in the Cookie header, not as an HTTP header of that name.",
		Source: "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, How is affinity maintained; " +
			"seen in exchangelib, services/common.py",
		Situation: "a notification's request with affinity",
		met:       func(e *Exchange, _ *memory) bool { return e.Affinity && e.notification() },
		broken:    func(e *Exchange, _ *memory) bool { return e.CookieAsHeader },
	}
}
