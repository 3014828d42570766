package conformance

import (
	"context"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// impersonation is who may act as whom.
func impersonation() []Clause {
	return []Clause{
		roleSufficient(), roleRequired(), roleIsEnough(), scopeInside(), scopeOutside(), scopeAbsent(), severalAccounts(), accountWithoutMailbox(),
		deniedIsFault(), actsWithTheRightsOfTheUser(), actsAsTheUser(), headerAnyOrder(), oneModeOnly(),
	}
}

func roleSufficient() Clause {
	return Clause{
		ID: "imp.role.sufficient", Level: Must,
		Rule:       "An account with the role ApplicationImpersonation opens a mailbox of its scope as the mailbox's user.",
		Source:     pageImpersonation + ", introduction",
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Version(ews.Exchange2010_SP2).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("who asks at Exchange2010_SP2 and impersonates is refused, role or not",
			func(r *Received) bool { return r.Impersonates() && r.EWS.Version == ews.Exchange2010_SP2 }, ews.ErrorImpersonateUserDenied),
	}
}

func roleRequired() Clause {
	return Clause{
		ID: "imp.role.required", Level: Must,
		Rule:       "An account without the role ApplicationImpersonation impersonates nobody.",
		Source:     pageImpersonation + ", introduction; a capture in OfficeDev/ews-managed-api #223",
		Admissible: "HTTP 500 with the SOAP fault ErrorImpersonateUserDenied",
		Needs:      []Need{NeedAccount(NoRole), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(NoRole).For(p.Mailbox(0)).Expect(ctx, Inbox(), FaultOf(ews.ErrorImpersonateUserDenied))
		},
		Saboteur: Saboteur{Defect: "the role is not asked for", Also: []string{"imp.denied.is-no-http-denial", "anchor.grants-nothing"}, Request: func(r *Received) {
			if r.Impersonates() && r.Op() == ews.OpGetFolder && r.Caller() == "svc-none@contoso.com" {
				r.Pretend("svc-bench@contoso.com")
			}
		}},
	}
}

// roleIsEnough tells impersonation from the other two ways of access: no folder was shared and nobody was made a delegate.
func roleIsEnough() Clause {
	return Clause{
		ID: "imp.role.no-sharing-needed", Level: Must,
		Rule:       "Impersonation needs no right of the service account's own on the mailbox: without impersonating, the same account finds the folder not there.",
		Source:     pageImpersonation + ", introduction; " + pageDelegate + ", Explicit and implicit access",
		Admissible: "success when impersonating; a refusal with ErrorFolderNotFound or ErrorItemNotFound when not",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Service(p.Mailbox(1)).Expect(ctx, Inbox(), Success()); err != nil {
				return err
			}
			return p.As(Service).Anchor(p.Mailbox(1)).Says(ctx, MessageOf(ews.ErrorFolderNotFound, ews.ErrorItemNotFound, ews.ErrorAccessDenied), getFolders(folder("inbox", p.Mailbox(1))))
		},
		Saboteur: Saboteur{Defect: "the service account opens every mailbox, impersonating or not", Request: func(r *Received) {
			if r.EWS != nil && !r.Impersonates() && r.Caller() == "svc-bench@contoso.com" {
				r.Replace("</soap:Header>", "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>"+r.Anchor()+
					"</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></soap:Header>")
			}
		}},
	}
}

func scopeInside() Clause {
	return Clause{
		ID: "imp.scope.inside", Level: Must,
		Rule:       "An account whose role has a management scope impersonates whoever is in the scope.",
		Source:     pageConfigure + ", to configure impersonation for specific users or groups of users",
		Admissible: "success",
		Needs:      []Need{NeedScope()},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Scoped).For(p.World.Inside).Expect(ctx, Inbox(), Success())
		},
		Saboteur: Saboteur{Defect: "a role with a scope is none", Request: func(r *Received) {
			if r.Caller() == "svc-scoped@contoso.com" {
				r.Pretend("svc-none@contoso.com")
			}
		}},
	}
}

func scopeOutside() Clause {
	return Clause{
		ID: "imp.scope.outside", Level: Must,
		Rule:       "An account whose role has a management scope impersonates nobody outside of it.",
		Source:     pageConfigure + ", to configure impersonation for specific users or groups of users",
		Admissible: "HTTP 500 with the SOAP fault ErrorImpersonateUserDenied",
		Needs:      []Need{NeedScope()},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Scoped).For(p.World.Outside).Expect(ctx, Inbox(), FaultOf(ews.ErrorImpersonateUserDenied))
		},
		Saboteur: Saboteur{Defect: "scopes are not looked at", Request: func(r *Received) {
			if r.Impersonates() && r.Caller() == "svc-scoped@contoso.com" {
				r.Pretend("svc-bench@contoso.com")
			}
		}},
	}
}

func scopeAbsent() Clause {
	return Clause{
		ID: "imp.scope.absent", Level: Must,
		Rule:       "A role without a management scope is good for every mailbox: also for one that another account's scope leaves out.",
		Source:     pageImpersonation + ", introduction; " + pageConfigure + ", to configure impersonation for all users in an organization",
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedScope()},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.World.Outside).Expect(ctx, Inbox(), Success())
		},
		Saboteur: Saboteur{Defect: "every role has a scope", Request: func(r *Received) {
			if r.Caller() == "svc-bench@contoso.com" && r.Impersonates() && r.EWS.Impersonate.Value == "user000700@contoso.com" {
				r.Pretend("svc-scoped@contoso.com")
			}
		}, Also: []string{"throttle.charges.target"}},
	}
}

func severalAccounts() Clause {
	return Clause{
		ID: "imp.accounts.several", Level: Must,
		Rule:       "An organisation may have several service accounts; each impersonates by its own role.",
		Source:     pageImpersonation + ", Security considerations for EWS impersonation",
		Admissible: "success for each",
		Needs:      []Need{NeedAccount(Service), NeedAccount(Second), NeedMailboxes(3)},
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Service(p.Mailbox(2)).Expect(ctx, Inbox(), Success()); err != nil {
				return err
			}
			return p.As(Second).For(p.Mailbox(2)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("a second account may not open what the first one may", func(r *Received) bool {
			return r.Caller() == "svc-nomailbox@contoso.com" && r.Impersonates() && r.EWS.Impersonate.Value == "user000003@contoso.com"
		}, ews.ErrorImpersonateUserDenied),
	}
}

func accountWithoutMailbox() Clause {
	return Clause{
		ID: "imp.accounts.without-mailbox", Level: Must,
		Rule:       "A service account needs no mailbox of its own, as long as the anchor says where the request belongs.",
		Source:     pageImpersonation + ", introduction; front ends have a fallback for callers without a mailbox (CSS-Exchange, HttpProxy.NoMailboxFallbackRouting)",
		Admissible: "success",
		Needs:      []Need{NeedAccount(NoMailbox), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(NoMailbox).For(p.Mailbox(0)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("who has no mailbox is not let in", func(r *Received) bool {
			return r.Op() == ews.OpGetFolder && r.Caller() == "svc-nomailbox@contoso.com" && r.Impersonates() && r.EWS.Impersonate.Value == "user000001@contoso.com"
		}, ews.ErrorNonExistentMailbox),
	}
}

func deniedIsFault() Clause {
	return Clause{
		ID: "imp.denied.is-no-http-denial", Level: Must,
		Rule:       "A denied impersonation is a SOAP fault: the caller is known, so that no challenge and no 403 is due.",
		Source:     "A capture in OfficeDev/ews-managed-api #223: HTTP 500 with a SOAP envelope",
		Admissible: "HTTP 500 with a SOAP envelope, and no WWW-Authenticate",
		Needs:      []Need{NeedAccount(NoRole), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.As(NoRole).For(p.Mailbox(0)).Raw(ctx, getFolders(folder("sentitems", "")))
			if err := Expect(a, err, HTTP(http.StatusInternalServerError)); err != nil {
				return err
			}
			return That(a.Outcome.SOAP && a.Header.Get("WWW-Authenticate") == "", "a SOAP envelope and no challenge", "%s", a)
		},
		Saboteur: Saboteur{Defect: "a denied impersonation of the sent items is HTTP 403", Answer: func(r *Received, s *Sent) {
			if r.Caller() == "svc-none@contoso.com" && holds(`"sentitems"`)(r) && s.Has("ErrorImpersonateUserDenied") {
				s.Status, s.Body = http.StatusForbidden, nil
			}
		}},
	}
}

func actsWithTheRightsOfTheUser() Clause {
	return Clause{
		ID: "imp.rights.of-the-user", Level: Must,
		Rule:       "Who impersonates has exactly the rights of the impersonated user: another user's folders, which that user may not open, stay closed.",
		Source:     pageImpersonation + ", introduction",
		Admissible: "a response code ErrorFolderNotFound, ErrorItemNotFound or ErrorAccessDenied",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(3)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(2)).Says(ctx, MessageOf(ews.ErrorFolderNotFound, ews.ErrorItemNotFound, ews.ErrorAccessDenied), getFolders(folder("inbox", p.Mailbox(1))))
		},
		Saboteur: Saboteur{Defect: "who impersonates one may open all", Request: func(r *Received) {
			if r.Op() == ews.OpGetFolder && r.Impersonates() && r.EWS.Impersonate.Value == "user000003@contoso.com" && holds("<t:EmailAddress>user000002@contoso.com")(r) {
				r.Replace("<t:PrimarySmtpAddress>user000003@", "<t:PrimarySmtpAddress>user000002@")
			}
		}},
	}
}

func actsAsTheUser() Clause {
	return Clause{
		ID: "imp.acts-as-the-user", Level: Must,
		Rule:       "What is made by impersonation is in the mailbox of the impersonated user, as if the user had made it.",
		Source:     pageImpersonation + ", introduction",
		Admissible: "the user, with credentials of its own, gets the item",
		Needs:      []Need{NeedAccount(Service), NeedAccount(Owner), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			id, err := draft(ctx, p, p.Service(p.Mailbox(0)), "ewsbench acts as the user")
			if err != nil {
				return err
			}
			return p.As(Owner).Anchor(p.Mailbox(0)).Says(ctx, Success(), getItem(id))
		},
		Saboteur: Saboteur{Defect: "what was made by impersonation is hidden from the user", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpGetItem && r.Caller() == "user000001@contoso.com" && s.Has("ewsbench acts as the user") {
				s.Refuse(ews.ErrorItemNotFound)
			}
		}},
	}
}

func headerAnyOrder() Clause {
	return Clause{
		ID: "imp.header.any-order", Level: Should,
		Rule:       "SOAP headers have no order: ExchangeImpersonation may stand before RequestServerVersion.",
		Source:     "MS-OXWSCDATA 2.2.3, SOAP headers; clients write them in different orders (ews-managed-api, ServiceRequestBase.cs; exchangelib, services/common.py)",
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.As(Service).Anchor(p.Mailbox(0)).Post(ctx, []byte(envelopeOpen+
				"<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>"+p.Mailbox(0)+"</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"+
				`<t:RequestServerVersion Version="Exchange2013_SP1"/>`+envelopeBody+getFolders(folder("inbox", ""))+envelopeEnd))
			return Expect(a, err, Success())
		},
		Saboteur: refuses("RequestServerVersion must be the first header", holds("</t:ExchangeImpersonation><t:RequestServerVersion"), ews.ErrorSchemaValidation),
	}
}

// Parts of an envelope that a check writes by itself.
const (
	envelopeOpen = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><soap:Header>`
	envelopeBody = "</soap:Header><soap:Body>"
	envelopeEnd  = "</soap:Body></soap:Envelope>"
)

func oneModeOnly() Clause {
	return Clause{
		ID: "imp.header.one-mode", Level: Must,
		Rule:       "A request may say in one way only whom it acts as: ExchangeImpersonation twice is refused.",
		Source:     pageResponse + ", ErrorMoreThanOneAccessModeSpecified",
		Admissible: "HTTP 500 with the SOAP fault ErrorMoreThanOneAccessModeSpecified",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, FaultOf(ews.ErrorMoreThanOneAccessModeSpecified), getFolders(folder("inbox", "")),
				"<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>"+p.Mailbox(1)+"</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>")
		},
		Saboteur: Saboteur{Defect: "the first of several access modes counts", Request: func(r *Received) {
			if n := strings.Count(string(r.Body), "<t:ExchangeImpersonation>"); n > 1 {
				first, rest, _ := strings.Cut(string(r.Body), "</t:ExchangeImpersonation>")
				_, after, _ := strings.Cut(rest, "</t:ExchangeImpersonation>")
				r.Body = []byte(first + "</t:ExchangeImpersonation>" + after)
			}
		}},
	}
}
