package conformance

import (
	"context"

	"github.com/ewsbench/ewsbench/ews"
)

// Documents that many clauses follow.
const (
	pageImpersonation = "MS docs: Impersonation and EWS in Exchange"
	pageConfigure     = "MS docs: How to configure impersonation"
	pageIdentify      = "MS docs: How to identify the account to impersonate"
)

// impersonation is who may act as whom.
func impersonation() []Clause {
	return []Clause{
		{
			ID: "imp.role.sufficient", Level: Must,
			Rule:       "An account with the role ApplicationImpersonation opens a mailbox of its scope as the mailbox's user.",
			Source:     pageImpersonation + ", introduction",
			Admissible: "success",
			Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
			Check: func(ctx context.Context, p *Probe) error {
				a, err := p.Service(p.Mailbox(0)).Version(ews.Exchange2010_SP2).Do(ctx, Inbox())
				return Expect(a, err, Success())
			},
			Saboteur: Saboteur{
				Defect: "who asks at Exchange2010_SP2 and impersonates is refused, role or not",
				Answer: func(r *Received, s *Sent) {
					if r.Impersonates() && r.EWS.Version == ews.Exchange2010_SP2 {
						s.Refuse(ews.ErrorImpersonateUserDenied)
					}
				},
			},
		},
		{
			ID: "imp.role.required", Level: Must,
			Rule:       "An account without the role ApplicationImpersonation impersonates nobody.",
			Source:     pageImpersonation + ", introduction; seen in ews-managed-api #223",
			Admissible: "HTTP 500 with the SOAP fault ErrorImpersonateUserDenied",
			Needs:      []Need{NeedAccount(NoRole), NeedMailboxes(1)},
			Check: func(ctx context.Context, p *Probe) error {
				a, err := p.As(NoRole).For(p.Mailbox(0)).Do(ctx, Inbox())
				return Expect(a, err, FaultOf(ews.ErrorImpersonateUserDenied))
			},
			Saboteur: Saboteur{
				Defect: "the role is not asked for",
				Request: func(r *Received) {
					if r.Impersonates() && r.Caller() == "svc-none@contoso.com" {
						r.Pretend("svc-bench@contoso.com")
					}
				},
			},
		},
		{
			ID: "imp.scope.outside", Level: Must,
			Rule:       "An account whose role has a management scope impersonates nobody outside of it.",
			Source:     pageConfigure + ", to configure impersonation for specific users or groups of users",
			Admissible: "HTTP 500 with the SOAP fault ErrorImpersonateUserDenied",
			Needs:      []Need{NeedScope()},
			Check: func(ctx context.Context, p *Probe) error {
				a, err := p.As(Scoped).For(p.World.Outside).Do(ctx, Inbox())
				return Expect(a, err, FaultOf(ews.ErrorImpersonateUserDenied))
			},
			Saboteur: Saboteur{
				Defect: "scopes are not looked at",
				Request: func(r *Received) {
					if r.Impersonates() && r.Caller() == "svc-scoped@contoso.com" {
						r.Pretend("svc-bench@contoso.com")
					}
				},
			},
		},
	}
}
