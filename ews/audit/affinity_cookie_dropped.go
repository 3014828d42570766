package audit

import "github.com/ewsbench/ewsbench/ews"

// AffinityCookieDropped is given when a group's request comes without the cookie that an
// earlier answer gave to the group.
const AffinityCookieDropped ID = "affinity-cookie-dropped"

func affinityCookieDropped() Rule {
	return Rule{
		ID: AffinityCookieDropped, Level: Problem, only: sticky | noticing,
		Advice:    "Return the X-BackEndOverrideCookie of the group's first answer in each later request of the group.",
		Source:    "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange, How do I maintain affinity, steps 5 to 7",
		Situation: "a later request of a group whose cookie was offered",
		met: func(e *Exchange, m *memory) bool {
			_, ok := m.offered(e)
			return ok && e.grouped() && !e.startsGroup()
		},
		broken: func(e *Exchange, m *memory) bool {
			if !e.grouped() || e.CookieSent || e.startsGroup() {
				return false
			}
			offered, ok := m.offered(e)
			return ok && e.Came >= offered
		},
	}
}

// startsGroup says that the request subscribes the anchor itself: a group
// begins, as if there had been none before.
func (e *Exchange) startsGroup() bool { return e.Op == ews.OpSubscribe && e.anchorsOwn() }
