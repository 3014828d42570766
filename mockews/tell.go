package mockews

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// failUser is what is injected about the nth user of a request, or about the whole: 0. A SOAP fault becomes the latter, for that
// is how Autodiscover fails.
func (x *exchange) failUser(nth int) (autodiscover.Code, string) {
	a := x.injected()
	switch {
	case a == nil:
	case a.Fault != nil && nth == 0:
		return discoveryCode(a.Fault.Code), ""
	case a.Message != nil && nth > 0 && (a.Part == 0 || a.Part == nth):
		return discoveryCode(a.Message.Code), ""
	}
	return autodiscover.NoError, ""
}

// discoveryCode is what Autodiscover calls an error that EWS has a name for.
func discoveryCode(code ews.Code) autodiscover.Code {
	switch code {
	case ews.ErrorServerBusy:
		return autodiscover.ServerBusy
	case ews.ErrorInvalidRequest, ews.ErrorSchemaValidation:
		return autodiscover.InvalidRequest
	case ews.ErrorNonExistentMailbox:
		return autodiscover.InvalidUser
	}
	return autodiscover.InternalServerError
}

// tell writes the answer.
func (x *exchange) tell(w http.ResponseWriter, q *inquiry) {
	page, location := 0, x.server.discovery.Location(q.names...)
	if x.met.Failure == route.FailureBusy {
		page = http.StatusServiceUnavailable
	} else if a := x.injected(); a != nil {
		page = a.Page
		if a.Fault != nil && a.Fault.HTTP == http.StatusServiceUnavailable {
			page = a.Fault.HTTP
		}
	}
	switch {
	case page != 0:
		x.sign(w.Header(), page)
		x.page(w, page)
	case location != "":
		w.Header()["Location"] = []string{location}
		x.sign(w.Header(), http.StatusFound)
		x.record(http.StatusFound, "")
		x.deliver(w, http.StatusFound)
	case x.note.op == ews.OpGetUserSettings:
		x.tellSOAP(w, q)
	default:
		x.tellPOX(w, q)
	}
}

func (x *exchange) tellSOAP(w http.ResponseWriter, q *inquiry) {
	if refusal, ok := errors.AsType[*autodiscover.Fault](q.err); ok {
		x.out = refusal.Append(x.out)
		x.send(w, http.StatusInternalServerError, ews.Code(refusal.Code))
		return
	}
	if q.err != nil {
		x.sign(w.Header(), http.StatusBadRequest)
		x.page(w, http.StatusBadRequest)
		return
	}
	answer := x.server.discovery.Settings(q.soap, q.client)
	x.out = answer.Append(x.out, x.server.discovery.Version())
	x.send(w, http.StatusOK, ews.Code(answer.Outcome()))
}

func (x *exchange) tellPOX(w http.ResponseWriter, q *inquiry) {
	if q.err != nil {
		x.out = x.misunderstood(autodiscover.POXInvalidRequest).Append(x.out)
		x.send(w, http.StatusOK, ews.Code(autodiscover.InvalidRequest))
		return
	}
	answer, number, outcome := x.server.discovery.POX(q.pox, q.client)
	if answer == nil {
		x.out = x.misunderstood(number).Append(x.out)
	} else {
		x.out = answer.Append(x.out)
	}
	x.send(w, http.StatusOK, ews.Code(outcome))
}

// misunderstood is an error in plain XML. It names its time, and its server by a hash.
func (x *exchange) misunderstood(code autodiscover.POXCode) *autodiscover.POXError {
	return &autodiscover.POXError{
		Time: x.hints.Now.UTC().Format("15:04:05.0000000"), ID: strconv.FormatUint(uint64(uint32(route.Key(x.server.org.FrontEnd(x.choice.FrontEnd)))), 10), Code: code, Text: code.Message(),
	}
}
