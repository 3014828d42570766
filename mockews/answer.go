package mockews

import (
	"net/http"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// answer writes what became of a call that has come through, or failed on the way.
func (x *exchange) answer(w http.ResponseWriter, request *ews.Request, actor route.Principal, fault *ews.Fault) {
	switch x.met.Failure {
	case route.FailureBusy:
		x.sign(w.Header(), http.StatusServiceUnavailable)
		x.record(http.StatusServiceUnavailable, "")
		writePage(w, http.StatusServiceUnavailable, pageUnavailable)
		return
	case route.FailureProxy:
		fault = ews.NewFault(ews.ErrorProxyCallFailed)
	case route.FailureNone:
	}
	if fault != nil {
		x.fault(w, fault)
		return
	}
	response, code := x.server.store.do(actor, request.Body)
	if response == nil {
		unknown := ews.NewFault(ews.ErrorInvalidRequest)
		unknown.Text += " The mock does not implement " + string(x.note.op) + "."
		x.fault(w, unknown)
		return
	}
	x.out = ews.AppendResponse(x.out, x.server.version, response)
	x.send(w, http.StatusOK, code)
}

func (x *exchange) fault(w http.ResponseWriter, f *ews.Fault) {
	x.out, x.sight.BackOff = f.Append(x.out), f.BackOff
	x.send(w, f.HTTP, f.Code)
}

// send writes the SOAP answer in the buffer.
func (x *exchange) send(w http.ResponseWriter, status int, code ews.Code) {
	h := w.Header()
	x.sign(h, status)
	h["Content-Type"] = soapType
	x.record(status, code)
	w.WriteHeader(status)
	_, _ = w.Write(x.out) // a client that has gone is no concern of the server's
}
