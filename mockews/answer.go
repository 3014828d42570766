package mockews

import (
	"cmp"
	"net/http"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/answers"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// answer writes what became of a call that has come through, or failed on the way.
func (x *exchange) answer(w http.ResponseWriter, request *ews.Request, actor route.Principal, refusal *ews.Fault) {
	page := 0
	switch x.met.Failure {
	case route.FailureBusy:
		page = http.StatusServiceUnavailable
	case route.FailureProxy:
		refusal = ews.NewFault(ews.ErrorProxyCallFailed)
	case route.FailureNone:
		if injected := x.injected(); injected != nil {
			page, refusal = injected.Page, cmp.Or(injected.Fault, refusal)
		}
	}
	switch {
	case page != 0:
		x.sign(w.Header(), page)
		x.page(w, page)
	case refusal != nil:
		x.fault(w, refusal)
	default:
		x.carryOut(w, actor, request)
	}
}

// carryOut does what the request asks for.
func (x *exchange) carryOut(w http.ResponseWriter, actor route.Principal, request *ews.Request) {
	if b, ok := request.Body.(ews.GetStreamingEvents); ok {
		x.stream(w, x.call(actor, request), b)
		return
	}
	if f := mailbox.Unanswerable(request.Body); f != nil {
		x.fault(w, f)
		return
	}
	response, code := x.perform(actor, request)
	if response == nil {
		m := ews.NewMessage(ews.ErrorInvalidRequest)
		m.Text += " The mock does not implement " + string(x.note.op) + "."
		var ok bool
		if response, ok = ews.NewErrorResponse(x.note.op, m); !ok {
			f := ews.NewFault(m.Code)
			f.Text = m.Text
			x.fault(w, f)
			return
		}
		code = m.Code
	}
	x.sight.Tell(response)
	if p, ok := response.(ews.GetUserPhotoResponse); ok {
		x.show(w, p, code)
		return
	}
	x.out = ews.AppendAfter(x.out, x.server.opening, response)
	x.send(w, http.StatusOK, code)
}

// page writes an answer in HTML.
func (x *exchange) page(w http.ResponseWriter, status int) {
	text := pageUnavailable
	switch status {
	case http.StatusInternalServerError:
		text = pageError
	case http.StatusBadRequest:
		text = pageBad
	}
	w.Header()["Content-Type"] = pageType
	x.record(status, "")
	x.out = append(x.out, text...)
	x.deliver(w, status)
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
	if !x.discovery { // whose words are of another schema
		answers.Keep(x.out)
	}
	x.record(status, code)
	x.compress(h)
	x.deliver(w, status)
}
