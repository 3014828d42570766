package fault

import "github.com/ewsbench/ewsbench/ews"

// WrongSite refuses a call that has to go on to another back end: the first one finds nobody in the destination site.
// What a missing anchor earns now and then; calls that are where they belong never meet it.
type WrongSite struct{}

// Source is the reports of users.
func (*WrongSite) Source() string {
	return "ecederstrand/exchangelib #338 and OfficeDev/ews-java-api #289: ErrorNoRespondingCASInDestinationSite without X-AnchorMailbox, cured by it"
}

func (*WrongSite) check(*checker) {}

func (*WrongSite) concerns(c *Call) bool { return c.Proxied() }

func (*WrongSite) inject(_ draw, _ *Call, e *Effect) bool {
	return e.answer(Answer{By: ByFirst, Fault: ews.NewFault(ews.ErrorNoRespondingCASInDestinationSite)})
}
