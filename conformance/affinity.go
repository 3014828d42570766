package conformance

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// affinity is what keeps a group of subscriptions on one server.
func affinity() []Clause {
	return []Clause{affinityOffered(), affinityForm(), affinityVersion(), affinityCookieRoutes(), affinityOnce(), affinityCase(), affinityLegacy(), affinityGroup()}
}

// prefers asks to stay on one server.
func prefers(c *Client) *Client { return c.Header(ews.HeaderPreferServerAffinity, "true") }

// subscribePull subscribes to the inbox of whoever the client acts for.
const subscribePull = `<m:Subscribe><m:PullSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds>` +
	`<t:EventTypes><t:EventType>CreatedEvent</t:EventType><t:EventType>NewMailEvent</t:EventType></t:EventTypes><t:Timeout>10</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>`

func unsubscribe(id string) string {
	return "<m:Unsubscribe><m:SubscriptionId>" + id + "</m:SubscriptionId></m:Unsubscribe>"
}

func getEvents(id, watermark string) string {
	return "<m:GetEvents><m:SubscriptionId>" + id + "</m:SubscriptionId><m:Watermark>" + watermark + "</m:Watermark></m:GetEvents>"
}

// subscribed makes a subscription, and ends it after the check.
func subscribed(ctx context.Context, p *Probe, c *Client, request string) (*Answer, error) {
	a, err := c.Raw(ctx, request)
	if err := Expect(a, err, Success()); err != nil {
		return nil, err
	}
	id := a.Text("//m:SubscriptionId")
	p.Later(func(ctx context.Context) error {
		_, err := c.Raw(ctx, unsubscribe(id))
		return err
	})
	return a, nil
}

// offered is the override cookie that the first answer of a group sets. Not all servers set one.
func offered(ctx context.Context, p *Probe, mailbox string) (string, error) {
	a, err := prefers(p.Service(mailbox)).Do(ctx, Inbox())
	if err := Expect(a, err, Success()); err != nil {
		return "", err
	}
	cookie := a.SetCookie(ews.CookieBackEndOverride)
	if cookie == nil {
		return "", Skip("the server sets no %s, as some do not", ews.CookieBackEndOverride)
	}
	return cookie.Value, nil
}

func affinityOffered() Clause {
	return Clause{
		ID: "affinity.cookie-offered", Level: Should,
		Rule:       "A request with X-PreferServerAffinity and an anchor is answered with the X-BackEndOverrideCookie.",
		Source:     pageAffinity + ", How do I maintain affinity, step 5",
		Admissible: "a Set-Cookie with X-BackEndOverrideCookie",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := prefers(p.Service(p.Mailbox(0))).Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(a.SetCookie(ews.CookieBackEndOverride) != nil, "a cookie "+ews.CookieBackEndOverride, "none")
		},
		Saboteur: Saboteur{Defect: "the override cookie is never set", Answer: func(_ *Received, s *Sent) { dropCookie(s, ews.CookieBackEndOverride) }},
	}
}

// dropCookie takes a cookie out of an answer.
func dropCookie(s *Sent, name string) {
	var left []string
	for _, cookie := range s.Header["Set-Cookie"] {
		if !strings.HasPrefix(cookie, name+"=") {
			left = append(left, cookie)
		}
	}
	delete(s.Header, "Set-Cookie")
	if left != nil {
		s.Header["Set-Cookie"] = left
	}
}

// rewriteCookie changes the value of a cookie.
func rewriteCookie(s *Sent, name string, how func(value string) string) {
	for i, cookie := range s.Header["Set-Cookie"] {
		if rest, ok := strings.CutPrefix(cookie, name+"="); ok {
			value, attributes, _ := strings.Cut(rest, ";")
			s.Header["Set-Cookie"][i] = name + "=" + how(value) + ";" + attributes
		}
	}
}

func affinityForm() Clause {
	return Clause{
		ID: "affinity.cookie-form", Level: Observed,
		Rule:       "The override cookie is the name of a back end, a tilde, and the server's version as a number.",
		Source:     "OBS-004: the cookies that " + pageAffinity + " shows",
		Admissible: "NAME~NUMBER",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			value, err := offered(ctx, p, p.Mailbox(0))
			if err != nil {
				return err
			}
			name, number, ok := strings.Cut(value, "~")
			_, err = strconv.ParseUint(number, 10, 32)
			return That(ok && err == nil && strings.Contains(name, "."), "NAME~NUMBER", "%s", value)
		},
		Saboteur: Saboteur{
			Defect: "the override cookie is no number behind the name", Also: []string{"affinity.cookie-version", "affinity.cookie-routes", "affinity.cookie-once"},
			Answer: func(_ *Received, s *Sent) {
				rewriteCookie(s, ews.CookieBackEndOverride, func(v string) string { return strings.ReplaceAll(v, "~", "-") })
			},
		},
	}
}

func affinityVersion() Clause {
	return Clause{
		ID: "affinity.cookie-version", Level: Observed,
		Rule:       "The number in the override cookie holds the version that ServerVersionInfo states: 0x70008000, major << 22, minor << 16, build.",
		Source:     "OBS-005: decoded from the cookies that " + pageAffinity + " shows beside the ServerVersionInfo of the same answers",
		Admissible: "the version of the answer",
		Products:   OnPremises(),
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			value, err := offered(ctx, p, p.Mailbox(0))
			if err != nil {
				return err
			}
			_, number, _ := strings.Cut(value, "~")
			v := p.Server.Version
			want := strconv.Itoa(0x70008000 | v.Major<<22 | v.Minor<<16 | v.MajorBuild)
			return That(number == want, want, "%s", number)
		},
		Saboteur: Saboteur{Defect: "the number in the override cookie is that of another version", Answer: func(_ *Received, s *Sent) {
			rewriteCookie(s, ews.CookieBackEndOverride, func(v string) string {
				name, _, _ := strings.Cut(v, "~")
				return name + "~1941996295"
			})
		}, Also: []string{"affinity.cookie-routes", "affinity.cookie-once"}}, // a cookie of another version is none
	}
}

func affinityCookieRoutes() Clause {
	return Clause{
		ID: "affinity.cookie-routes", Level: Must,
		Rule:       "With X-PreferServerAffinity the override cookie routes, and the anchor is passed over.",
		Source:     pageAffinity + ", How is affinity maintained",
		Admissible: "the server that the cookie names is the one that the front end chooses, for every anchor",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(4)},
		Check: func(ctx context.Context, p *Probe) error {
			value, err := offered(ctx, p, p.Mailbox(0))
			if err != nil {
				return err
			}
			name, _, _ := strings.Cut(value, ".")
			for i := 1; i < 4; i++ {
				a, err := prefers(p.Service(p.Mailbox(i))).Cookie(ews.CookieBackEndOverride, value).Do(ctx, Inbox())
				if err := Expect(a, err, Success()); err != nil {
					return err
				}
				if chosen(a) == "" {
					return Skip("the answers do not name the server that was chosen: X-CalculatedBETarget")
				}
				if err := That(strings.EqualFold(chosen(a), name), name, "%s", chosen(a)); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: Saboteur{Defect: "the anchor wins over the override cookie", Also: []string{"affinity.cookie-once"}, Request: func(r *Received) {
			if r.Anchor() != "" {
				r.Header.Del("Cookie")
			}
		}},
	}
}

func affinityOnce() Clause {
	return Clause{
		ID: "affinity.cookie-once", Level: Observed,
		Rule:       "The override cookie comes with the first answer of a group; who sends it gets no other.",
		Source:     "OBS-006: the answers that " + pageAffinity + " shows; Exchange 2016 was seen to set it always (MSDN forum)",
		Admissible: "no Set-Cookie with X-BackEndOverrideCookie",
		Products:   []Product{Exchange2013, Exchange2019, ExchangeSE, Online},
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			value, err := offered(ctx, p, p.Mailbox(0))
			if err != nil {
				return err
			}
			a, err := prefers(p.Service(p.Mailbox(1)).Anchor(p.Mailbox(0))).Cookie(ews.CookieBackEndOverride, value).Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(a.SetCookie(ews.CookieBackEndOverride) == nil, "no other cookie", "one more")
		},
		Saboteur: Saboteur{Defect: "every answer sets an override cookie", Answer: func(r *Received, s *Sent) {
			if strings.Contains(r.Header.Get("Cookie"), ews.CookieBackEndOverride) {
				s.Header.Add("Set-Cookie", ews.CookieBackEndOverride+"=be1.contoso.com~1941996295; path=/")
			}
		}},
	}
}

func affinityCase() Clause {
	return Clause{
		ID: "affinity.prefer.any-case", Level: Should,
		Rule:       "X-PreferServerAffinity is understood in any case: some clients write True.",
		Source:     "exchangelib, services/common.py, which works with real servers",
		Admissible: "the same cookie as for true",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			want, err := offered(ctx, p, p.Mailbox(0))
			if err != nil {
				return err
			}
			a, err := p.Service(p.Mailbox(0)).Header(ews.HeaderPreferServerAffinity, "True").Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			got := ""
			if cookie := a.SetCookie(ews.CookieBackEndOverride); cookie != nil {
				got = cookie.Value
			}
			return That(got == want, want, "%q", got)
		},
		Saboteur: Saboteur{Defect: "only true in small letters counts", Request: func(r *Received) {
			if r.Header.Get(ews.HeaderPreferServerAffinity) == "True" {
				r.Header.Del(ews.HeaderPreferServerAffinity)
			}
		}, Answer: func(r *Received, s *Sent) {
			if r.Header.Get(ews.HeaderPreferServerAffinity) == "" {
				dropCookie(s, ews.CookieBackEndOverride)
			}
		}},
	}
}

func affinityLegacy() Clause {
	return Clause{
		ID: "affinity.exchangecookie-ignored", Level: Observed,
		Rule:       "exchangecookie, by which Exchange 2010 kept affinity, routes nothing any more.",
		Source:     pageAffinity + ", introduction",
		Admissible: "success, by the server that the front end chose for the anchor",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			for i := range 2 {
				a, err := p.Service(p.Mailbox(i)).Cookie("exchangecookie", strings.Repeat("0", 32)).Do(ctx, Inbox())
				if err := Expect(a, err, Success()); err != nil {
					return err
				}
				if err := routed(a); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: refuses("an exchangecookie of another server is refused", func(r *Received) bool {
			return strings.Contains(r.Header.Get("Cookie"), "exchangecookie=0000")
		}, ews.ErrorInternalServerError),
	}
}

func affinityGroup() Clause {
	return Clause{
		ID: "affinity.group", Level: Must,
		Rule:       "A group of subscriptions, made with one anchor, the preference and the cookie, is on one server, and each of them is answered there.",
		Source:     pageAffinity + ", How do I maintain affinity, steps 4 to 7",
		Admissible: "success of Subscribe and of GetEvents for each mailbox, all by one server",
		Needs:      []Need{NeedAccount(Service), NeedGroup(3)},
		Check: func(ctx context.Context, p *Probe) error {
			anchor := p.World.Group[0]
			cookie, server := "", ""
			for _, mailbox := range p.World.Group[:3] {
				c := prefers(p.Service(mailbox).Anchor(anchor))
				if cookie != "" {
					c = c.Cookie(ews.CookieBackEndOverride, cookie)
				}
				a, err := subscribed(ctx, p, c, subscribePull)
				if err != nil {
					return err
				}
				if set := a.SetCookie(ews.CookieBackEndOverride); set != nil && cookie == "" {
					cookie = set.Value
					c = c.Cookie(ews.CookieBackEndOverride, cookie)
				}
				events, err := c.Raw(ctx, getEvents(a.Text("//m:SubscriptionId"), a.Text("//m:Watermark")))
				if err := Expect(events, err, Success()); err != nil {
					return err
				}
				if server == "" {
					server = chosen(events)
				}
				if err := That(chosen(events) == server, fmt.Sprintf("all on %s", server), "%s is on %s", mailbox, chosen(events)); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: refuses("a group may have one subscription", func(r *Received) bool {
			return r.Op() == "Subscribe" && r.Impersonates() && r.Header.Get("Cookie") != "" && r.Anchor() != r.EWS.Impersonate.Value
		}, ews.ErrorProxyCallFailed),
	}
}
