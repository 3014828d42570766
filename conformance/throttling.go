package conformance

import (
	"context"
	"strconv"
	"sync"

	"github.com/ewsbench/ewsbench/ews"
)

// throttling is what happens to who asks for too much.
func throttling() []Clause {
	return []Clause{busyFault(), busyBackOff(), busyEnforced(), chargesTarget(), sparesUser(), tooMany(), tooManyValues(), tooManySubscriptions(), shortPage(), tooManyStreams()}
}

func needThrottle() []Need {
	return []Need{NeedAccount(Service), NeedMailboxes(4), NeedControl(Throttle)}
}

// tries is how many requests may be needed to use a budget up that is as good as none.
const tries = 40

// exhaust uses the budget of a mailbox up, and returns the answer that says so.
func exhaust(ctx context.Context, p *Probe, c *Client) (*Answer, error) {
	if err := p.Do(ctx, Throttle, Args{"burst": "1ms", "cutoff": "2ms", "recharge": "1ms", "max_delay": "1ms"}); err != nil {
		return nil, err
	}
	for range tries {
		a, err := c.Do(ctx, Inbox())
		if err != nil {
			return nil, err
		}
		if !a.Outcome.OK() {
			return a, nil
		}
	}
	return nil, Skip("%d requests did not use up a budget of a millisecond: the server takes no time, or knows no budgets", tries)
}

func busyFault() Clause {
	return Clause{
		ID: "throttle.busy.fault", Level: Must,
		Rule: "Who is beyond the budget is refused as busy, in SOAP or by HTTP 503: never by HTTP 429.", Source: pageThrottling + ", table of errors; captures in exchangelib's tests and mguessan/davmail #161",
		Admissible: "HTTP 500 with the SOAP fault ErrorServerBusy, HTTP 200 with it, or HTTP 503", Needs: needThrottle(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := exhaust(ctx, p, p.Service(p.Mailbox(0)))
			return Expect(a, err, Either(Refusal(ews.ErrorServerBusy, ews.ErrorInternalServerError), HTTP(503)))
		},
		Saboteur: Saboteur{Defect: "who is beyond the budget gets HTTP 429", Answer: func(r *Received, s *Sent) {
			if s.Has("ErrorServerBusy") && r.Impersonates() && r.EWS.Impersonate.Value == "user000001@contoso.com" {
				s.Status, s.Body = 429, nil
			}
		}},
	}
}

func busyBackOff() Clause {
	return Clause{
		ID: "throttle.busy.back-off", Level: Must,
		Rule: "ErrorServerBusy says for how long to stay away: BackOffMilliseconds.", Source: pageThrottling + ", table of errors; captures in exchangelib's tests and mguessan/davmail #161",
		Admissible: `t:Value Name="BackOffMilliseconds" with a number`, Needs: needThrottle(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := exhaust(ctx, p, p.Service(p.Mailbox(1)))
			if err != nil {
				return err
			}
			if a.Status == 503 {
				return Skip("the server is busy by HTTP 503, which has no place for it")
			}
			wait, err := strconv.Atoi(a.Text(`//t:Value[@Name="BackOffMilliseconds"]`))
			return That(err == nil && wait > 0, "BackOffMilliseconds", "%s without a number: %s", a, beginning(a.Body, 300))
		},
		Saboteur: swaps("the back-off is in seconds", "BackOffMilliseconds", "BackOffSeconds", nil),
	}
}

func busyEnforced() Clause {
	return Clause{
		ID: "throttle.busy.enforced", Level: Should,
		Rule: "Who comes back before the back-off is over is refused again.", Source: "MS docs: Mailbox synchronization and EWS in Exchange, Synchronization best practices; " + pageThrottling,
		Admissible: "a refusal with ErrorServerBusy, or HTTP 503", Needs: needThrottle(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(2))
			if _, err := exhaust(ctx, p, c); err != nil {
				return err
			}
			return c.Expect(ctx, Inbox(), Either(Refusal(ews.ErrorServerBusy, ews.ErrorInternalServerError), HTTP(503)))
		},
		Saboteur: forgiving(),
	}
}

// forgiving is the defect of letting in whoever asks again.
func forgiving() Saboteur {
	var mu sync.Mutex
	refused := map[string]bool{}
	return Saboteur{Defect: "who was refused is let in the next time", Request: func(r *Received) {
		mu.Lock()
		defer mu.Unlock()
		if r.Impersonates() && refused[r.EWS.Impersonate.Value] {
			r.Replace(r.EWS.Impersonate.Value, "user000900@contoso.com")
			r.Header.Set(ews.HeaderAnchorMailbox, "user000900@contoso.com")
			delete(refused, r.EWS.Impersonate.Value)
		}
	}, Answer: func(r *Received, s *Sent) {
		mu.Lock()
		defer mu.Unlock()
		if s.Has("ErrorServerBusy") && r.Impersonates() && r.EWS.Impersonate.Value == "user000003@contoso.com" {
			refused[r.EWS.Impersonate.Value] = true
		}
	}}
}

func chargesTarget() Clause {
	return Clause{
		ID: "throttle.charges.target", Level: Must,
		Rule: "Who impersonates uses a budget of the impersonated mailbox: another mailbox is not busy because of it.", Source: pageThrottling + ", Throttling and impersonation",
		Admissible: "success for another mailbox", Needs: append(needThrottle(), NeedScope()),
		Check: func(ctx context.Context, p *Probe) error {
			if _, err := exhaust(ctx, p, p.Service(p.World.Inside)); err != nil {
				return err
			}
			return p.Service(p.World.Outside).Expect(ctx, Inbox(), Success())
		},
		Saboteur: charging("user000007@contoso.com", "user000700@contoso.com", "the service account has one budget for all mailboxes"),
	}
}

// charging is the defect that somebody is busy because somebody else is.
func charging(exhausted, other, defect string) Saboteur {
	var mu sync.Mutex
	busy := false
	return Saboteur{Defect: defect, Answer: func(r *Received, s *Sent) {
		mu.Lock()
		defer mu.Unlock()
		who := r.Caller()
		if r.Impersonates() {
			who = r.EWS.Impersonate.Value
		}
		switch {
		case r.Impersonates() && who == exhausted && s.Has("ErrorServerBusy"):
			busy = true
		case who == other && r.Impersonates() == (exhausted != other) && busy:
			busy = false
			s.Refuse(ews.ErrorServerBusy)
		}
	}}
}

func sparesUser() Clause {
	return Clause{
		ID: "throttle.charges.not-the-user", Level: Must,
		Rule: "The budget for impersonation is a copy: the user itself is not busy because of what was done in its name.", Source: pageThrottling + ", Throttling and impersonation",
		Admissible: "success for the user", Needs: append(needThrottle(), NeedAccount(Owner)),
		Check: func(ctx context.Context, p *Probe) error {
			if _, err := exhaust(ctx, p, p.Service(p.Mailbox(0))); err != nil {
				return err
			}
			return p.As(Owner).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), Success())
		},
		Saboteur: charging("user000001@contoso.com", "user000001@contoso.com", "who impersonates uses up the user's own budget"),
	}
}

// crowd sends several requests at once, and returns the answer of one that was refused.
func crowd(ctx context.Context, p *Probe, c *Client) (*Answer, error) {
	if err := p.Do(ctx, Throttle, Args{"concurrency": 1}); err != nil {
		return nil, err
	}
	const at = 12
	answers, errs := make([]*Answer, at), make([]error, at)
	var group sync.WaitGroup
	for i := range at {
		group.Go(func() { answers[i], errs[i] = c.Do(ctx, Inbox()) })
	}
	group.Wait()
	for i, a := range answers {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if !a.Outcome.OK() {
			return a, nil
		}
	}
	return nil, Skip("%d requests at once were no two at once for the server", at)
}

func tooMany() Clause {
	return Clause{
		ID: "throttle.concurrency.fault", Level: Must,
		Rule: "Who has more requests under way than EWSMaxConcurrency is refused with the new one.", Source: pageThrottling + ", Throttling policies and concurrency; captures in ews-managed-api #293 and thunderbird/ews-rs",
		Admissible: "HTTP 500 with the SOAP fault ErrorExceededConnectionCount", Needs: needThrottle(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := crowd(ctx, p, p.Service(p.Mailbox(3)))
			return Expect(a, err, FaultOf(ews.ErrorExceededConnectionCount))
		},
		Saboteur: swaps("too many requests at once are busy", "ErrorExceededConnectionCount", "ErrorServerBusy", holds("user000004@contoso.com")),
	}
}

func tooManyValues() Clause {
	return Clause{
		ID: "throttle.concurrency.values", Level: Observed,
		Rule: "The fault names the policy and its limit, and no back-off: one of the others has only to end.", Source: "OBS-015: captures in ews-managed-api #293 and thunderbird/ews-rs",
		Admissible: "values Policy and MaxConcurrencyLimit, no BackOffMilliseconds", Needs: append(needThrottle(), NeedScope()),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := crowd(ctx, p, p.Service(p.World.Inside))
			if err := Expect(a, err, FaultOf()); err != nil {
				return err
			}
			return That(a.Has(`//t:Value[@Name="Policy"]`) && a.Has(`//t:Value[@Name="MaxConcurrencyLimit"]`) && !a.Has(`//t:Value[@Name="BackOffMilliseconds"]`),
				"Policy and MaxConcurrencyLimit", "%s", beginning(a.Body, 600))
		},
		Saboteur: swaps("the limit is not told", "MaxConcurrencyLimit", "Limit", nil),
	}
}

func tooManySubscriptions() Clause {
	return Clause{
		ID: "throttle.subscriptions", Level: Must,
		Rule: "Who has as many subscriptions as EWSMaxSubscriptions allows gets no other.", Source: pageThrottling + ", EWSMaxSubscriptions; " + pageResponse + ", ErrorExceededSubscriptionCount",
		Admissible: "a refusal with ErrorExceededSubscriptionCount", Needs: needThrottle(),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, Throttle, Args{"subscriptions": 1}); err != nil {
				return err
			}
			c := p.Service(p.Mailbox(0))
			if _, err := subscribed(ctx, p, c, subscribePull); err != nil {
				return err
			}
			return c.Says(ctx, Refusal("ErrorExceededSubscriptionCount"), subscribePull)
		},
		Saboteur: swaps("too many subscriptions are busy", "ErrorExceededSubscriptionCount", "ErrorServerBusy", nil),
	}
}

func shortPage() Clause {
	return Clause{
		ID: "throttle.find.short-page", Level: Should,
		Rule: "A search with pages that would hold more objects than EWSFindCountLimit comes back with a shorter page, and says that it is not the last.", Source: pageThrottling + ", EWSFindCountLimit",
		Admissible: "fewer items than asked for, IncludesLastItemInRange false; or ErrorExceededFindCountLimit", Needs: needThrottle(),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, Throttle, Args{"find_count": 5}); err != nil {
				return err
			}
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>`+
				`<m:IndexedPageItemView MaxEntriesReturned="20" Offset="0" BasePoint="Beginning"/><m:ParentFolderIds>`+folder("inbox", "")+`</m:ParentFolderIds></m:FindItem>`)
			if err != nil {
				return err
			}
			if a.Code() == "ErrorExceededFindCountLimit" {
				return nil
			}
			n, last := len(a.All("//t:ItemId")), a.Attr("//m:RootFolder", "IncludesLastItemInRange")
			return That(a.Outcome.OK() && n > 0 && n < 20 && last == "false", "fewer than 20 items, and more to come", "%s with %d items, IncludesLastItemInRange %s", a, n, last)
		},
		Saboteur: swaps("a short page says that it is the last one", `IncludesLastItemInRange="false"`, `IncludesLastItemInRange="true"`, func(r *Received) bool { return r.Op() == ews.OpFindItem }),
	}
}

func tooManyStreams() Clause {
	return Clause{
		ID: "throttle.streams", Level: Should,
		Rule: "Who has as many streams open as HangingConnectionLimit allows gets no other.", Source: pageThrottling + ", HangingConnectionLimit; which code it is, no capture shows",
		Admissible: "a refusal with ErrorExceededConnectionCount or ErrorServerBusy", Needs: needThrottle(),
		Check: func(ctx context.Context, p *Probe) error {
			if err := p.Do(ctx, Throttle, Args{"streams": 1}); err != nil {
				return err
			}
			c := p.Service(p.Mailbox(2))
			first, _, err := opened(ctx, p, c)
			if err != nil {
				return err
			}
			defer first.Close()
			second, _, err := listening(ctx, p, c)
			if err != nil {
				return err
			}
			defer second.Close()
			a, err := second.Next()
			return Expect(a, err, Refusal(ews.ErrorExceededConnectionCount, ews.ErrorServerBusy))
		},
		Saboteur: swaps("too many streams are not found", "ErrorExceededConnectionCount", "ErrorSubscriptionNotFound", func(r *Received) bool { return r.Op() == "GetStreamingEvents" }),
	}
}
