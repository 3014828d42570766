package mockews

import (
	"maps"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// The application that every server knows unless its topology says otherwise; it may act as everybody.
const (
	DefaultTenant = auth.DefaultTenant
	DefaultApp    = auth.DefaultApp
	DefaultSecret = auth.DefaultSecret
)

// Auth lets callers in and issues tokens. Its policies can be changed while the server runs.
func (s *Server) Auth() *auth.Gatekeeper { return s.auth }

// newAuth is the gatekeeper of an organisation; grants are what tells the applications that hold a role in Exchange itself.
func newAuth(org *route.Organisation, granted func(app string) bool) (*auth.Gatekeeper, error) {
	t := org.Topology()
	return auth.New(t.Authentication, org.Flavour(), org, auth.Options{Domain: t.Domain, Granted: granted})
}

// beside answers what is not for Exchange at all: a request for a token, or for what tells a client how to get one. It is false
// for any other. The journal has nothing of it.
func (x *exchange) beside(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path == Path || strings.EqualFold(r.URL.Path, Path) {
		return false
	}
	return x.server.auth.Endpoint(w, r, x.hints.Now)
}

// authenticate finds out who sends the request. It is false for somebody who is not let in, and has been told so.
func (x *exchange) authenticate(w http.ResponseWriter, r *http.Request) bool {
	id, refusal := x.server.auth.Admit(&auth.Request{
		Authorization: r.Header["Authorization"], UserAgent: first(r.Header["User-Agent"]),
		Remote: r.RemoteAddr, Forwarded: first(r.Header["X-Forwarded-For"]),
		Host: r.Host, SOAP: r.Method == http.MethodPost, Discovery: x.discovery, Now: x.hints.Now,
	})
	x.identity, x.hints.Caller = id, id.Principal
	if refusal != nil {
		x.turnAway(w, r, refusal)
		return false
	}
	if id.AppID != "" && x.server.flavour.Cloud {
		w.Header()["X-MS-AppId"] = []string{id.AppID}
	}
	return true
}

// turnAway answers somebody who is not let in: with a header and nothing else.
func (x *exchange) turnAway(w http.ResponseWriter, r *http.Request, refusal *auth.Refusal) {
	h := w.Header()
	if refusal.ByBackEnd {
		x.route(r.Header, x.hints.Caller)
		x.met.BackEnd = x.choice.BackEnd
		x.sign(h, refusal.Status)
	} else {
		x.choice = x.server.org.Choose(x.hints)
		x.signFrontEnd(h)
	}
	maps.Copy(h, refusal.Header)
	x.record(refusal.Status, "")
	w.WriteHeader(refusal.Status)
}

// callerName is what the journal and the auditor call who sent the request: an address, or the id of an application on its own.
func (x *exchange) callerName() string {
	if app := x.alone(); app != "" {
		return app
	}
	return x.server.org.Address(x.hints.Caller)
}

// alone is the id of an application that calls on its own, or "".
func (x *exchange) alone() string {
	if x.identity.AppOnly {
		return x.identity.AppID
	}
	return ""
}

// first is the first value of a header, or "".
func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
