package conformance

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

const pageNotify = "MS docs: Notification subscriptions, mailbox events, and EWS in Exchange"

const pageNotifyErrors = "MS docs: Handling notification-related errors in EWS in Exchange"

// notifying is subscriptions and what comes of them.
func notifying() []Clause {
	return []Clause{
		notifyPull(), notifyStreaming(), notifyStatus(), notifyCreated(), notifyReplay(), notifyUnknown(), notifyOwner(), notifyKind(), notifyTwoMailboxes(), notifyTwice(),
		notifyPushURL(), streamOpens(), streamPlain(), streamEvent(), streamBadID(), streamSuperseded(), streamUnsubscribed(),
	}
}

const subscribeStream = `<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id="drafts"/></t:FolderIds>` +
	`<t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>`

// subscribeDrafts is a pull subscription to the drafts.
var subscribeDrafts = strings.ReplaceAll(subscribePull, `"inbox"`, `"drafts"`)

func needOne() []Need { return []Need{NeedAccount(Service), NeedMailboxes(1)} }

func notifyPull() Clause {
	return Clause{
		ID: "notify.pull.watermark", Level: Must,
		Rule: "Subscribe for pull notifications is answered with an id and a watermark to begin from.", Source: "MS docs: Subscribe operation; " + pageNotify,
		Admissible: "m:SubscriptionId and m:Watermark", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := subscribed(ctx, p, p.Service(p.Mailbox(0)), subscribeDrafts)
			if err != nil {
				return err
			}
			return That(a.Text("//m:SubscriptionId") != "" && a.Text("//m:Watermark") != "", "id and watermark", "%s", beginning(a.Body, 400))
		},
		Saboteur: Saboteur{Defect: "a subscription to the drafts alone has no watermark", Answer: func(r *Received, s *Sent) {
			if r.Op() == "Subscribe" && holds("PullSubscriptionRequest><t:FolderIds>"+folder("drafts", "")+"</t:FolderIds>")(r) {
				s.Cut("<m:Watermark>", "</m:Watermark>")
			}
		}, Also: []string{"notify.pull.status", "notify.pull.created", "notify.pull.replay"}},
	}
}

func notifyStreaming() Clause {
	return Clause{
		ID: "notify.stream.no-watermark", Level: Must,
		Rule: "A streaming subscription has an id and no watermark.", Source: "MS docs: Subscribe operation; MS-OXWSNTIF",
		Admissible: "m:SubscriptionId without m:Watermark", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := subscribed(ctx, p, p.Service(p.Mailbox(0)), subscribeStream)
			if err != nil {
				return err
			}
			return That(a.Text("//m:SubscriptionId") != "" && !a.Has("//m:Watermark"), "an id alone", "%s", beginning(a.Body, 400))
		},
		Saboteur: swaps("streaming subscriptions have a watermark", "</m:SubscriptionId>", "</m:SubscriptionId><m:Watermark>AQAAAA==</m:Watermark>",
			func(r *Received) bool { return r.Op() == "Subscribe" && holds("StreamingSubscriptionRequest")(r) }),
	}
}

func notifyStatus() Clause {
	return Clause{
		ID: "notify.pull.status", Level: Must,
		Rule: "GetEvents with nothing new is answered with a StatusEvent that has a watermark.", Source: "MS docs: GetEvents operation, StatusEvent",
		Admissible: "t:StatusEvent with t:Watermark", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := subscribed(ctx, p, c, subscribeDrafts)
			if err != nil {
				return err
			}
			a, err = c.Raw(ctx, getEvents(a.Text("//m:SubscriptionId"), a.Text("//m:Watermark")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(a.Text("//m:Notification/t:StatusEvent/t:Watermark") != "", "t:StatusEvent/t:Watermark", "%s", beginning(a.Body, 500))
		},
		Saboteur: Saboteur{Defect: "GetEvents with nothing new has no event", Answer: func(r *Received, s *Sent) {
			if r.Op() == "GetEvents" {
				s.Cut("<t:StatusEvent>", "</t:StatusEvent>")
			}
		}},
	}
}

// created makes a draft while somebody listens, and returns its id.
func created(ctx context.Context, p *Probe, c *Client) (string, error) {
	return draft(ctx, p, c, "ewsbench notified")
}

func notifyCreated() Clause {
	return Clause{
		ID: "notify.pull.created", Level: Must,
		Rule: "An item that is made in a folder shows as a CreatedEvent of the subscription, with its id.", Source: pageNotify + ", EWS notification event types",
		Admissible: "t:CreatedEvent with t:ItemId and t:ParentFolderId", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := subscribed(ctx, p, c, subscribeDrafts)
			if err != nil {
				return err
			}
			if _, err := created(ctx, p, c); err != nil {
				return err
			}
			a, err = c.Raw(ctx, getEvents(a.Text("//m:SubscriptionId"), a.Text("//m:Watermark")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(a.Has("//t:CreatedEvent/t:ItemId") && a.Has("//t:CreatedEvent/t:ParentFolderId"), "a t:CreatedEvent", "%s", beginning(a.Body, 600))
		},
		Saboteur: swaps("what is made shows as modified", "t:CreatedEvent>", "t:ModifiedEvent>", func(r *Received) bool { return r.Op() == "GetEvents" }, "notify.pull.replay"),
	}
}

func notifyReplay() Clause {
	return Clause{
		ID: "notify.pull.replay", Level: Must,
		Rule: "GetEvents from an earlier watermark tells the same events again.", Source: pageNotify + ", Pull notifications; MS docs: Watermark",
		Admissible: "the same t:CreatedEvent twice", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := subscribed(ctx, p, c, subscribeDrafts)
			if err != nil {
				return err
			}
			if _, err := created(ctx, p, c); err != nil {
				return err
			}
			get := getEvents(a.Text("//m:SubscriptionId"), a.Text("//m:Watermark"))
			var seen []string
			for range 2 {
				a, err = c.Raw(ctx, get)
				if err := Expect(a, err, Success()); err != nil {
					return err
				}
				seen = append(seen, a.Attr("//t:CreatedEvent/t:ItemId", "Id"))
			}
			return That(seen[0] != "" && seen[0] == seen[1], "the same event twice", "%d and %d characters of an id", len(seen[0]), len(seen[1]))
		},
		Saboteur: once(),
	}
}

// once is the defect of telling an event one time only.
func once() Saboteur {
	told := map[string]bool{}
	return Saboteur{Defect: "an event is told once", Answer: func(r *Received, s *Sent) {
		if r.Op() != "GetEvents" || !s.Has("<t:CreatedEvent>") {
			return
		}
		if told[string(r.Body)] {
			s.Replace("t:CreatedEvent>", "t:ModifiedEvent>")
		}
		told[string(r.Body)] = true
	}}
}

func notifyUnknown() Clause {
	return Clause{
		ID: "notify.unknown", Level: Must,
		Rule: "A subscription that is not there is ErrorSubscriptionNotFound: the client subscribes anew.", Source: pageNotifyErrors + ", ErrorSubscriptionNotFound",
		Admissible: "HTTP 200 with the response code ErrorSubscriptionNotFound or ErrorInvalidSubscription", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, MessageOf("ErrorSubscriptionNotFound", "ErrorInvalidSubscription"), getEvents("bm90aGluZw==", "AQAAAA=="))
		},
		Saboteur: refuses("a subscription that is not there is a fault", holds("<m:SubscriptionId>bm90aGluZw==</m:SubscriptionId><m:Watermark>"), ews.ErrorInternalServerError),
	}
}

func notifyOwner() Clause {
	return Clause{
		ID: "notify.owner", Level: Must,
		Rule: "A subscription belongs to the account that made it, not to whom it impersonated: another account has no access.", Source: pageNotifyErrors + ", ErrorSubscriptionAccessDenied; " + pageThrottling,
		Admissible: "HTTP 200 with the response code ErrorSubscriptionAccessDenied or ErrorSubscriptionNotFound",
		Needs:      append(needOne(), NeedAccount(Second)),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := subscribed(ctx, p, p.Service(p.Mailbox(0)), subscribeDrafts)
			if err != nil {
				return err
			}
			return p.As(Second).For(p.Mailbox(0)).Says(ctx, MessageOf("ErrorSubscriptionAccessDenied", "ErrorSubscriptionNotFound"), getEvents(a.Text("//m:SubscriptionId"), a.Text("//m:Watermark")))
		},
		Saboteur: Saboteur{Defect: "whoever impersonates the user has the user's subscriptions", Request: func(r *Received) {
			if r.Op() == "GetEvents" && r.Caller() == "svc-nomailbox@contoso.com" {
				r.Pretend("svc-bench@contoso.com")
			}
		}},
	}
}

func notifyKind() Clause {
	return Clause{
		ID: "notify.kinds-apart", Level: Must,
		Rule: "GetEvents takes the id of a pull subscription, and of no other kind.", Source: pageNotifyErrors + ", ErrorInvalidPullSubscriptionId",
		Admissible: "HTTP 200 with the response code ErrorInvalidPullSubscriptionId", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			pull, err := subscribed(ctx, p, c, subscribeDrafts)
			if err != nil {
				return err
			}
			stream, err := subscribed(ctx, p, c, subscribeStream)
			if err != nil {
				return err
			}
			return c.Says(ctx, MessageOf("ErrorInvalidPullSubscriptionId"), getEvents(stream.Text("//m:SubscriptionId"), pull.Text("//m:Watermark")))
		},
		Saboteur: swaps("ids of other kinds are not found", "ErrorInvalidPullSubscriptionId", "ErrorSubscriptionNotFound", nil),
	}
}

func notifyTwoMailboxes() Clause {
	return Clause{
		ID: "notify.one-mailbox", Level: Must,
		Rule: "A subscription is about the folders of one mailbox.", Source: pageResponse + ", ErrorInvalidSubscriptionRequest",
		Admissible: "HTTP 200 with the response code ErrorInvalidSubscriptionRequest, or one that refuses the other mailbox", Needs: needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			both := strings.ReplaceAll(subscribePull, folder("inbox", ""), folder("inbox", "")+folder("inbox", p.Mailbox(3)))
			return p.Service(p.Mailbox(0)).Says(ctx, MessageOf("ErrorInvalidSubscriptionRequest", "ErrorSubscriptionDelegateAccessNotSupported", ews.ErrorFolderNotFound, ews.ErrorItemNotFound), both)
		},
		Saboteur: Saboteur{Defect: "folders of other mailboxes are passed over", Request: func(r *Received) {
			if holds("<m:Subscribe>")(r) {
				r.Replace(folder("inbox", "user000004@contoso.com"), "")
			}
		}},
	}
}

func notifyTwice() Clause {
	return Clause{
		ID: "notify.unsubscribe.twice", Level: Must,
		Rule: "A subscription that has ended cannot be ended again.", Source: pageNotifyErrors + ", ErrorSubscriptionNotFound",
		Admissible: "success, then HTTP 200 with the response code ErrorSubscriptionNotFound", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := c.Raw(ctx, subscribeDrafts)
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			id := a.Text("//m:SubscriptionId")
			a, err = c.Raw(ctx, unsubscribe(id))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return c.Says(ctx, MessageOf("ErrorSubscriptionNotFound"), unsubscribe(id))
		},
		Saboteur: Saboteur{Defect: "Unsubscribe always succeeds", Answer: func(r *Received, s *Sent) {
			if r.Op() == "Unsubscribe" && s.Has("ErrorSubscriptionNotFound") {
				s.Replace(`ResponseClass="Error"`, `ResponseClass="Success"`)
				s.Replace("ErrorSubscriptionNotFound", "NoError")
			}
		}},
	}
}

func notifyPushURL() Clause {
	return Clause{
		ID: "notify.push.url", Level: Must,
		Rule: "A URL that is none over http or https cannot be called back.", Source: pageResponse + ", ErrorInvalidPushSubscriptionUrl",
		Admissible: "HTTP 200 with the response code ErrorInvalidPushSubscriptionUrl", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, MessageOf("ErrorInvalidPushSubscriptionUrl"), `<m:Subscribe><m:PushSubscriptionRequest><t:FolderIds>`+folder("inbox", "")+`</t:FolderIds><t:EventTypes>`+
				`<t:EventType>CreatedEvent</t:EventType></t:EventTypes><t:StatusFrequency>1</t:StatusFrequency><t:URL>ftp://127.0.0.1/</t:URL></m:PushSubscriptionRequest></m:Subscribe>`)
		},
		Saboteur: swaps("a bad URL is a bad request", "ErrorInvalidPushSubscriptionUrl", "ErrorInvalidSubscriptionRequest", nil),
	}
}

// listening opens a stream of a new subscription to the drafts.
func listening(ctx context.Context, p *Probe, c *Client) (s *Stream, id string, err error) {
	a, err := subscribed(ctx, p, c, subscribeStream)
	if err != nil {
		return nil, "", err
	}
	id = a.Text("//m:SubscriptionId")
	s, err = c.Stream(ctx, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1})
	return s, id, err
}

// opened is listening behind the first envelope, which says that the stream is open.
func opened(ctx context.Context, p *Probe, c *Client) (s *Stream, id string, err error) {
	s, id, err = listening(ctx, p, c)
	if err != nil {
		return nil, "", err
	}
	if _, err = s.Next(); err != nil {
		s.Close()
		return nil, "", err
	}
	return s, id, nil
}

// nextOf reads envelopes until one is as wanted. The end of the stream is a mismatch.
func nextOf(s *Stream, what string, want func(*Answer) bool) (*Answer, error) {
	last := "nothing"
	for {
		a, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, &Mismatch{Expected: what, Actual: "the end, after " + last}
		case err != nil:
			return nil, err
		case want(a):
			return a, nil
		}
		last = beginning(a.Body, 300)
	}
}

func streamOpens() Clause {
	return Clause{
		ID: "notify.stream.opens", Level: Must,
		Rule: "A stream begins at once with an envelope that says that it is open.", Source: "A capture in jamesiarmes/php-ews #453; MS docs: GetStreamingEvents operation, ConnectionStatus",
		Admissible: "a first envelope with m:ConnectionStatus OK and no notification", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			s, _, err := listening(ctx, p, p.Service(p.Mailbox(0)))
			if err != nil {
				return err
			}
			defer s.Close()
			a, err := s.Next()
			if err != nil {
				return err
			}
			return That(a.Text("//m:ConnectionStatus") == "OK" && !a.Has("//m:Notification"), "m:ConnectionStatus OK", "%s", beginning(a.Body, 400))
		},
		Saboteur: swaps("a stream opens with a status that nobody knows", "<m:ConnectionStatus>OK<", "<m:ConnectionStatus>Open<", nil),
	}
}

func streamPlain() Clause {
	return Clause{
		ID: "notify.stream.plain", Level: Must,
		Rule: "The envelopes of a stream have no XML declaration, and an Envelope element without a prefix.", Source: "Captures in jamesiarmes/php-ews #453 and CumberlandGroup/node-ews #48; ews-javascript-api looks for <Envelope",
		Admissible: "<Envelope at the beginning", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			s, _, err := listening(ctx, p, p.Service(p.Mailbox(0)))
			if err != nil {
				return err
			}
			defer s.Close()
			a, err := s.Next()
			if err != nil {
				return err
			}
			return That(bytes.HasPrefix(bytes.TrimSpace(a.Body), []byte("<Envelope")), "<Envelope", "%s", beginning(a.Body, 40))
		},
		Saboteur: Saboteur{Defect: "the parts of a stream have a declaration", Answer: func(_ *Received, s *Sent) {
			if s.Part && bytes.HasPrefix(s.Body, []byte("<Envelope")) {
				s.Body = append([]byte(`<?xml version="1.0" encoding="utf-8"?>`), s.Body...)
			}
		}},
	}
}

func streamEvent() Clause {
	return Clause{
		ID: "notify.stream.event", Level: Must,
		Rule: "What happens while a stream is open comes on it, without being asked for.", Source: pageNotify + ", Streaming notifications",
		Admissible: "an envelope with t:CreatedEvent", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			s, id, err := opened(ctx, p, c)
			if err != nil {
				return err
			}
			defer s.Close()
			if _, err := created(ctx, p, c); err != nil {
				return err
			}
			a, err := nextOf(s, "a t:CreatedEvent", func(a *Answer) bool { return a.Has("//t:CreatedEvent/t:ItemId") })
			if err != nil {
				return err
			}
			return That(a.Text("//m:Notification/t:SubscriptionId") == id, "the id of the subscription", "%s", beginning(a.Body, 400))
		},
		Saboteur: Saboteur{Defect: "events on a stream do not name the subscription", Answer: func(_ *Received, s *Sent) {
			if s.Part {
				s.Cut("<t:SubscriptionId>", "</t:SubscriptionId>")
			}
		}},
	}
}

func streamBadID() Clause {
	return Clause{
		ID: "notify.stream.bad-id", Level: Must,
		Rule: "A stream of subscriptions that are not there names their ids, and ends.", Source: "MS docs: ErrorSubscriptionIds; ews-managed-api and exchangelib read m:SubscriptionId in it",
		Admissible: "an error with m:ErrorSubscriptionIds/m:SubscriptionId", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			s, err := p.Service(p.Mailbox(0)).Stream(ctx, ews.GetStreamingEvents{IDs: []string{"bm90aGluZw=="}, Timeout: 1})
			if err != nil {
				return err
			}
			defer s.Close()
			_, err = nextOf(s, "m:ErrorSubscriptionIds with the id", func(a *Answer) bool {
				return a.Text("//m:ErrorSubscriptionIds/m:SubscriptionId") == "bm90aGluZw==" && a.Attr("//m:GetStreamingEventsResponseMessage", "ResponseClass") == "Error"
			})
			return err
		},
		Saboteur: Saboteur{Defect: "a stream does not say which ids are bad", Answer: func(_ *Received, s *Sent) {
			s.Cut("<m:ErrorSubscriptionIds>", "</m:ErrorSubscriptionIds>")
		}},
	}
}

func streamSuperseded() Clause {
	return Clause{
		ID: "notify.stream.superseded", Level: Must,
		Rule: "A second stream for the same subscription ends the first one, which is told so.", Source: pageResponse + ", ErrorNewEventStreamConnectionOpened",
		Admissible: "ErrorNewEventStreamConnectionOpened on the first stream", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			first, id, err := opened(ctx, p, c)
			if err != nil {
				return err
			}
			defer first.Close()
			second, err := c.Stream(ctx, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1})
			if err != nil {
				return err
			}
			defer second.Close()
			_, err = nextOf(first, "ErrorNewEventStreamConnectionOpened", func(a *Answer) bool {
				return a.Text("//m:ResponseCode") == "ErrorNewEventStreamConnectionOpened"
			})
			return err
		},
		Saboteur: swaps("a stream that was superseded is called unsubscribed", "ErrorNewEventStreamConnectionOpened", "ErrorSubscriptionUnsubscribed", nil),
	}
}

func streamUnsubscribed() Clause {
	return Clause{
		ID: "notify.stream.unsubscribed", Level: Must,
		Rule: "A stream whose subscription is ended meanwhile is told so.", Source: pageResponse + ", ErrorSubscriptionUnsubscribed",
		Admissible: "ErrorSubscriptionUnsubscribed on the stream", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			s, id, err := opened(ctx, p, c)
			if err != nil {
				return err
			}
			defer s.Close()
			a, err := c.Raw(ctx, unsubscribe(id))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			_, err = nextOf(s, "ErrorSubscriptionUnsubscribed", func(a *Answer) bool { return a.Text("//m:ResponseCode") == "ErrorSubscriptionUnsubscribed" })
			return err
		},
		Saboteur: swaps("a stream that was unsubscribed is lost", "ErrorSubscriptionUnsubscribed", "ErrorSubscriptionNotFound", nil),
	}
}
