package mockews

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// maxBody is the longest request that is read, in bytes: maxReceivedMessageSize of a real server (shipped web.config in
// microsoft/CSS-Exchange).
const maxBody = 64 << 20

// keptBuffer is the largest buffer, in bytes, that is kept for the next exchange.
const keptBuffer = 1 << 20

// exchange is one request and its answer. It is used again for another one afterwards, with its buffers.
type exchange struct {
	server *Server
	in     []byte
	out    []byte
	note   note
	hints  route.Hints
	choice route.Choice
	met    route.Passage
	echo   []string // client-request-id, if the client wants it back
	legacy string   // exchangecookie, which Exchange 2010 used

	tag  string // If-None-Match, of a request for a photo
	bare bool   // the photo is to be sent as it is, in no envelope

	identity  auth.Identity // of who sent the request
	encrypted bool          // the request came over TLS
	gzip      bool          // the answer is to be compressed
	hurried   bool          // the connection has a deadline for the next part
	large     bool          // the request has one of the places for large ones
	discovery bool          // the request is for Autodiscover

	sight  audit.Exchange // for the auditor
	closed bool           // a stream has said that it is over

	harm   *fault.Effect   // what was injected, nil for nothing
	client context.Context // done when the client has gone

	trouble *fault.Answer   // what stands in for the answer without being injected, nil for nothing
	ticket  throttle.Ticket // of the budget that is charged
	unpaged bool            // it searches without a page: only what it finds says whether that is too much
	budget  Budget
	parts   int  // how many items the request is about
	reached int  // and how many of them there was time for,
	cutOff  bool // if it was not for all
}

func (x *exchange) reset() {
	*x = exchange{server: x.server, in: x.in[:0], out: x.out[:0]}
	if cap(x.in) > keptBuffer || cap(x.out) > keptBuffer {
		x.in, x.out = nil, nil
	}
}

// serve takes a request through the front end's own checks.
func (x *exchange) serve(w http.ResponseWriter, r *http.Request) {
	defer x.streamed()
	x.hints.Now, x.encrypted = time.Now(), r.TLS != nil
	x.identify(r.Header)
	switch {
	case x.beside(w, r):
	case len(r.URL.Path)+len(r.URL.RawQuery) > maxURL:
		x.refuse(w, http.StatusNotFound, pageNotFound)
	case r.URL.Path != Path && x.discover(w, r):
	case r.URL.Path != Path && !strings.EqualFold(r.URL.Path, Path) && !isSchemaPath(r.URL.Path) && !isPhotoPath(r.URL.Path):
		x.refuse(w, http.StatusNotFound, pageNotFound)
	case !x.authenticate(w, r):
	case x.schema(w, r):
	case isPhotoPath(r.URL.Path):
		x.photo(w, r)
	case r.Method == http.MethodGet:
		x.refuse(w, http.StatusOK, pageService)
	case r.Method != http.MethodPost:
		w.Header()["Allow"] = []string{"GET, POST"}
		x.refuse(w, http.StatusMethodNotAllowed, pageMethod)
	default:
		x.post(w, r)
	}
}

// identify reads how the client names the request.
func (x *exchange) identify(h http.Header) {
	if id := h["Client-Request-Id"]; len(id) == 1 {
		x.note.id = id[0]
		x.hints.Key = route.Key(id[0])
		if back := h["Return-Client-Request-Id"]; len(back) == 1 && strings.EqualFold(back[0], "true") {
			x.echo = id
		}
	}
}

// refuse answers what never gets to a back end.
func (x *exchange) refuse(w http.ResponseWriter, status int, page string) {
	x.choice = x.server.org.Choose(x.hints)
	x.signFrontEnd(w.Header())
	x.record(status, "")
	writePage(w, status, page)
}

// post takes a SOAP request to a back end and answers it.
func (x *exchange) post(w http.ResponseWriter, r *http.Request) {
	defer x.makeRoom()
	if !x.take(w, r, maxBody) {
		return
	}
	request, refusal := parse(x.in)
	x.pass(w, r, request, refusal)
}

// pass takes a request through the organisation, and answers it.
func (x *exchange) pass(w http.ResponseWriter, r *http.Request, request *ews.Request, refusal *ews.Fault) {
	actor := x.hints.Caller
	if refusal == nil && !x.server.flavour.Accepts(request.Version) {
		refusal = ews.NewFault(ews.ErrorInvalidServerVersion)
	}
	if refusal == nil {
		x.note.op = knownOp(request.Body)
		actor, refusal = x.act(request)
		x.wants(r.Header)
	}
	x.client = r.Context()
	x.route(r.Header, actor)
	x.look(r, request)
	if refusal == nil {
		refusal = x.misrouted(actor)
	}
	if refusal == nil && request != nil {
		refusal = x.ungrouped(actor, request.Body)
	}
	opened := actor
	if refusal == nil {
		opened = x.opened(actor, request.Body)
		x.trouble = cmp.Or(x.unsettled(opened), x.admit(actor, request))
	}
	defer x.settle()
	x.meet(actor, opened)
	if x.cutShort(w) {
		return
	}
	call := route.Call{
		Key: x.hints.Key, Op: x.note.op, Arrived: x.hints.Now, First: x.choice.BackEnd, Target: actor, Opens: opened, Tie: x.tie(),
		Refused: refusal != nil || x.harm.From(fault.ByFirst), Idle: x.harm.Idle() || x.trouble != nil,
		Stays: x.hints.Affinity && request != nil && aboutSubscriptions(request.Body),
	}
	var err error
	x.met, err = x.server.engine.Pass(r.Context(), call)
	if err != nil || !x.linger() || !x.slowDown() {
		x.record(0, "")
		return
	}
	x.answer(w, request, actor, refusal)
}

// opened is whose mailbox a request is for. The back end that holds it does the work, also for somebody whose own is elsewhere.
func (x *exchange) opened(actor route.Principal, body ews.Body) route.Principal {
	if x.server.org.BackEnds() == 1 {
		return actor // there is no other to go to
	}
	if owner := x.server.store.Opens(body); x.server.org.HasMailbox(owner) {
		return owner
	}
	return actor
}

// take reads the body, which is no longer than a limit in bytes. It is false for one that cannot be read; the client has been told
// so.
func (x *exchange) take(w http.ResponseWriter, r *http.Request, limit int64) bool {
	x.gzip = x.server.habits.gzip && takesGzip(r.Header)
	err := x.read(w, r, limit)
	if x.hurried {
		relax(w)
	}
	if err != nil {
		x.abort(w, err)
	}
	return err == nil
}

// read fills the buffer with the body.
func (x *exchange) read(w http.ResponseWriter, r *http.Request, limit int64) error {
	if r.ContentLength > limit {
		return &http.MaxBytesError{Limit: limit}
	}
	if need := min(int(r.ContentLength)+1, keptBuffer); need > cap(x.in) {
		x.in = make([]byte, 0, max(need, 4<<10))
	}
	body := r.Body
	if r.ContentLength < 0 {
		body = http.MaxBytesReader(w, r.Body, limit)
	}
	for {
		n, err := body.Read(x.in[len(x.in):cap(x.in)])
		x.in = x.in[:len(x.in)+n]
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(x.in) == cap(x.in) {
			if err := x.grow(w, r); err != nil {
				return err
			}
		}
	}
}

// grow makes the buffer larger. A large request waits for a place, so that those under way are bounded together.
func (x *exchange) grow(w http.ResponseWriter, r *http.Request) error {
	if len(x.in) >= largeBody && !x.large {
		select {
		case x.server.large <- struct{}{}:
			x.large = true
		case <-r.Context().Done():
			return context.Cause(r.Context())
		}
	}
	hurry(w)
	x.hurried = true
	x.in = append(x.in, 0)[:len(x.in)]
	return nil
}

// makeRoom gives the place of a large request to the next one.
func (x *exchange) makeRoom() {
	if x.large {
		<-x.server.large
	}
}

// abort ends an exchange whose request could not be read.
func (x *exchange) abort(w http.ResponseWriter, err error) {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		w.Header()["Connection"] = []string{"close"}
		x.refuse(w, http.StatusRequestEntityTooLarge, pageTooLarge)
		return
	}
	x.record(0, "")
}

// parse reads the envelope. A request that cannot be read is answered with a fault.
func parse(data []byte) (*ews.Request, *ews.Fault) {
	request, err := ews.ParseRequest(data)
	if err == nil {
		return request, nil
	}
	fault, ok := errors.AsType[*ews.Fault](err)
	if !ok {
		fault = ews.NewFault(ews.ErrorInvalidRequest)
	}
	return nil, fault
}

// knownOp is the operation, in a string that does not hold on to the request.
func knownOp(body ews.Body) ews.Op {
	if unknown, ok := body.(ews.UnknownOp); ok {
		return ews.Op(strings.Clone(unknown.Name))
	}
	return body.Op()
}

// route lets a front end choose the back end.
func (x *exchange) route(h http.Header, actor route.Principal) {
	if anchor := h["X-Anchormailbox"]; len(anchor) > 0 {
		x.hints.Anchor = strings.TrimSpace(anchor[0])
		x.hints.Mailbox = x.server.org.ByGUID(x.hints.Anchor, x.server.store.FindGUID(x.hints.Anchor))
	}
	if prefer := h["X-Preferserveraffinity"]; len(prefer) > 0 {
		x.hints.Affinity = strings.EqualFold(prefer[0], "true")
	}
	if len(h["Cookie"]) > 0 {
		x.hints.OverrideCookie = cookieValue(h, ews.CookieBackEndOverride)
		x.hints.RoutingCookie = cookieValue(h, ews.CookieBackEnd)
		x.legacy = cookieValue(h, legacyCookie)
	}
	if x.note.id == "" {
		x.hints.Key = x.server.repeats.key(x.hints.Caller, actor, x.note.op, x.hints.Anchor)
	}
	x.note.actor, x.note.routed = actor, true
	x.choice = x.server.org.Choose(x.hints)
}
