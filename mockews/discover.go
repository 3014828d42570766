package mockews

import (
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// Where Autodiscover answers, in any spelling of upper and lower case.
const (
	PathAutodiscoverSOAP = autodiscover.PathSOAP
	PathAutodiscoverPOX  = autodiscover.PathPOX
)

// maxInquiry is the longest request that Autodiscover reads, in bytes: maxReceivedMessageSize of a real server (shipped web.config
// of its back end in microsoft/CSS-Exchange).
const maxInquiry = 8 << 20

// inquiry is a request for Autodiscover that has been read.
type inquiry struct {
	soap   *autodiscover.Request
	pox    *autodiscover.POXRequest
	names  []string // whom it is about
	err    error    // why it is none
	client discovery.Client
}

// discover answers a request for Autodiscover. It is false for any other.
func (x *exchange) discover(w http.ResponseWriter, r *http.Request) bool {
	soap := strings.EqualFold(r.URL.Path, PathAutodiscoverSOAP)
	if !soap && !strings.EqualFold(r.URL.Path, PathAutodiscoverPOX) {
		return false
	}
	x.discovery = true
	if r.Method == http.MethodPost {
		x.note.op = ews.OpAutodiscover
		if soap {
			x.note.op = ews.OpGetUserSettings
		}
	}
	service := x.server.discovery
	switch {
	case !service.Serves(soap):
		x.refuse(w, http.StatusNotFound, pageNotFound)
	case service.Everybody() != "":
		w.Header()["Location"] = []string{service.Everybody()}
		x.refuse(w, http.StatusFound, "")
	case !x.announced(w, r):
	case r.Method == http.MethodGet:
		x.browse(w, soap)
	case r.Method != http.MethodPost:
		w.Header()["Allow"] = []string{"GET, POST"}
		x.refuse(w, http.StatusMethodNotAllowed, pageMethod)
	default:
		x.ask(w, r)
	}
	return true
}

// announced is authenticate; a GET is told which ways of asking there are, whoever sends it (ews-javascript-api, AutodiscoverService.js,
// looks for that without a password; capture in OfficeDev/ews-java-api #452).
func (x *exchange) announced(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet {
		if x.server.discovery.Serves(true) {
			w.Header()[autodiscover.HeaderSOAPEnabled] = []string{"True"}
		}
		if x.server.auth.Schemes().Bearer {
			w.Header()[autodiscover.HeaderOAuthEnabled] = []string{"True"}
		}
	}
	return x.authenticate(w, r)
}

// browse answers a GET: with the page of a web service, or with an error in plain XML, since it asks for nothing.
func (x *exchange) browse(w http.ResponseWriter, soap bool) {
	if soap {
		x.refuse(w, http.StatusOK, pageService)
		return
	}
	x.choice = x.server.org.Choose(x.hints)
	h := w.Header()
	x.signFrontEnd(h)
	h["Content-Type"] = soapType
	x.out = x.misunderstood(autodiscover.POXInvalidRequest).Append(x.out)
	x.record(http.StatusOK, ews.Code(autodiscover.InvalidRequest))
	x.deliver(w, http.StatusOK)
}

// ask takes a request to a back end, which answers whatever mailbox it is about.
func (x *exchange) ask(w http.ResponseWriter, r *http.Request) {
	defer x.makeRoom()
	if !x.take(w, r, maxInquiry) {
		return
	}
	q := x.inquire(r)
	about := route.Principal(0)
	if len(q.names) > 0 {
		about = x.server.discovery.Find(q.names[0])
	}
	x.client = r.Context()
	x.route(r.Header, about)
	x.meet(about, 0) // where a mailbox is, every back end knows: the first one does the work
	if x.cutShort(w) {
		return
	}
	var err error
	x.met, err = x.server.engine.Pass(r.Context(), route.Call{
		Key: x.hints.Key, Op: x.note.op, Arrived: x.hints.Now, First: x.choice.BackEnd, Target: about, Tie: x.tie(),
		Refused: q.err != nil || x.harm.From(fault.ByFirst), Idle: x.harm.Idle(), Stays: true,
	})
	if err != nil || !x.linger() {
		x.record(0, "")
		return
	}
	x.tell(w, &q)
}

// inquire reads what is in the buffer.
func (x *exchange) inquire(r *http.Request) (q inquiry) {
	q.client = discovery.Client{Secure: x.encrypted, Host: r.Host, Basic: x.server.auth.Schemes().Basic, Fail: x.failUser}
	if x.note.op == ews.OpGetUserSettings {
		if q.soap, q.err = autodiscover.ParseRequest(x.in); q.err == nil {
			q.names = q.soap.Users
		}
		return q
	}
	if q.pox, q.err = autodiscover.ParsePOXRequest(x.in); q.err == nil {
		q.names = []string{q.pox.Who()}
	}
	return q
}
