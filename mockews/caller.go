package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// act is whom a request acts for: the caller, or the user that it impersonates. Every refusal is a fault (MS docs:
// Impersonation and EWS in Exchange; capture in OfficeDev/ews-managed-api #223).
func (x *exchange) act(request *ews.Request) (route.Principal, *ews.Fault) {
	return x.server.actor(x.hints.Caller, request.Impersonate)
}

func (s *Server) actor(caller route.Principal, sid ews.ConnectingSID) (route.Principal, *ews.Fault) {
	if sid.Value == "" {
		return caller, nil
	}
	target, fault := s.resolve(sid)
	if fault != nil {
		return 0, fault
	}
	if !s.org.MayImpersonate(caller, target) {
		return 0, ews.NewFault(ews.ErrorImpersonateUserDenied)
	}
	return target, nil
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
			return 0, smtpFault(ews.ErrorNonPrimarySmtpAddress, s.org.Address(target))
		}
	case ews.SmtpAddress:
	}
	if target == 0 {
		return 0, smtpFault(ews.ErrorNonExistentMailbox, sid.Value)
	}
	return target, nil
}

func smtpFault(code ews.Code, address string) *ews.Fault {
	f := ews.NewFault(code)
	f.Values = []ews.Value{{Name: "SmtpAddress", Text: address}}
	return f
}
