package conformance

import (
	"context"

	"github.com/ewsbench/ewsbench/ews"
)

// connectingSID is how the account to impersonate is named.
func connectingSID() []Clause {
	return []Clause{sidPrincipal(), sidSID(), sidAlias(), sidPrimaryOnly(), sidPrimaryIsNamed(), sidUnknownPrincipal(), sidMalformed(), sidEmpty(), sidStranger()}
}

func sidPrincipal() Clause {
	return Clause{
		ID: "sid.principal", Level: Must,
		Rule:       "ConnectingSID names a user by PrincipalName.",
		Source:     pageConnectingSID + ", PrincipalName; " + pageIdentify,
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedPrincipal(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Impersonate(ews.PrincipalName, p.World.Principal).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("PrincipalName is not understood", all(impersonating(ews.PrincipalName), func(r *Received) bool { return r.EWS.Impersonate.Value == "user000001@contoso.com" }),
			ews.ErrorInvalidUserPrincipalName),
	}
}

func sidSID() Clause {
	return Clause{
		ID: "sid.sid", Level: Must,
		Rule:       "ConnectingSID names a user by SID, in SDDL.",
		Source:     pageConnectingSID + ", SID; " + pageIdentify,
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedSID(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Impersonate(ews.SID, p.World.SID).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("SIDs are not understood", all(impersonating(ews.SID), func(r *Received) bool { return r.EWS.Impersonate.Value != "S-1-x" }), ews.ErrorInvalidSid),
	}
}

func sidAlias() Clause {
	return Clause{
		ID: "sid.smtp.any-address", Level: Must,
		Rule:       "ConnectingSID names a user by SmtpAddress, any address of the mailbox.",
		Source:     pageConnectingSID + ", SmtpAddress",
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedAlias(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Impersonate(ews.SmtpAddress, p.World.Alias).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("SmtpAddress takes the primary address alone", impersonating(ews.SmtpAddress), ews.ErrorNonPrimarySmtpAddress, "sid.smtp.stranger"),
	}
}

func sidPrimaryOnly() Clause {
	return Clause{
		ID: "sid.primary.only", Level: Must,
		Rule:       "PrimarySmtpAddress takes the primary address of a mailbox, and no other.",
		Source:     pageConnectingSID + ", PrimarySmtpAddress; " + pageResponse + ", ErrorNonPrimarySmtpAddress; seen in exchangelib #596",
		Admissible: "HTTP 500 with the SOAP fault ErrorNonPrimarySmtpAddress",
		Needs:      []Need{NeedAccount(Service), NeedAlias(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Impersonate(ews.PrimarySmtpAddress, p.World.Alias).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), FaultOf(ews.ErrorNonPrimarySmtpAddress))
		},
		Saboteur: Saboteur{Defect: "PrimarySmtpAddress takes any address", Also: []string{"sid.primary.names-it", "fault.message-xml"}, Request: func(r *Received) {
			if impersonating(ews.PrimarySmtpAddress)(r) && holds("@mail.")(r) {
				r.Replace("t:PrimarySmtpAddress>", "t:SmtpAddress>")
			}
		}},
	}
}

func sidPrimaryIsNamed() Clause {
	return Clause{
		ID: "sid.primary.names-it", Level: Should,
		Rule:       "The refusal of another address says which one is the primary.",
		Source:     pageResponse + ", ErrorNonPrimarySmtpAddress",
		Admissible: "the fault's MessageXml holds the primary address",
		Needs:      []Need{NeedAccount(Service), NeedAlias(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.As(Service).Impersonate(ews.PrimarySmtpAddress, p.World.Alias).Anchor(p.Mailbox(0)).Do(ctx, Inbox())
			if err != nil {
				return err
			}
			for _, value := range a.All("//s:Fault/detail/t:MessageXml/t:Value") {
				if value.InnerText() == p.Mailbox(0) {
					return nil
				}
			}
			return &Mismatch{Expected: "a value " + p.Mailbox(0) + " in the fault's MessageXml", Actual: a.String() + " without it"}
		},
		Saboteur: Saboteur{Defect: "the refusal keeps the primary address to itself", Also: []string{"fault.message-xml"}, Answer: func(_ *Received, s *Sent) {
			if s.Has("ErrorNonPrimarySmtpAddress") {
				s.Cut("<t:MessageXml", "</t:MessageXml>")
			}
		}},
	}
}

func sidUnknownPrincipal() Clause {
	return Clause{
		ID: "sid.principal.unknown", Level: Must,
		Rule:       "A PrincipalName that is nobody's is refused as such.",
		Source:     pageResponse + ", ErrorInvalidUserPrincipalName",
		Admissible: "HTTP 500 with the SOAP fault ErrorInvalidUserPrincipalName",
		Needs:      []Need{NeedAccount(Service), NeedStranger(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Impersonate(ews.PrincipalName, p.World.Stranger).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), FaultOf(ews.ErrorInvalidUserPrincipalName))
		},
		Saboteur: swaps("a name that is nobody's counts as a mailbox that is not there", "ErrorInvalidUserPrincipalName", "ErrorNonExistentMailbox", nil),
	}
}

func sidMalformed() Clause {
	return Clause{
		ID: "sid.sid.malformed", Level: Must,
		Rule:       "A SID that is not in SDDL is refused as such.",
		Source:     pageResponse + ", ErrorInvalidSid",
		Admissible: "HTTP 500 with the SOAP fault ErrorInvalidSid",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Impersonate(ews.SID, "S-1-x").Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), FaultOf(ews.ErrorInvalidSid))
		},
		Saboteur: swaps("a malformed SID counts as an impersonation that is not allowed", "ErrorInvalidSid", "ErrorImpersonateUserDenied", nil),
	}
}

func sidEmpty() Clause {
	return Clause{
		ID: "sid.empty", Level: Must,
		Rule:       "An ExchangeImpersonation header that names nobody is refused: the request is not carried out as the caller.",
		Source:     pageResponse + ", ErrorInvalidExchangeImpersonationHeaderData; captures in exchangelib #735 and #757",
		Admissible: "HTTP 500 with the SOAP fault ErrorInvalidExchangeImpersonationHeaderData or ErrorSchemaValidation",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Anchor(p.Mailbox(0)).Says(ctx, FaultOf(ews.ErrorInvalidExchangeImpersonationHeaderData, ews.ErrorSchemaValidation), getFolders(folder("inbox", "")),
				"<t:ExchangeImpersonation><t:ConnectingSID/></t:ExchangeImpersonation>")
		},
		Saboteur: Saboteur{Defect: "a header that names nobody is passed over", Request: func(r *Received) {
			r.Replace("<t:ExchangeImpersonation><t:ConnectingSID/></t:ExchangeImpersonation>", "")
		}},
	}
}

func sidStranger() Clause {
	return Clause{
		ID: "sid.smtp.stranger", Level: Must,
		Rule:       "An address that nobody has cannot be impersonated, which is decided while the request is authorised: a fault.",
		Source:     "A capture in Microsoft KB 3214326; " + pageResponse + ", ErrorNonExistentMailbox",
		Admissible: "HTTP 500 with the SOAP fault ErrorNonExistentMailbox or ErrorImpersonateUserDenied",
		Needs:      []Need{NeedAccount(Service), NeedStranger(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Service).Impersonate(ews.SmtpAddress, p.World.Stranger).Anchor(p.Mailbox(0)).
				Expect(ctx, Inbox(), FaultOf(ews.ErrorNonExistentMailbox, ews.ErrorImpersonateUserDenied))
		},
		Saboteur: Saboteur{Defect: "who impersonates nobody acts as itself", Request: func(r *Received) {
			if r.Impersonates() && r.EWS.Impersonate.Value == "nobody@contoso.com" && r.EWS.Impersonate.Kind == ews.SmtpAddress {
				r.Replace("nobody@contoso.com", "svc-bench@contoso.com")
			}
		}},
	}
}
