package mockews

import (
	"net/http"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// look notes what the auditor wants to know of a request. What it wants to know of the answer, BackOff and CookieOffered, is
// noted by whoever writes it into the answer. The request is
// nil if it could not be read, and is not judged then.
func (x *exchange) look(h http.Header, request *ews.Request) {
	if x.server.auditor.Load() == nil || request == nil {
		return
	}
	e := &x.sight
	e.Op, e.Caller = x.note.op, x.callerName()
	e.Mailbox = x.impersonated(request.Impersonate)
	e.Anchor, e.Anchored = x.hints.Anchor, x.anchored(e.Mailbox)
	e.PublicFolder = len(h["X-Publicfoldermailbox"]) > 0
	e.Affinity, e.CookieSent = x.hints.Affinity, x.hints.OverrideCookie != ""
	e.CookieAsHeader = len(h["X-Backendoverridecookie"]) > 0
	e.RequestID = x.note.id
	if agent := h["User-Agent"]; len(agent) > 0 {
		e.UserAgent = agent[0]
	}
	size(e, request.Body)
}

// judge tells the auditor how the exchange ended.
func (x *exchange) judge(status int, code ews.Code) audit.Verdicts {
	e := &x.sight
	auditor := x.server.auditor.Load()
	if auditor == nil || e.Op == "" {
		return 0
	}
	e.Came, e.Answered = x.hints.Now.Sub(x.server.born), time.Since(x.server.born)
	e.Status, e.Code = status, code
	return auditor.Observe(e)
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

// size notes how much a request asks for.
func size(e *audit.Exchange, body ews.Body) {
	switch b := body.(type) {
	case ews.GetItem:
		e.Items, e.Shape = len(b.Items), b.Shape.Base
	case ews.FindItem:
		e.Page, _ = pageOf(b)
		e.Shape = b.Shape.Base
	case ews.SyncFolderHierarchy:
		e.Shape = b.Shape.Base
	case ews.SyncFolderItems:
		e.Shape = b.Shape.Base
	}
}
