package mockews

import (
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/mockews/route"
)

// beside answers what is not for Exchange at all, such as a request for a token. It is false for any other.
func (x *exchange) beside(http.ResponseWriter, *http.Request) bool { return false }

func (x *exchange) authenticate(w http.ResponseWriter, r *http.Request) bool {
	x.hints.Caller = x.server.authenticate(r)
	if x.hints.Caller != 0 {
		return true
	}
	h := w.Header()
	h["Www-Authenticate"] = []string{`Basic realm="` + x.server.org.Topology().Domain + `"`}
	h["Content-Length"] = []string{"0"}
	x.choice = x.server.org.Choose(x.hints)
	x.signFrontEnd(h)
	x.record(http.StatusUnauthorized, "")
	w.WriteHeader(http.StatusUnauthorized)
	return false
}

// accountHeaders are the Authorization headers of the service accounts: most requests of a run carry one of them.
func accountHeaders(org *route.Organisation) map[string]route.Principal {
	headers := map[string]route.Principal{}
	for i, a := range org.Topology().Accounts {
		p := route.Principal(-i - 1)
		pair := org.Address(p) + ":" + a.Password
		headers["Basic "+base64.StdEncoding.EncodeToString([]byte(pair))] = p
	}
	return headers
}

// authenticate is who sends the request, or 0. A name is an address, or what stands before the @ of one.
func (s *Server) authenticate(r *http.Request) route.Principal {
	header := r.Header["Authorization"]
	if len(header) != 1 {
		return 0
	}
	if p, ok := s.accounts[header[0]]; ok {
		return p
	}
	name, password, ok := r.BasicAuth()
	if !ok {
		return 0
	}
	if !strings.Contains(name, "@") {
		name += "@" + s.org.Topology().Domain
	}
	p, _ := s.org.Find(name)
	if p == 0 || subtle.ConstantTimeCompare([]byte(password), []byte(s.org.Password(p))) == 0 {
		return 0
	}
	return p
}
