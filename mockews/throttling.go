package mockews

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// Budget is what throttling did to a request. It is zero where nothing is limited.
type Budget struct {
	// Before and After are the balance of the budget that was charged, when the request came and when it was charged.
	Before, After time.Duration
	// Delay is the micro-delay.
	Delay time.Duration
	// Refused is the part of the policy that the request was refused for, "" for none.
	Refused throttle.Part
}

// Throttle keeps the budgets.
func (s *Server) Throttle() *throttle.Governor { return s.governor }

// admit charges a call to a budget. The answer is for one that asks for too much.
func (x *exchange) admit(actor route.Principal, request *ews.Request) *fault.Answer {
	if !x.server.governor.Enabled() {
		return nil
	}
	ask := throttle.Ask{Key: throttle.Key{Owner: actor, Copied: request.Impersonate.Value != ""}}
	asks(&ask, request.Body)
	x.unpaged = ask.Find > 0 && !ask.Paged
	ask.Paged = x.unpaged || ask.Paged && !request.Version.Before(ews.Exchange2010_SP1)
	var refusal throttle.Refusal
	x.ticket, refusal = x.server.governor.Admit(x.hints.Now, ask)
	if refusal.Part == throttle.PartNone {
		x.budget.Before, x.parts = x.ticket.Before, parts(request.Body)
		shorten(request, ask.Find, x.ticket.Find)
		return nil
	}
	x.budget = Budget{Before: refusal.Before, After: refusal.Before, Refused: refusal.Part}
	return x.server.busy(refusal, request.Version)
}

// asks notes what a request asks for.
func asks(ask *throttle.Ask, body ews.Body) {
	switch b := body.(type) {
	case ews.SyncFolderHierarchy, ews.SyncFolderItems:
		ask.Sync = true
	case ews.FindItem:
		page, paged := pageOf(b)
		ask.Find, ask.Paged, ask.Restricted = min(page, maxPage), paged, b.Restriction != nil || b.Query != nil
		if !ask.Paged {
			ask.Find = maxPage
		}
	}
}

// maxPage is the longest page of a search (MS docs: EWS throttling in Exchange).
const maxPage = 1000

// pageOf is how many items a search asks for at once, if it says so.
func pageOf(b ews.FindItem) (size int, paged bool) {
	if most := b.Most(); most != nil {
		size = *most
	}
	return size, size > 0
}

// shorten makes a search look for fewer objects than it asked for: its page is then a short one that says that there is more
// (MS docs: EWS throttling in Exchange, EWSFindCountLimit).
func shorten(request *ews.Request, asked, allowed int) {
	b, ok := request.Body.(ews.FindItem)
	if !ok || allowed >= asked || b.Page == nil {
		return
	}
	page := *b.Page
	page.Max, b.Page = &allowed, &page
	request.Body = b
}

// tooMuchFound is the message of a search that would hold too many objects (MS docs: EWS throttling in Exchange).
func tooMuchFound(version ews.Version) ews.Message {
	if version != "" && version.Before(ews.Exchange2010_SP1) {
		return ews.NewMessage(ews.ErrorServerBusy)
	}
	return ews.NewMessage(ews.ErrorExceededFindCountLimit)
}

// found is how many items a search has found.
func found(response ews.Response) (n int) {
	r, ok := response.(ews.FindItemResponse)
	if !ok {
		return 0
	}
	for _, m := range r.Messages {
		if m.Root == nil {
			continue
		}
		if m.Root.Items != nil {
			n += len(*m.Root.Items)
		}
		for _, g := range m.Root.Groups {
			n += len(g.Items)
		}
	}
	return n
}

// parts is how many items a batch has: each waits for the one before.
func parts(body ews.Body) int {
	switch b := body.(type) {
	case ews.GetItem:
		return len(b.Items)
	case ews.GetFolder:
		return len(b.Folders)
	case ews.CreateItem:
		return len(b.Items)
	case ews.UpdateItem:
		return len(b.Changes)
	case ews.DeleteItem:
		return len(b.Items)
	case ews.ExportItems:
		return len(b.Items)
	case ews.UploadItems:
		return len(b.Items)
	}
	return 1
}

// slowDown charges the call, and keeps its answer back for as long as the budget asks. It is false if the client goes away
// meanwhile.
func (x *exchange) slowDown() bool {
	if x.ticket == (throttle.Ticket{}) {
		return true
	}
	bill := x.server.governor.Charge(time.Now(), x.ticket, x.met.Service, x.parts)
	x.budget.After, x.budget.Delay = bill.After, bill.Delay
	x.cutOff, x.reached = bill.Reached < x.parts, bill.Reached
	return x.pause(x.budget.Delay)
}

// late is the message of a part that a batch did not get to in its time. No source shows one.
func (x *exchange) late(part int) (ews.Message, bool) {
	return ews.NewMessage(ews.ErrorTimeoutExpired), part > x.reached
}

// settle ends what admit has begun, when the answer is sent.
func (x *exchange) settle() { x.server.governor.Release(x.ticket) }

// busy is the answer to a request that is refused, in the shape of its part.
func (s *Server) busy(r throttle.Refusal, version ews.Version) *fault.Answer {
	switch r.Part {
	case throttle.PartConcurrency:
		return &fault.Answer{Fault: crowded(r)}
	case throttle.PartFound:
		m := tooMuchFound(version)
		return &fault.Answer{Message: &m}
	case throttle.PartSyncs:
		return &fault.Answer{Message: busyMessage(r)}
	case throttle.PartNone, throttle.PartCutoff, throttle.PartStreams, throttle.PartSubscribed:
	}
	switch s.governor.Policy().Busy {
	case throttle.BusyMessage:
		return &fault.Answer{Message: busyMessage(r)}
	case throttle.BusyInner:
		return &fault.Answer{Message: innerMessage(r)}
	case throttle.BusyPage:
		return &fault.Answer{Page: http.StatusServiceUnavailable}
	case throttle.BusyFault:
	}
	f := ews.NewFault(ews.ErrorServerBusy)
	f.BackOff = r.BackOff
	return &fault.Answer{Fault: f}
}

// policyText is what servers append to say which part of the policy it is (captures in thunderbird/ews-rs and
// OfficeDev/ews-managed-api #293). The double spaces are theirs.
func policyText(r throttle.Refusal) string {
	return fmt.Sprintf("This operation exceeds the throttling budget for policy part '%s', policy value '%d',  Budget type: 'Ews'.  "+
		"Suggested backoff time %d ms.", r.Part, r.Value, r.BackOff.Milliseconds())
}

// crowded is the fault for one request too many at once. It names no time to wait.
func crowded(r throttle.Refusal) *ews.Fault {
	f := ews.NewFault(ews.ErrorExceededConnectionCount)
	f.Values = []ews.Value{
		{Name: "Policy", Text: string(r.Part)}, {Name: "MaxConcurrencyLimit", Text: strconv.Itoa(r.Value)}, {Name: "ErrorMessage", Text: policyText(r)},
	}
	return f
}

func busyMessage(r throttle.Refusal) *ews.Message {
	m := ews.NewMessage(ews.ErrorServerBusy)
	m.Text += ", " + policyText(r)
	m.BackOff = r.BackOff
	return &m
}

// innerMessage hides what it is about in its details (names of the values: exchangelib, test_services).
func innerMessage(r throttle.Refusal) *ews.Message {
	inner, m := ews.NewMessage(ews.ErrorServerBusy), ews.NewMessage(ews.ErrorInternalServerError)
	m.BackOff = r.BackOff
	m.Values = []ews.Value{
		{Name: "InnerErrorMessageText", Text: inner.Text},
		{Name: "InnerErrorResponseCode", Text: string(inner.Code)},
		{Name: "InnerErrorDescriptiveLinkKey", Text: "0"},
	}
	return &m
}
