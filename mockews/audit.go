package mockews

import (
	"net/http"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// look notes what the auditor wants to know of a request. What it wants to know of the answer, BackOff and CookieOffered, is
// noted by whoever writes it into the answer. The request is
// nil if it broke the schema.
func (x *exchange) look(r *http.Request, request *ews.Request) {
	auditor := x.server.auditor.Load()
	if auditor == nil {
		return
	}
	e, h := &x.sight, r.Header
	if e.Ask(request, x.in); e.Op == "" {
		return
	}
	e.Caller, e.Mailbox = x.callerName(), x.impersonated(e.Named)
	e.Anchor, e.Anchored = x.hints.Anchor, x.anchored(e.Mailbox)
	e.PublicFolder = len(h["X-Publicfoldermailbox"]) > 0
	e.Affinity, e.CookieSent = x.hints.Affinity, x.hints.OverrideCookie != ""
	e.CookieAsHeader = len(h["X-Backendoverridecookie"]) > 0
	e.RequestID = x.note.id
	e.Carry(r)
	auditor.Arrive(e)
}

// judge tells the auditor how the exchange ended.
func (x *exchange) judge(status int, code ews.Code) audit.Verdicts {
	e := &x.sight
	auditor := x.server.auditor.Load()
	if auditor == nil || e.Op == "" {
		return 0
	}
	e.Came, e.Answered = x.hints.Now.Sub(x.server.born), time.Since(x.server.born)
	e.Status, e.Code, e.Undelivered = status, code, x.undelivered()
	if code != ews.NoError && e.Items > 1 {
		e.TellFailure(ews.Classify(status, nil, x.out))
	}
	return auditor.Observe(e)
}

// undelivered says that an injected fault keeps the answer from the client.
func (x *exchange) undelivered() bool {
	return x.harm != nil && x.harm.Delivery != nil && x.harm.Delivery.How != fault.HowDrip && x.harm.Delivery.How != fault.HowClose
}

// streamed tells the auditor that a stream is over.
func (x *exchange) streamed() {
	if auditor := x.server.auditor.Load(); auditor != nil && x.sight.Op == ews.OpGetStreamingEvents {
		auditor.Ended(&x.sight, x.closed)
	}
}

// impersonated is the primary address of whom the request acts for, as it was written if that is nobody, and "" if the
// caller acts for itself.
func (x *exchange) impersonated(sid ews.ConnectingSID) string {
	if sid.Value == "" {
		return ""
	}
	actor := x.note.actor
	switch {
	case actor != 0 && sid.Kind == ews.PrimarySmtpAddress:
		return sid.Value
	case actor == 0:
		actor = x.server.named(sid) // refused, and perhaps somebody all the same
	}
	if actor == 0 {
		return sid.Value
	}
	return x.server.org.Address(actor)
}

// named is whom a ConnectingSID means, whether or not a server puts up with it.
func (s *Server) named(sid ews.ConnectingSID) route.Principal {
	if sid.Kind == ews.SID {
		p, _ := s.org.FindSID(sid.Value)
		return p
	}
	p, _ := s.org.Find(sid.Value)
	return p
}

// anchored is the primary address of the mailbox to which the anchor leads.
func (x *exchange) anchored(mailbox string) string {
	anchor := x.choice.Anchor
	if _, ok := x.server.org.Home(anchor); !ok {
		return ""
	}
	if anchor == x.note.actor && mailbox != "" {
		return mailbox
	}
	return x.server.org.Address(anchor)
}
