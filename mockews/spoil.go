package mockews

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// stoppers are the codes after which a server processes no further part of a request (MS docs: ResponseCode, on
// ErrorBatchProcessingStopped).
var stoppers = []ews.Code{
	ews.ErrorAccessDenied, "ErrorAccountDisabled", ews.ErrorADUnavailable, "ErrorADOperation", ews.ErrorConnectionFailed,
	ews.ErrorMailboxStoreUnavailable, ews.ErrorMailboxMoveInProgress, "ErrorPasswordChangeRequired", "ErrorPasswordExpired",
	"ErrorQuotaExceeded", ews.ErrorInsufficientResources,
}

// perform carries the operation out, but for the parts that an injected message fails.
func (x *exchange) perform(actor route.Principal, body ews.Body) (ews.Response, ews.Code) {
	a := x.injected()
	if a == nil || a.Message == nil {
		response, code := x.server.store.do(actor, body)
		return halt(response), code
	}
	x.sight.BackOff = a.Message.BackOff
	if _, writes := body.(ews.SetUserOofSettings); writes && a.Part <= 1 {
		return ews.SetUserOofSettingsResponse{Message: *a.Message}, a.Message.Code
	}
	response, code := x.server.store.do(actor, body)
	return spoil(response, code, a)
}

// halt leaves the parts behind one that failed for good as they would be: not processed.
func halt(response ews.Response) ews.Response {
	switch r := response.(type) {
	case ews.GetFolderResponse:
		stop(r.Messages, func(m *ews.FolderMessage) *ews.Message { return &m.Message }, func(m ews.Message) ews.FolderMessage { return ews.FolderMessage{Message: m} })
	case ews.FindItemResponse:
		stop(r.Messages, func(m *ews.FindItemMessage) *ews.Message { return &m.Message }, func(m ews.Message) ews.FindItemMessage { return ews.FindItemMessage{Message: m} })
	case ews.GetItemResponse:
		stop(r.Messages, func(m *ews.ItemMessage) *ews.Message { return &m.Message }, func(m ews.Message) ews.ItemMessage { return ews.ItemMessage{Message: m} })
	}
	return response
}

// stop fills the parts behind the first one that ended with a code of the stoppers.
func stop[M any](parts []M, message func(*M) *ews.Message, failed func(ews.Message) M) {
	for i := range parts {
		if slices.Contains(stoppers, message(&parts[i]).Code) {
			fill(parts[i+1:], failed(ews.NewMessage(ews.ErrorBatchProcessingStopped)))
			return
		}
	}
}

// spoil puts the injected message in place of what the parts of an answer were.
func spoil(response ews.Response, code ews.Code, a *fault.Answer) (ews.Response, ews.Code) {
	done := false
	switch r := response.(type) {
	case ews.GetFolderResponse:
		r.Messages, done = replace(r.Messages, a, func(m ews.Message) ews.FolderMessage { return ews.FolderMessage{Message: m} })
		response = r
	case ews.FindItemResponse:
		r.Messages, done = replace(r.Messages, a, func(m ews.Message) ews.FindItemMessage { return ews.FindItemMessage{Message: m} })
		response = r
	case ews.GetItemResponse:
		r.Messages, done = replace(r.Messages, a, func(m ews.Message) ews.ItemMessage { return ews.ItemMessage{Message: m} })
		response = r
	case ews.SyncFolderHierarchyResponse:
		r.Messages, done = replace(r.Messages, a, func(m ews.Message) ews.FolderSyncMessage { return ews.FolderSyncMessage{Message: m} })
		response = r
	case ews.SyncFolderItemsResponse:
		r.Messages, done = replace(r.Messages, a, func(m ews.Message) ews.ItemSyncMessage { return ews.ItemSyncMessage{Message: m} })
		response = r
	case ews.GetUserOofSettingsResponse:
		if done = a.Part <= 1; done {
			response = ews.GetUserOofSettingsResponse{Message: *a.Message}
		}
	}
	if done {
		code = a.Message.Code
	}
	return response, code
}

// replace is a copy of the parts in which the right ones have failed; false if there is no such part.
func replace[M any](parts []M, a *fault.Answer, failed func(ews.Message) M) ([]M, bool) {
	first := max(a.Part-1, 0)
	if first >= len(parts) {
		return parts, false
	}
	parts = slices.Clone(parts)
	parts[first] = failed(*a.Message)
	rest := parts[first+1:]
	switch stop := slices.Contains(stoppers, a.Message.Code); {
	case stop:
		fill(rest, failed(ews.NewMessage(ews.ErrorBatchProcessingStopped)))
	case a.Part == 0:
		fill(rest, failed(*a.Message))
	}
	return parts, true
}

func fill[M any](parts []M, m M) {
	for i := range parts {
		parts[i] = m
	}
}
