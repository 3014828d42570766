package conformance

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// sending is who may send as whom, and whom the recipient sees.
func sending() []Clause {
	return []Clause{sendImpersonated(), sendNoTrace(), sendOnBehalf(), sendAs(), sendDenied(), sendStaysBehind()}
}

// letter is a message from somebody ("" for whoever sends) to the second mailbox.
func letter(p *Probe, subject, from string) string {
	if from != "" {
		from = "<t:From><t:Mailbox><t:EmailAddress>" + from + "</t:EmailAddress></t:Mailbox></t:From>"
	}
	return "<t:Message><t:Subject>" + subject + `</t:Subject><t:Body BodyType="Text">ewsbench conform</t:Body><t:ToRecipients><t:Mailbox><t:EmailAddress>` + p.Mailbox(1) +
		"</t:EmailAddress></t:Mailbox></t:ToRecipients>" + from + "</t:Message>"
}

// post sends a letter, with a copy among what was sent.
func post(p *Probe, subject, from string) string {
	return createItem("SendAndSaveCopy", folder("sentitems", ""), letter(p, subject, from))
}

// again is how long a check waits before it looks whether mail has come.
const again = 200 * time.Millisecond

// arrived waits for a letter at the second mailbox, and clears it away after the check, with the copy of who sent it.
func arrived(ctx context.Context, p *Probe, sender *Client, subject string) (*Answer, error) {
	recipient := p.Service(p.Mailbox(1))
	p.Later(func(ctx context.Context) error { return sweep(ctx, sender, "sentitems", subject) })
	p.Later(func(ctx context.Context) error { return sweep(ctx, recipient, "inbox", subject) })
	for {
		a, err := recipient.Raw(ctx, findBySubject("inbox", subject))
		if err := Expect(a, err, Success()); err != nil {
			return nil, err
		}
		if id := a.Attr("//t:ItemId", "Id"); id != "" {
			a, err = recipient.Raw(ctx, getItem(id, "message:From", "message:Sender", "item:InternetMessageHeaders"))
			return a, Expect(a, err, Success())
		}
		select {
		case <-time.After(again):
		case <-ctx.Done():
			return nil, errors.New("the mail has not arrived")
		}
	}
}

// delivered sends a letter, and is what comes of it at the second mailbox.
func delivered(ctx context.Context, p *Probe, sender *Client, subject, from string) (*Answer, error) {
	if err := sender.Says(ctx, Success(), post(p, subject, from)); err != nil {
		return nil, err
	}
	return arrived(ctx, p, sender, subject)
}

// sweep takes away whatever has a subject in a folder.
func sweep(ctx context.Context, c *Client, name, subject string) error {
	a, err := c.Raw(ctx, findBySubject(name, subject))
	if err != nil {
		return err
	}
	for _, id := range a.All("//t:ItemId") {
		if _, err := c.Raw(ctx, deleteItem(id.SelectAttr("Id"))); err != nil {
			return err
		}
	}
	return nil
}

func from(a *Answer) string   { return a.Text("//t:From/t:Mailbox/t:EmailAddress") }
func sender(a *Answer) string { return a.Text("//t:Sender/t:Mailbox/t:EmailAddress") }

// seen returns a *Mismatch unless From and Sender are these.
func seen(a *Answer, wantFrom, wantSender string) error {
	return That(from(a) == wantFrom && sender(a) == wantSender, fmt.Sprintf("From %s, Sender %s", wantFrom, wantSender), "From %s, Sender %s", from(a), sender(a))
}

func sendImpersonated() Clause {
	const subject = "ewsbench sent by impersonation"
	return Clause{
		ID: "send.impersonated", Level: Must,
		Rule: "Mail that is sent by impersonation is the impersonated user's: From and Sender.", Source: pageImpersonation + ", introduction, the comparison of the ways of access",
		Admissible: "From and Sender are the impersonated mailbox",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := delivered(ctx, p, owner(p), subject, "")
			if err != nil {
				return err
			}
			return seen(a, p.Mailbox(3), p.Mailbox(3))
		},
		Saboteur: Saboteur{Defect: "the service account is the sender of what it sends for others", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpGetItem && s.Has(subject) {
				swapSender(s, "user000004@contoso.com", "svc-bench@contoso.com")
			}
		}},
	}
}

// swapSender changes the address in t:Sender.
func swapSender(s *Sent, old, new string) {
	const open = "<t:Sender>"
	for _, element := range elements(string(s.Body), open, "</t:Sender>") {
		s.Replace(element, replaceAll(element, old, new))
	}
}

func sendNoTrace() Clause {
	const subject = "ewsbench without a trace"
	return Clause{
		ID: "send.impersonated.no-trace", Level: Must,
		Rule: "Nothing in mail that is sent by impersonation names the service account.", Source: pageImpersonation + ", introduction",
		Admissible: "the message without the service account's address",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := delivered(ctx, p, owner(p), subject, "")
			if err != nil {
				return err
			}
			account := p.World.Accounts[Service].Name
			return That(account == "" || !contains(a.Body, account), "no "+account, "it is named")
		},
		Saboteur: Saboteur{Defect: "a header of the message names who has really sent it", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpGetItem && s.Has(subject) {
				s.Replace("</t:Subject>", " (svc-bench@contoso.com)</t:Subject>")
			}
		}},
	}
}

func sendOnBehalf() Clause {
	const subject = "ewsbench sent on behalf"
	return Clause{
		ID: "send.on-behalf", Level: Must,
		Rule: "A delegate sends on behalf of the owner: From is the owner, Sender the delegate.", Source: pageImpersonation + ", introduction; " + pageDelegate + ", Send on behalf",
		Admissible: "From is the owner, Sender the delegate",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := addDelegate(ctx, p, p.Mailbox(2))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			a, err = delivered(ctx, p, grantee(p), subject, p.Mailbox(3))
			if err != nil {
				return err
			}
			return seen(a, p.Mailbox(3), p.Mailbox(2))
		},
		Saboteur: Saboteur{Defect: "who sends on behalf sends as", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpGetItem && s.Has(subject) {
				swapSender(s, "user000003@contoso.com", "user000004@contoso.com")
			}
		}},
	}
}

func sendAs() Clause {
	const subject = "ewsbench sent as"
	return Clause{
		ID: "send.as", Level: Must,
		Rule: "Who may send as somebody is not seen: From and Sender are the other.", Source: pageImpersonation + ", introduction; " + pageDelegate + ", Send as",
		Admissible: "From and Sender are the other mailbox",
		Needs:      append(needTwo(), NeedControl(SendAs)),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, SendAs, Args{"mailbox": p.Mailbox(3), "user": p.Mailbox(2)}); err != nil {
				return err
			}
			a, err := delivered(ctx, p, grantee(p), subject, p.Mailbox(3))
			if err != nil {
				return err
			}
			return seen(a, p.Mailbox(3), p.Mailbox(3))
		},
		Saboteur: Saboteur{Defect: "who sends as is seen to send on behalf", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpGetItem && s.Has(subject) {
				swapSender(s, "user000004@contoso.com", "user000003@contoso.com")
			}
		}},
	}
}

func sendDenied() Clause {
	return Clause{
		ID: "send.folder-right-is-none", Level: Must,
		Rule: "A right on a folder alone, were it Editor, is no right to send from the mailbox.", Source: pageDelegate + ", Delegate access error handling; microsoft-graph-docs #7446",
		Admissible: "HTTP 200 with the response code ErrorSendAsDenied",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			const subject = "ewsbench sent with a folder right"
			if _, err := shared(ctx, p, "ewsbench folder right", "Editor"); err != nil {
				return err
			}
			p.Later(func(ctx context.Context) error { return sweep(ctx, grantee(p), "drafts", subject) })
			return grantee(p).Says(ctx, MessageOf(ews.ErrorSendAsDenied), post(p, subject, p.Mailbox(3)))
		},
		Saboteur: Saboteur{Defect: "an Editor of a folder may send", Request: func(r *Received) {
			if holds("ewsbench sent with a folder right")(r) && r.Op() == ews.OpCreateItem {
				r.Replace("user000003@", "user000004@")
			}
		}},
	}
}

func sendStaysBehind() Clause {
	return Clause{
		ID: "send.denied.stays-behind", Level: Observed,
		Rule: "Mail that may not be sent, with SendAndSaveCopy, stays behind among the drafts.", Source: "OBS-012: microsoft-graph-docs #7446; " + pageDelegate,
		Admissible: "the message among the drafts",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			const subject = "ewsbench stays behind"
			p.Later(func(ctx context.Context) error { return sweep(ctx, grantee(p), "drafts", subject) })
			a, err := grantee(p).Raw(ctx, post(p, subject, p.Mailbox(3)))
			if err := Expect(a, err, MessageOf()); err != nil {
				return err
			}
			a, err = grantee(p).Raw(ctx, findBySubject("drafts", subject))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(a.Has("//t:ItemId"), "the message among the drafts", "none")
		},
		Saboteur: Saboteur{Defect: "mail that may not be sent is lost", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpFindItem && holds("ewsbench stays behind")(r) {
				s.Cut("<t:Message>", "</t:Message>")
			}
		}},
	}
}
