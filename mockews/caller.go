package mockews

import (
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// accountHeaders are the Authorization headers of the service accounts: most requests of a run carry one of them.
func accountHeaders(org *route.Organisation) map[string]route.Principal {
	headers := map[string]route.Principal{}
	for i, a := range org.Topology().Accounts {
		p := route.Principal(-i - 1)
		pair := org.Address(p) + ":" + a.Password
		headers["Basic "+base64.StdEncoding.EncodeToString([]byte(pair))] = p
	}
	return headers
}

// authenticate is who sends the request, or 0. A name is an address, or what stands before the @ of one.
func (s *Server) authenticate(r *http.Request) route.Principal {
	header := r.Header["Authorization"]
	if len(header) != 1 {
		return 0
	}
	if p, ok := s.accounts[header[0]]; ok {
		return p
	}
	name, password, ok := r.BasicAuth()
	if !ok {
		return 0
	}
	if !strings.Contains(name, "@") {
		name += "@" + s.org.Topology().Domain
	}
	p, _ := s.org.Find(name)
	if p == 0 || subtle.ConstantTimeCompare([]byte(password), []byte(s.org.Password(p))) == 0 {
		return 0
	}
	return p
}

// actor is whom a request acts for: the caller, or the user that it impersonates. Every refusal is a fault (MS docs:
// Impersonation and EWS in Exchange; capture in OfficeDev/ews-managed-api #223).
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
