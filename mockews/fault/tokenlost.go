package fault

import "github.com/ewsbench/ewsbench/ews"

// TokenLost loses the caller's security context on the way from one back end to another: the second one finds an
// impersonation header that the token does not allow. Calls that are not proxied never meet it.
type TokenLost struct{}

// Source is a report of users.
func (*TokenLost) Source() string {
	return "OfficeDev/ews-managed-api #212: ErrorInvalidExchangeImpersonationHeaderData now and then, even for callers with Basic authentication, cured by " +
		"X-AnchorMailbox"
}

func (*TokenLost) check(*checker) {}

func (*TokenLost) concerns(c *Call) bool { return c.Proxied() }

func (*TokenLost) inject(_ draw, _ *Call, e *Effect) bool {
	f := ews.NewFault(ews.ErrorInvalidExchangeImpersonationHeaderData)
	f.Text = "ExchangeImpersonation SOAP header must not exist for this type of OAuth token."
	return e.answer(Answer{By: ByHome, Fault: f})
}
