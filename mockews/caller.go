package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// Texts of ErrorInvalidExchangeImpersonationHeaderData for callers with a token (captures in OfficeDev/ews-managed-api #212 and #245,
// exchangelib #735).
const (
	textHeaderNeeded    = "ExchangeImpersonation SOAP header must be present for this type of OAuth token."
	textHeaderForbidden = "ExchangeImpersonation SOAP header must not exist for this type of OAuth token."
)

// tokenKind is what a caller has shown of itself.
type tokenKind byte

const (
	tokenNone      tokenKind = iota // a password
	tokenDelegated                  // a token of a user, by an application
	tokenApp                        // a token of an application alone
)

// bearer is who calls, as far as it matters to whom it may act for.
type bearer struct {
	caller     route.Principal
	token      tokenKind
	app        string // id of the application
	fullAccess bool   // the application holds full_access_as_app
}

// bearer is who sent the request.
func (x *exchange) bearer() bearer {
	b := bearer{caller: x.hints.Caller, app: x.identity.AppID, fullAccess: x.identity.FullAccess()}
	switch {
	case x.identity.AppOnly:
		b.token = tokenApp
	case x.identity.Delegated():
		b.token = tokenDelegated
	}
	return b
}

// act is whom a request acts for: the caller, or the user that it impersonates. Every refusal is a fault (MS docs:
// Impersonation and EWS in Exchange; capture in OfficeDev/ews-managed-api #223).
func (x *exchange) act(request *ews.Request) (route.Principal, *ews.Fault) {
	return x.server.actor(x.bearer(), request.Impersonate)
}

func (s *Server) actor(b bearer, sid ews.ConnectingSID) (route.Principal, *ews.Fault) {
	if sid.Value == "" {
		if b.token == tokenApp {
			return 0, headerFault(textHeaderNeeded)
		}
		return b.caller, nil
	}
	if b.token == tokenDelegated && s.guard.DelegatedTokens() == access.DelegatedNever {
		return 0, headerFault(textHeaderForbidden)
	}
	target, fault := s.resolve(sid)
	if fault != nil {
		return 0, fault
	}
	if d := s.mayAct(b, target); !d.Allowed {
		return 0, ews.NewFault(d.Code)
	}
	return target, nil
}

// mayAct asks the guard by what the caller has shown: an application alone has no role of any user.
func (s *Server) mayAct(b bearer, target route.Principal) access.Decision {
	if b.token == tokenApp {
		return s.guard.DecideApp(b.app, b.fullAccess, target)
	}
	return s.guard.Decide(b.caller, target, access.Right{Verb: access.Impersonate})
}

func headerFault(text string) *ews.Fault {
	f := ews.NewFault(ews.ErrorInvalidExchangeImpersonationHeaderData)
	f.Text = text
	return f
}

// resolve finds the user that a ConnectingSID names (MS docs: How to identify the account to impersonate).
func (s *Server) resolve(sid ews.ConnectingSID) (route.Principal, *ews.Fault) {
	target, primary := s.org.Find(sid.Value)
	switch sid.Kind {
	case ews.SID:
		found, wellFormed := s.org.FindSID(sid.Value)
		if !wellFormed {
			return 0, ews.NewFault(ews.ErrorInvalidSid)
		}
		target = found
	case ews.PrincipalName:
		if target == 0 || !primary {
			return 0, ews.NewFault(ews.ErrorInvalidUserPrincipalName)
		}
	case ews.PrimarySmtpAddress:
		if target != 0 && !primary {
			return 0, addressFault(ews.ErrorNonPrimarySmtpAddress, "Primary", s.org.Address(target))
		}
	case ews.SmtpAddress:
	}
	if target == 0 {
		return 0, addressFault(ews.ErrorNonExistentMailbox, "SmtpAddress", sid.Value)
	}
	return target, nil
}

// addressFault is a fault that says which address it is about.
func addressFault(code ews.Code, name, address string) *ews.Fault {
	f := ews.NewFault(code)
	f.Values = []ews.Value{{Name: name, Text: address}}
	return f
}
