package conformance

import (
	"context"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

const (
	pageControl   = "MS docs: Control access to EWS in Exchange"
	pageChallenge = "MS docs: Claims challenges, claims requests and client capabilities"
)

// authenticating is who is let in, and how the others are turned away.
func authenticating() []Clause {
	return []Clause{
		authAnonymous(), authNoBody(), authWrong(), authUser(), authGarbage(), authDiagnostics(), authBare(), authAppNeedsHeader(), authAppImpersonates(), authUserToken(),
		authUserTokenDenied(), authDisabled(), authAgent(), authConditional(), authBasicOff(),
	}
}

func authAnonymous() Clause {
	return Clause{
		ID: "auth.anonymous", Level: Must,
		Rule: "A request without credentials is challenged.", Source: "RFC 9110, section 15.5.2; captures in ews-javascript-api #104 and mhewedy/ews #4",
		Admissible: "HTTP 401 with WWW-Authenticate", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Anonymous().Do(ctx, Inbox())
			if err := Expect(a, err, HTTP(http.StatusUnauthorized)); err != nil {
				return err
			}
			return That(len(a.Header["Www-Authenticate"]) > 0, "WWW-Authenticate", "none")
		},
		Saboteur: Saboteur{Defect: "nobody is told how to prove who he is", Answer: func(r *Received, s *Sent) {
			if r.Header.Get("Authorization") == "" {
				s.Header.Del("WWW-Authenticate")
			}
		}},
	}
}

func authNoBody() Clause {
	return Clause{
		ID: "auth.401.no-soap", Level: Must,
		Rule: "HTTP 401 has no SOAP body: the request was not looked at.", Source: "Captures in ews-javascript-api #104 and mhewedy/ews #4: Content-Length 0",
		Admissible: "no SOAP envelope", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Anonymous().Raw(ctx, getFolders(folder("outbox", "")))
			if err := Expect(a, err, HTTP(http.StatusUnauthorized)); err != nil {
				return err
			}
			return That(!a.Outcome.SOAP, "no SOAP envelope", "%s", a)
		},
		Saboteur: Saboteur{Defect: "who asks for the outbox without credentials gets a fault beside the 401", Answer: func(r *Received, s *Sent) {
			if s.Status == http.StatusUnauthorized && holds(`Id="outbox"`)(r) {
				s.Body = ews.NewFault(ews.ErrorAccessDenied).Append(nil)
				s.Header.Set("Content-Length", "1") // is put right
			}
		}},
	}
}

// basicOf are credentials that nobody has.
func basicOf(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

func authWrong() Clause {
	return Clause{
		ID: "auth.password.wrong", Level: Must,
		Rule: "A wrong password lets nobody in.", Source: "RFC 7617, section 2; RFC 9110, section 15.5.2",
		Admissible: "HTTP 401", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			return p.Anonymous().Header("Authorization", basicOf("nobody@example.com", "wrong")).Expect(ctx, Inbox(), HTTP(http.StatusUnauthorized))
		},
		Saboteur: Saboteur{Defect: "passwords are not looked at", Request: func(r *Received) {
			if r.Caller() == "nobody@example.com" {
				r.Pretend("user000001@contoso.com")
			}
		}},
	}
}

func authUser() Clause {
	return Clause{
		ID: "auth.user.own-mailbox", Level: Must,
		Rule: "A user with credentials of its own opens its mailbox: nothing is impersonated.", Source: pageImpersonation + ", introduction; " + pageDelegate,
		Admissible: "success", Needs: append(needOne(), NeedAccount(Owner)),
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Owner).Anchor(p.Mailbox(0)).Says(ctx, Success(), getFolders(folder("junkemail", "")))
		},
		Saboteur: refuses("users may not open their own junk mail", all(holds(`Id="junkemail"`), func(r *Received) bool { return !r.Impersonates() }), ews.ErrorAccessDenied),
	}
}

func needTokens() []Need { return append(needOne(), NeedAccount(App)) }

func authGarbage() Clause {
	return Clause{
		ID: "auth.token.invalid", Level: Must,
		Rule: "A token that is none is refused, and the challenge says invalid_token.", Source: "RFC 6750, section 3.1; an Exchange OAuth test log",
		Admissible: `HTTP 401 with error="invalid_token" in a Bearer challenge`, Needs: needTokens(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Anonymous().Header("Authorization", "Bearer not.a.token").Do(ctx, Inbox())
			if err := Expect(a, err, HTTP(http.StatusUnauthorized)); err != nil {
				return err
			}
			return That(strings.Contains(strings.Join(a.Header["Www-Authenticate"], ", "), `error="invalid_token"`), `error="invalid_token"`, "%s", strings.Join(a.Header["Www-Authenticate"], ", "))
		},
		Saboteur: Saboteur{Defect: "the challenge does not say what is wrong with a token", Answer: func(_ *Received, s *Sent) {
			for i, value := range s.Header["Www-Authenticate"] {
				s.Header["Www-Authenticate"][i] = strings.ReplaceAll(value, `, error="invalid_token"`, "")
			}
		}},
	}
}

// diagnostics is the form of x-ms-diagnostics: an id, a reason and a category.
var diagnostics = regexp.MustCompile(`^\d+;\s*reason="[^"]*";\s*error_category="[a-z_]+"`)

func authDiagnostics() Clause {
	return Clause{
		ID: "auth.token.diagnostics", Level: Observed,
		Rule: "x-ms-diagnostics says why a token was refused: an id, a reason, and an error_category.", Source: "OBS-013: captures in ews-java-api #401 and ews-cpp #148; documents call the last field error_type",
		Admissible: `ID;reason="...";error_category="..."`, Needs: needTokens(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Anonymous().Header("Authorization", "Bearer not.a.token").Do(ctx, Inbox())
			if err := Expect(a, err, HTTP(http.StatusUnauthorized)); err != nil {
				return err
			}
			return That(diagnostics.MatchString(a.Header.Get("X-Ms-Diagnostics")), `ID;reason="...";error_category="..."`, "%q", a.Header.Get("X-Ms-Diagnostics"))
		},
		Saboteur: Saboteur{Defect: "x-ms-diagnostics speaks of an error_type", Answer: func(_ *Received, s *Sent) {
			if d := s.Header.Get("X-Ms-Diagnostics"); d != "" {
				s.Header.Set("X-Ms-Diagnostics", strings.ReplaceAll(d, "error_category", "error_type"))
			}
		}},
	}
}

func authBare() Clause {
	return Clause{
		ID: "auth.bearer.provoked", Level: Observed,
		Rule: "The scheme Bearer without a token provokes the challenge that tells clients where to get one.", Source: "OBS-014: captures of Outlook clients and exchangelib, which detects OAuth so",
		Admissible: "HTTP 401 with a Bearer challenge that has client_id and authorization_uri", Needs: needTokens(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Anonymous().Header("Authorization", "Bearer").Do(ctx, Inbox())
			if err := Expect(a, err, HTTP(http.StatusUnauthorized)); err != nil {
				return err
			}
			challenge := strings.Join(a.Header["Www-Authenticate"], ", ")
			return That(strings.Contains(challenge, "Bearer client_id=") && strings.Contains(challenge, "authorization_uri="), "client_id and authorization_uri", "%s", challenge)
		},
		Saboteur: Saboteur{Defect: "the challenge for tokens does not say where there are any", Answer: func(r *Received, s *Sent) {
			if strings.TrimSpace(r.Header.Get("Authorization")) == "Bearer" {
				for i, value := range s.Header["Www-Authenticate"] {
					s.Header["Www-Authenticate"][i] = strings.ReplaceAll(value, "authorization_uri", "uri")
				}
			}
		}},
	}
}

func bearing(r *Received) bool { return strings.HasPrefix(r.Header.Get("Authorization"), "Bearer e") }

func authAppNeedsHeader() Clause {
	return Clause{
		ID: "auth.app.header-required", Level: Must,
		Rule: "An application with a token of its own says whom it impersonates: without ExchangeImpersonation the request is refused.", Source: pageOAuth + ", Add an authentication token to EWS requests; captures in ews-managed-api #245 and exchangelib #735",
		Admissible: "HTTP 500 with the SOAP fault ErrorInvalidExchangeImpersonationHeaderData", Needs: needTokens(),
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(App).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), FaultOf(ews.ErrorInvalidExchangeImpersonationHeaderData))
		},
		Saboteur: swaps("an application without a mailbox is told to name one", "ErrorInvalidExchangeImpersonationHeaderData", "ErrorMissingEmailAddress", all(bearing, func(r *Received) bool { return !r.Impersonates() })),
	}
}

func authAppImpersonates() Clause {
	return Clause{
		ID: "auth.app.impersonates", Level: Must,
		Rule: "An application with full_access_as_app impersonates with its token, without a role in the organisation.", Source: pageOAuth + ", App-only authentication",
		Admissible: "success", Needs: append(needTokens(), NeedMailboxes(2)),
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(App).For(p.Mailbox(1)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("applications need ApplicationImpersonation", all(bearing, func(r *Received) bool {
			return r.Impersonates() && r.EWS.Impersonate.Value == "user000002@contoso.com" && r.Anchor() != ""
		}), ews.ErrorImpersonateUserDenied),
	}
}

func authUserToken() Clause {
	return Clause{
		ID: "auth.user-token.works", Level: Must,
		Rule: "A user's token opens the user's mailbox, and nobody is impersonated.", Source: pageOAuth + ", Delegated authentication",
		Admissible: "success", Needs: append(needOne(), NeedAccount(Bearer)),
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Bearer).Anchor(p.Mailbox(0)).Version(ews.Exchange2010_SP2).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("a user's token wants ExchangeImpersonation too", all(bearing, func(r *Received) bool {
			return !r.Impersonates() && r.EWS != nil && r.EWS.Version == ews.Exchange2010_SP2
		}), ews.ErrorInvalidExchangeImpersonationHeaderData),
	}
}

func authUserTokenDenied() Clause {
	return Clause{
		ID: "auth.user-token.denied", Level: Must,
		Rule: "A user's token gives no right to impersonate: that is the role's.", Source: pageOAuth + ", Delegated authentication; a capture in ews-managed-api #212",
		Admissible: "HTTP 500 with the SOAP fault ErrorImpersonateUserDenied or ErrorInvalidExchangeImpersonationHeaderData",
		Needs:      []Need{NeedAccount(Bearer), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(Bearer).For(p.Mailbox(1)).Version(ews.Exchange2010_SP1).Expect(ctx, Inbox(), FaultOf(ews.ErrorImpersonateUserDenied, ews.ErrorInvalidExchangeImpersonationHeaderData))
		},
		Saboteur: Saboteur{Defect: "a user's token impersonates everybody", Request: func(r *Received) {
			if bearing(r) && r.Impersonates() && r.EWS.Version == ews.Exchange2010_SP1 {
				r.Pretend("svc-bench@contoso.com")
			}
		}},
	}
}

func authDisabled() Clause {
	return Clause{
		ID: "auth.policy.disabled", Level: Must,
		Rule: "With EwsEnabled off nobody is let in, and that is HTTP 403: credentials would not help.", Source: pageControl + ", introduction; Set-OrganizationConfig, EwsEnabled",
		Admissible: "HTTP 403", Needs: append(needOne(), NeedControl(Authenticate)),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, Authenticate, Args{"policy": "ews-disabled"}); err != nil {
				return err
			}
			return p.Service(p.Mailbox(0)).Expect(ctx, Inbox(), HTTP(http.StatusForbidden))
		},
		Saboteur: Saboteur{Defect: "who is kept out is challenged", Answer: func(r *Received, s *Sent) {
			if s.Status == http.StatusForbidden && r.Header.Get("User-Agent") == "ewsbench-conform" {
				s.Status = http.StatusUnauthorized
				s.Header.Set("WWW-Authenticate", "Negotiate")
			}
		}},
	}
}

func authAgent() Clause {
	const agent = "ewsbench-blocked/1.0"
	return Clause{
		ID: "auth.policy.user-agent", Level: Must,
		Rule: "A program that is on EwsBlockList is kept out with HTTP 403, by its User-Agent; others are not.", Source: pageControl + ", Block specific applications; Set-OrganizationConfig, EwsApplicationAccessPolicy",
		Admissible: "HTTP 403 for the program, success for others", Needs: append(needOne(), NeedControl(Authenticate)),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, Authenticate, Args{"policy": "block-user-agent", "agent": "ewsbench-blocked/*"}); err != nil {
				return err
			}
			if err := p.Service(p.Mailbox(0)).Header("User-Agent", agent).Expect(ctx, Inbox(), HTTP(http.StatusForbidden)); err != nil {
				return err
			}
			return p.Service(p.Mailbox(0)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: Saboteur{Defect: "the list of blocked programs is not looked at", Request: func(r *Received) {
			if r.Header.Get("User-Agent") == agent {
				r.Header.Set("User-Agent", "somebody else")
			}
		}},
	}
}

func authConditional() Clause {
	return Clause{
		ID: "auth.conditional-access", Level: Should,
		Rule: "A Conditional Access policy that asks for a claim keeps a token without it out, with a challenge or for good.", Source: pageImpersonation + ", Security considerations; " + pageChallenge,
		Admissible: "HTTP 401 or 403", Needs: append(needTokens(), NeedControl(Authenticate)),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, Authenticate, Args{"policy": "conditional-access", "claim": "c1"}); err != nil {
				return err
			}
			return p.As(App).For(p.Mailbox(0)).Expect(ctx, Inbox(), HTTP(http.StatusUnauthorized, http.StatusForbidden))
		},
		Saboteur: Saboteur{Defect: "Conditional Access is for others", Request: func(r *Received) {
			if bearing(r) && r.Impersonates() && r.EWS.Impersonate.Value == "user000001@contoso.com" {
				r.Pretend("svc-bench@contoso.com")
			}
		}},
	}
}

func authBasicOff() Clause {
	return Clause{
		ID: "auth.basic.off", Level: Must,
		Rule: "Where modern authentication alone is allowed, no password lets anybody in, and a token does.", Source: pageOAuth + ", introduction; MS docs: Deprecation of Basic authentication in Exchange Online",
		Admissible: "HTTP 401 for a password, success for a token", Needs: append(needTokens(), NeedControl(Authenticate)),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, Authenticate, Args{"policy": "bearer-only"}); err != nil {
				return err
			}
			if err := p.Service(p.Mailbox(0)).Expect(ctx, Inbox(), HTTP(http.StatusUnauthorized)); err != nil {
				return err
			}
			return p.As(App).For(p.Mailbox(3)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("tokens are not good for the fourth mailbox", all(bearing, func(r *Received) bool {
			return r.Impersonates() && r.EWS.Impersonate.Value == "user000004@contoso.com"
		}), ews.ErrorImpersonateUserDenied),
	}
}
