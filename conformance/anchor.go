package conformance

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// anchoring is where X-AnchorMailbox leads, and what it does not do.
func anchoring() []Clause {
	return []Clause{
		anchorRoutes(), anchorMissing(), anchorCosts(), anchorWrong(), anchorGrantsNothing(), anchorChangesNobody(), anchorCase(), anchorAlias(),
		anchorPrefixed(), anchorStranger(), anchorAppOnly(),
	}
}

// backEnd is the short name of the server that answered.
func backEnd(a *Answer) string {
	if name := a.Header.Get(ews.HeaderBEServer); name != "" {
		return name
	}
	return a.Header.Get(ews.HeaderDiagInfo)
}

// chosen is the short name of the server that the front end chose.
func chosen(a *Answer) string {
	name, _, _ := strings.Cut(a.Header.Get(ews.HeaderCalculatedBETarget), ".")
	return name
}

// routed returns a *Mismatch for a request that was not answered where the front end had sent it.
func routed(a *Answer) error {
	if chosen(a) == "" || backEnd(a) == "" {
		return Skip("the answers do not name the servers: X-CalculatedBETarget, X-BEServer")
	}
	return That(strings.EqualFold(chosen(a), backEnd(a)), "the server that the front end chose answers", "%s chosen, %s answered", chosen(a), backEnd(a))
}

func anchorRoutes() Clause {
	return Clause{
		ID: "anchor.correct.routes", Level: Observed,
		Rule:       "With the anchor at the impersonated mailbox the front end chooses the very server that answers: no hop.",
		Source:     pageImpersonation + ", Performance considerations for EWS impersonation; captures of both headers in exchangelib #354",
		Admissible: "X-CalculatedBETarget and X-BEServer name the same server",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(4)},
		Check: func(ctx context.Context, p *Probe) error {
			for i := range 4 {
				a, err := p.Service(p.Mailbox(i)).Do(ctx, Inbox())
				if err := Expect(a, err, Success()); err != nil {
					return err
				}
				if err := routed(a); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: Saboteur{Defect: "the front end's choice is told wrongly for some mailboxes", Answer: func(r *Received, s *Sent) {
			if r.Anchor() == "user000004@contoso.com" && r.Header.Get(ews.HeaderPreferServerAffinity) == "" {
				s.Header.Set(ews.HeaderCalculatedBETarget, "elsewhere.contoso.com")
			}
		}},
	}
}

// unanchored admits what servers are known to answer to impersonation without the header: success, or the failures that come with it.
func unanchored() Expectation {
	failures := Either(HTTP(503), FaultOf(ews.ErrorNoRespondingCASInDestinationSite, ews.ErrorProxyCallFailed, ews.ErrorServerBusy,
		ews.ErrorInvalidExchangeImpersonationHeaderData, ews.ErrorInternalServerError, ews.ErrorImpersonateUserDenied))
	return Either(Success(), failures)
}

func anchorMissing() Clause {
	return Clause{
		ID: "anchor.missing.answered", Level: Must,
		Rule:       "Impersonation without X-AnchorMailbox is carried out, though slower; or it fails with 500 or 503 in a form that clients can tell.",
		Source:     pageImpersonation + ", Performance considerations for EWS impersonation",
		Admissible: "success; HTTP 503; or HTTP 500 with a fault of routing",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(4)},
		Check: func(ctx context.Context, p *Probe) error {
			for i := range 4 {
				if err := p.Service(p.Mailbox(i)).Anchor("").Expect(ctx, Inbox(), unanchored()); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: Saboteur{Defect: "without the header the answer is HTTP 400", Also: []string{"anchor.missing.costs"}, Answer: func(r *Received, s *Sent) {
			if impersonating(ews.PrimarySmtpAddress)(r) && r.Anchor() == "" && r.Caller() == "svc-bench@contoso.com" {
				s.Status, s.Body = 400, nil
			}
		}},
	}
}

func anchorCosts() Clause {
	const pairs = 8
	return Clause{
		ID: "anchor.missing.costs", Level: Observed,
		Rule:       "Requests that impersonate are not faster without the header than with it. How much slower they are, `ewsbench run` measures.",
		Source:     pageImpersonation + ", Performance considerations for EWS impersonation: twice as long or more",
		Admissible: "the median time without the header is at least 0.8 of that with it, over 8 pairs in turns",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(4)},
		Check: func(ctx context.Context, p *Probe) error {
			var with, without []time.Duration
			for i := range 2 * pairs {
				c := p.Service(p.Mailbox(i / 2 % 4))
				times := &with
				if (i+i/2)%2 == 1 { // in turns, and not always the same one first
					c, times = c.Anchor(""), &without
				}
				began := time.Now()
				if err := c.Expect(ctx, Inbox(), unanchored()); err != nil {
					return err
				}
				*times = append(*times, time.Since(began))
			}
			a, b := median(with), median(without)
			return That(float64(b) >= 0.8*float64(a), "not faster without the header", "%s with it, %s without", a, b)
		},
		Saboteur: Saboteur{Defect: "requests with the header wait for half a second", Request: func(r *Received) {
			if r.Op() == ews.OpGetFolder && r.Anchor() != "" {
				select {
				case <-time.After(500 * time.Millisecond):
				case <-r.Context().Done():
				}
			}
		}},
	}
}

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

func anchorWrong() Clause {
	return Clause{
		ID: "anchor.wrong.works", Level: Observed,
		Rule:       "An anchor at another mailbox than the impersonated one costs a hop, not the answer: the header only routes.",
		Source:     "OfficeDev/ews-managed-api #119; M. Stehle, Managing Affinity for EWS Impersonation in Exchange 2013",
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(4)},
		Check: func(ctx context.Context, p *Probe) error {
			for i := 1; i < 4; i++ {
				if err := p.Service(p.Mailbox(0)).Anchor(p.Mailbox(i)).Expect(ctx, Inbox(), Success()); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: refuses("anchor and ConnectingSID must be equal", func(r *Received) bool {
			return r.Op() == ews.OpGetFolder && impersonating(ews.PrimarySmtpAddress)(r) && strings.HasPrefix(r.Anchor(), "user00000") && strings.HasSuffix(r.Anchor(), "@contoso.com") && r.Anchor() != r.EWS.Impersonate.Value &&
				r.EWS.Impersonate.Value == "user000001@contoso.com"
		}, ews.ErrorInvalidRequest),
	}
}

func anchorGrantsNothing() Clause {
	return Clause{
		ID: "anchor.grants-nothing", Level: Must,
		Rule:       "The anchor is no right: naming a mailbox there does not open it.",
		Source:     pageOAuth + ", Add an authentication token to EWS requests; OfficeDev/ews-managed-api #119: a hint for routing",
		Admissible: "HTTP 500 with the SOAP fault ErrorImpersonateUserDenied for who has no role, whatever the anchor is",
		Needs:      []Need{NeedAccount(NoRole), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			c := p.As(NoRole).Impersonate(ews.PrimarySmtpAddress, p.Mailbox(1)).Anchor(p.Mailbox(1))
			return c.Says(ctx, FaultOf(ews.ErrorImpersonateUserDenied), getFolders(folder("calendar", "")))
		},
		Saboteur: Saboteur{Defect: "who names a calendar's mailbox in the anchor may open it", Request: func(r *Received) {
			if r.Caller() == "svc-none@contoso.com" && holds(`"calendar"`)(r) && r.Anchor() != "" {
				r.Pretend("svc-bench@contoso.com")
			}
		}},
	}
}

func anchorChangesNobody() Clause {
	return Clause{
		ID: "anchor.changes-nobody", Level: Must,
		Rule:       "The anchor does not change who acts: a user's own folder stays the user's own.",
		Source:     pageOAuth + ", Add an authentication token to EWS requests",
		Admissible: "the same folder id with an anchor at another mailbox as with one at the own",
		Needs:      []Need{NeedAccount(Owner), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			own, err := p.As(Owner).Anchor(p.Mailbox(0)).Do(ctx, Inbox())
			if err := Expect(own, err, Success()); err != nil {
				return err
			}
			other, err := p.As(Owner).Anchor(p.Mailbox(1)).Do(ctx, Inbox())
			if err := Expect(other, err, Success()); err != nil {
				return err
			}
			return That(own.Attr("//t:FolderId", "Id") == other.Attr("//t:FolderId", "Id"), "the user's own inbox", "another folder")
		},
		Saboteur: Saboteur{Defect: "a user acts as whom the anchor names", Request: func(r *Received) {
			if !r.Impersonates() && r.Caller() == "user000001@contoso.com" && r.Anchor() == "user000002@contoso.com" && r.Op() == ews.OpGetFolder {
				r.Pretend("user000002@contoso.com")
			}
		}},
	}
}

func anchorCase() Clause {
	return Clause{
		ID: "anchor.name.any-case", Level: Must,
		Rule:       "The header's name has no case, and neither has the address in it.",
		Source:     "RFC 9110, section 5.1; RFC 5321, section 2.3.11 leaves domains without case, and Exchange all of an address",
		Admissible: "success, by the server that the front end chose",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(4)},
		Check: func(ctx context.Context, p *Probe) error {
			for i := range 4 {
				c := p.Service(p.Mailbox(i)).Anchor("")
				c.header["x-anchormailbox"] = []string{strings.ToUpper(p.Mailbox(i))}
				a, err := c.Do(ctx, Inbox())
				if err := Expect(a, err, Success()); err != nil {
					return err
				}
				if err := routed(a); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: Saboteur{Defect: "an address in capitals is nobody's", Request: func(r *Received) {
			if a := r.Anchor(); a != "" && a == strings.ToUpper(a) {
				r.Header.Del(ews.HeaderAnchorMailbox)
			}
		}},
	}
}

func anchorAlias() Clause {
	return Clause{
		ID: "anchor.any-address", Level: Observed,
		Rule:       "The anchor leads to a mailbox by any of its addresses.",
		Source:     "OBS-001: front ends resolve recipients of the directory, whose proxy addresses are equal; no document says so",
		Admissible: "success, by the server that the front end chose",
		Needs:      []Need{NeedAccount(Service), NeedAlias(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Anchor(p.World.Alias).Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return routed(a)
		},
		Saboteur: refuses("an anchor must be a primary address", func(r *Received) bool { return strings.HasSuffix(r.Anchor(), "@mail.contoso.com") }, ews.ErrorInvalidRequest),
	}
}

func anchorPrefixed() Clause {
	return Clause{
		ID: "anchor.prefixed", Level: Observed,
		Rule:       "The anchor may be written as AAD-SMTP: and the address.",
		Source:     "OBS-002: a capture of Outlook against a server on premises, OfficeDev/office-js #6340",
		Admissible: "success, by the server that the front end chose",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Anchor("AAD-SMTP:"+p.Mailbox(0)).Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return routed(a)
		},
		Saboteur: refuses("prefixes of an anchor are not understood", func(r *Received) bool { return strings.HasPrefix(r.Anchor(), "AAD-SMTP:") }, ews.ErrorInvalidRequest),
	}
}

func anchorStranger() Clause {
	return Clause{
		ID: "anchor.stranger", Level: Observed,
		Rule:       "An anchor that names nobody gets an answer that clients can read. What it is, no document says.",
		Source:     "OBS-003: no capture was found; clients parse HTTP 200 and 500 as SOAP, and take 503 for busy",
		Admissible: "success, a SOAP fault with HTTP 500, or HTTP 404, 503",
		Needs:      []Need{NeedAccount(Service), NeedStranger(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Anchor(p.World.Stranger).Expect(ctx, Inbox(), Either(Success(), FaultOf(), HTTP(404, 503)))
		},
		Saboteur: Saboteur{Defect: "an anchor that names nobody is HTTP 302", Answer: func(r *Received, s *Sent) {
			if r.Anchor() == "nobody@contoso.com" {
				s.Status, s.Body = 302, nil
			}
		}},
	}
}

func anchorAppOnly() Clause {
	return Clause{
		ID: "anchor.app-only.works", Level: Must,
		Rule:       "An application with a token of its own reaches a mailbox by the anchor at the impersonated mailbox: it has none itself.",
		Source:     pageOAuth + ", Add an authentication token to EWS requests",
		Admissible: "success, by the server that the front end chose",
		Needs:      []Need{NeedAccount(App), NeedMailboxes(3)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.As(App).For(p.Mailbox(2)).Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return routed(a)
		},
		Saboteur: refuses("applications on their own are not routed by the anchor", func(r *Received) bool {
			return strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") && r.Anchor() == "user000003@contoso.com"
		}, ews.ErrorNoRespondingCASInDestinationSite),
	}
}
