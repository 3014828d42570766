package ews

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

const iisPage = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">
<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD><BODY><h2>Service Unavailable</h2><hr>
<p>HTTP Error 503. The service is unavailable.</p></BODY></HTML>`

// answer is a body whose list holds these messages.
func answerOf(op, messages string) string {
	return envelope("", "<m:"+op+"Response><m:ResponseMessages>"+messages+"</m:ResponseMessages></m:"+op+"Response>")
}

func message(class, content string) string {
	return `<m:GetItemResponseMessage ResponseClass="` + class + `">` + content + `</m:GetItemResponseMessage>`
}

// availability is an answer to GetUserAvailability for some people.
func availability(codes ...string) string {
	var people strings.Builder
	for _, code := range codes {
		class := "Success"
		if code != noErrorCode {
			class = "Error"
		}
		people.WriteString(`<m:FreeBusyResponse><m:ResponseMessage ResponseClass="` + class + `">` + code + `</m:ResponseMessage>` +
			`<m:FreeBusyView><t:FreeBusyViewType>None</t:FreeBusyViewType></m:FreeBusyView></m:FreeBusyResponse>`)
	}
	return envelope("", "<m:GetUserAvailabilityResponse><m:FreeBusyResponseArray>"+people.String()+"</m:FreeBusyResponseArray></m:GetUserAvailabilityResponse>")
}

const noErrorCode = `<m:ResponseCode>NoError</m:ResponseCode>`

func TestClassify(t *testing.T) {
	t.Parallel()
	whole := answerOf("GetItem", message("Success", noErrorCode+"<m:Items><t:Message/></m:Items>"))
	for _, c := range []struct {
		name   string
		status int
		body   string
		soap   bool
		ok     bool
		code   Code
	}{
		{"success", 200, whole, true, true, ""},
		{"success behind a comment", 200, "<?xml version='1.0'?><!-- -->" + whole + "\n", true, true, ""},
		{"success with the status of a failure", 500, whole, true, false, ""},
		{"warning alone", 200, answerOf("GetItem", message("Warning", "<m:ResponseCode>ErrorBatchProcessingStopped</m:ResponseCode>")), true, true, ""},
		{"error inside of a 200", 200, answerOf("GetItem", message("Error", "<m:ResponseCode>ErrorItemNotFound</m:ResponseCode>")), true, false, ErrorItemNotFound},
		{"error behind a success", 200, answerOf("GetItem", message("Success", noErrorCode+"<m:Items/>")+
			message("Error", "<m:ResponseCode>ErrorAccessDenied</m:ResponseCode>")), true, false, ErrorAccessDenied},
		{"class of no schema", 200, answerOf("GetItem", message("Perhaps", noErrorCode)), true, false, NoError},
		{"no class", 200, answerOf("GetItem", `<m:GetItemResponseMessage/>`), true, false, ""},
		{"no message", 200, answerOf("GetItem", ""), true, false, ""},
		{"one of two people busy", 200, availability(noErrorCode, noErrorCode), true, true, ""},
		{"one of two people unknown", 200, availability(noErrorCode, "<m:ResponseCode>ErrorMailRecipientNotFound</m:ResponseCode>"), true, false, "ErrorMailRecipientNotFound"},
		{"no suggestions", 200, envelope("", `<m:GetUserAvailabilityResponse><m:SuggestionsResponse><m:ResponseMessage ResponseClass="Error">`+
			`<m:ResponseCode>ErrorTimeIntervalTooBig</m:ResponseCode></m:ResponseMessage></m:SuggestionsResponse></m:GetUserAvailabilityResponse>`), true, false, "ErrorTimeIntervalTooBig"},
		{"empty body", 200, envelope("", ""), true, false, ""},
		{"no SOAP body", 200, `<Envelope xmlns="` + soapURI + `"/>`, false, false, ""},
		{"nothing", 200, "", false, false, ""},
		{"401", 401, "", false, false, ""},
		{"page of IIS", 503, iisPage, false, false, ""},
		{"XHTML", 200, "<html><body/></html>", false, false, ""},
		{"JSON", 200, `{"error":{}}`, false, false, ""},
		{"cut off in the payload", 200, whole[:len(whole)-80], false, false, ""},
		{"cut off before the end", 200, whole[:len(whole)-1], false, false, ""},
		{"mark of a cut", 200, whole + "=== Truncated Data ===", false, false, ""},
		{"payload that does not balance", 200, answerOf("GetItem", message("Success", noErrorCode+"<m:Items><a></m:Items>")), false, false, ""},
		{"SOAP 1.2", 200, strings.ReplaceAll(whole, soapURI, "http://www.w3.org/2003/05/soap-envelope"), false, false, ""},
		{"fault of another server", 500, envelope("", `<s:Fault><faultcode>s:Client</faultcode><faultstring>Bad</faultstring></s:Fault>`), true, false, "Client"},
		{"fault in a 200", 200, envelope("", `<s:Fault><faultcode>s:Server</faultcode></s:Fault>`), true, false, "Server"},
		{"empty fault", 500, envelope("", `<s:Fault/>`), true, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := Classify(c.status, nil, []byte(c.body))
			assert.Equal(t, c.status, o.HTTP)
			assert.Equal(t, c.soap, o.SOAP)
			assert.Equal(t, c.ok, o.OK())
			assert.Equal(t, c.code, o.Code())
			if !c.soap {
				assert.Equal(t, Outcome{HTTP: c.status}, o, "nothing is taken from a broken answer")
			}
		})
	}
}

func TestClassifyNamesOperationsThatItDoesNotImplement(t *testing.T) {
	t.Parallel()
	o := Classify(http.StatusOK, nil, []byte(answerOf("ExportItems", message("Success", noErrorCode))))
	assert.Equal(t, Op("ExportItems"), o.Op)
	assert.True(t, o.OK())
}

func TestBackOff(t *testing.T) {
	t.Parallel()
	busy := NewFault(ErrorServerBusy)
	busy.BackOff = 1500 * time.Millisecond
	message := busyMessage()
	longer := busyMessage()
	longer.BackOff = time.Minute
	sync := SyncFolderItemsResponse{Messages: []ItemSyncMessage{{Message: message}, {Message: longer}}}
	now := "Mon, 02 Nov 2026 10:00:00 GMT"
	for _, c := range []struct {
		name   string
		header http.Header
		body   []byte
		want   time.Duration
	}{
		{"none", nil, nil, 0},
		{"fault", nil, busy.Append(nil), 1500 * time.Millisecond},
		{"longest of the messages", nil, AppendResponse(nil, sampleVersion, sync), time.Minute},
		{"seconds", http.Header{"Retry-After": {"120"}}, nil, 2 * time.Minute},
		{"date", http.Header{"Date": {now}, "Retry-After": {"Mon, 02 Nov 2026 10:00:30 GMT"}}, nil, 30 * time.Second},
		{"date that has passed", http.Header{"Date": {now}, "Retry-After": {"Mon, 02 Nov 2026 09:00:00 GMT"}}, nil, 0},
		{"date from nowhere", http.Header{"Retry-After": {"Mon, 02 Nov 2026 10:00:30 GMT"}}, nil, 0},
		{"nonsense", http.Header{"Retry-After": {"soon"}}, nil, 0},
		{"negative", http.Header{"Retry-After": {"-1"}}, nil, 0},
		{"body before header", http.Header{"Retry-After": {"120"}}, busy.Append(nil), 1500 * time.Millisecond},
		{"not a number", nil, []byte(strings.Replace(string(busy.Append(nil)), "1500", "soon", 1)), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, Classify(http.StatusServiceUnavailable, c.header, c.body).BackOff())
		})
	}
}

func TestInnerErrorIsKept(t *testing.T) {
	t.Parallel()
	m := NewMessage(ErrorInternalServerError)
	m.Values = []Value{{Name: "InnerErrorResponseCode", Text: "ErrorServerBusy"}, {Name: "InnerErrorDescriptiveLinkKey", Text: "0"}}
	o := Classify(http.StatusOK, nil, AppendResponse(nil, sampleVersion, GetItemResponse{Messages: []ItemsMessage{{Message: m}}}))
	assert.Equal(t, []Message{m}, o.Messages)
}

func FuzzClassify(f *testing.F) {
	for _, r := range responses() {
		f.Add(http.StatusOK, "", AppendResponse(nil, sampleVersion, r.Response))
	}
	for _, fault := range faultCases() {
		f.Add(http.StatusInternalServerError, "5", fault.Append(nil))
	}
	f.Add(http.StatusServiceUnavailable, "Mon, 02 Nov 2026 10:00:30 GMT", []byte(iisPage))
	f.Add(http.StatusUnauthorized, "", []byte(nil))
	f.Fuzz(func(t *testing.T, status int, retryAfter string, body []byte) {
		o := Classify(status, http.Header{"Retry-After": {retryAfter}}, body)
		assert.Equal(t, status, o.HTTP)
		assert.GreaterOrEqual(t, o.BackOff(), time.Duration(0))
		if o.OK() {
			assert.Empty(t, o.Code())
			assert.NotEmpty(t, o.Messages)
		}
		if !o.SOAP {
			assert.Nil(t, o.Fault)
			assert.Empty(t, o.Messages)
		}
		assert.LessOrEqual(t, len(ItemIDs(body, 3)), 3)
		assert.LessOrEqual(t, len(FolderIDs(body, 3)), 3)
		SyncState(body)
	})
}
