package mockews_test

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func TestHTTP(t *testing.T) {
	t.Parallel()
	const page = "text/html; charset=us-ascii"
	s := newServer(t, profile(t, "onprem-2site"))
	ok := soap(target, getInbox())
	for _, c := range []struct {
		name        string
		change      func(*probe)
		status      int
		contentType string
	}{
		{"a request", func(*probe) {}, 200, ews.ContentType},
		{"path in other letters", func(p *probe) { p.url = "http://mock/ews/EXCHANGE.ASMX" }, 200, ews.ContentType},
		{"user by full address", func(p *probe) { p.user = target; p.body = own(getInbox()) }, 200, ews.ContentType},
		{"user by short name", func(p *probe) { p.user = "user000042"; p.body = own(getInbox()) }, 200, ews.ContentType},
		{"no credentials", func(p *probe) { p.user = "" }, 401, ""},
		{"wrong password", func(p *probe) { p.password = "x" }, 401, ""},
		{"unknown user", func(p *probe) { p.user = "nobody@contoso.com" }, 401, ""},
		{"bearer token", func(p *probe) { p.user = ""; *p = p.with("Authorization", "Bearer x") }, 401, ""},
		{"get", func(p *probe) { p.method = http.MethodGet }, 200, page},
		{"put", func(p *probe) { p.method = http.MethodPut }, 405, page},
		{"head", func(p *probe) { p.method = http.MethodHead }, 405, page},
		{"elsewhere", func(p *probe) { p.url = "http://mock/EWS/" }, 404, page},
		{"elsewhere without credentials", func(p *probe) { p.url = "http://mock/"; p.user = "" }, 404, page},
		{"no XML", func(p *probe) { p.body = []byte("hello") }, 500, ews.ContentType},
		{"nothing", func(p *probe) { p.body = nil }, 500, ews.ContentType},
	} {
		p := ok
		c.change(&p)
		a := p.send(t, s.Transport())
		assert.Equal(t, c.status, a.StatusCode, c.name)
		assert.Equal(t, c.contentType, a.Header.Get("Content-Type"), c.name)
		assert.NotEmpty(t, a.Header.Get("request-id"), c.name)
		assert.NotEmpty(t, a.Header.Get("X-FEServer"), c.name)
		if c.status == http.StatusUnauthorized {
			assert.Empty(t, a.body, "%s: a 401 has no body", c.name)
			assert.Equal(t, "0", a.Header.Get("Content-Length"), c.name)
			assert.Contains(t, a.Header.Values("WWW-Authenticate"), `Basic realm="contoso.com"`, c.name)
			assert.Empty(t, a.Header.Get("X-BEServer"), "%s: no back end has seen it", c.name)
		}
	}
}

// own is a request that impersonates nobody.
func own(body ews.Body) []byte { return (&ews.Request{Body: body}).Append(nil) }

// An operation that the mock does not implement is recognised, and answered as the schema has it; by a fault where the schema
// has no answer for a failure.
func TestUnknownOperations(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	for op, status := range map[string]int{"GetAppManifests": 200, "UpdateItemInRecoverableItems": 200, "ExecuteSearch": 500} {
		o, body := do(t, s, target, ews.UnknownOp{Name: op})
		assert.Equal(t, status, o.HTTP, op)
		assert.Equal(t, ews.ErrorInvalidRequest, o.Code(), op)
		assert.Contains(t, string(body), "The mock does not implement "+op+".")
		entries := s.Journal()
		assert.Equal(t, ews.Op(op), entries[len(entries)-1].Op)
	}
	o, _ := do(t, s, target, ews.UnknownOp{Name: "FindNothing"})
	assert.Equal(t, ews.ErrorSchemaValidation, o.Code(), "of no schema")
}

func TestTooLong(t *testing.T) {
	t.Parallel()
	mx := mockews.Start(t, profile(t, "ideal"))
	for _, chunked := range []bool{false, true} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, mx.URL, endless{})
		require.NoError(t, err)
		r.SetBasicAuth(bench, "ewsbench")
		if !chunked {
			r.ContentLength = 64<<20 + 1
		}
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			continue // the server may close the connection before the client has read the answer
		}
		assert.Equal(t, http.StatusRequestEntityTooLarge, response.StatusCode)
		_ = response.Body.Close()
	}
	for _, e := range mx.Journal() {
		assert.Equal(t, http.StatusRequestEntityTooLarge, e.Status)
	}
	assert.Len(t, mx.Journal(), 2)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestImpersonation(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	org := s.Organisation()
	for _, c := range []struct {
		name, caller string
		sid          ews.ConnectingSID
		want         ews.Code
	}{
		{"primary address", bench, ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: target}, ""},
		{"any address", bench, ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user000042@mail.contoso.com"}, ""},
		{"principal name", bench, ews.ConnectingSID{Kind: ews.PrincipalName, Value: target}, ""},
		{"SID", bench, ews.ConnectingSID{Kind: ews.SID, Value: org.SID(42)}, ""},
		{"proxy address as primary", bench, ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: "user000042@mail.contoso.com"}, ews.ErrorNonPrimarySmtpAddress},
		{"nobody", bench, ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: "nobody@contoso.com"}, ews.ErrorNonExistentMailbox},
		{"nobody by any address", bench, ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user999999@contoso.com"}, ews.ErrorNonExistentMailbox},
		{"nobody by SID", bench, ews.ConnectingSID{Kind: ews.SID, Value: "S-1-5-21-1-2-3-4"}, ews.ErrorNonExistentMailbox},
		{"no SID", bench, ews.ConnectingSID{Kind: ews.SID, Value: "42"}, ews.ErrorInvalidSid},
		{"unknown principal name", bench, ews.ConnectingSID{Kind: ews.PrincipalName, Value: "x@contoso.com"}, ews.ErrorInvalidUserPrincipalName},
		{"in the scope", "svc-scoped@contoso.com", ews.ConnectingSID{Kind: ews.SmtpAddress, Value: target}, ""},
		{"beyond the scope", "svc-scoped@contoso.com", ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user000101@contoso.com"}, ews.ErrorImpersonateUserDenied},
		{"caller without a mailbox", "svc-nomailbox@contoso.com", ews.ConnectingSID{Kind: ews.SmtpAddress, Value: target}, ""},
		{"without the role", "svc-none@contoso.com", ews.ConnectingSID{Kind: ews.SmtpAddress, Value: target}, ews.ErrorImpersonateUserDenied},
		{"a user", "user000001@contoso.com", ews.ConnectingSID{Kind: ews.SmtpAddress, Value: target}, ews.ErrorImpersonateUserDenied},
	} {
		p := soap(target, getInbox())
		p.user = c.caller
		p.body = (&ews.Request{Impersonate: c.sid, Body: getInbox()}).Append(nil)
		outcome := p.send(t, s.Transport()).outcome()
		assert.Equal(t, c.want, outcome.Code(), c.name)
		assert.Equal(t, c.want == "", outcome.OK(), c.name)
		assert.Equal(t, c.want != "", outcome.Fault != nil, "%s: a refusal is a fault", c.name)
	}
}

// The binary must not carry the testing package.
func TestTestingIsNotLinked(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".", "./route").Output()
	require.NoError(t, err)
	assert.NotContains(t, strings.Split(string(out), "\n"), "testing")
}

func FuzzServe(f *testing.F) {
	s := newServer(f, route.Topology{})
	f.Add(own(getInbox()), target)
	f.Add(soap(target, ews.SyncFolderItems{Folder: ews.TargetFolder{ID: inbox}, MaxChanges: 3}).body, "")
	f.Add([]byte("<a"), "x")
	f.Fuzz(func(t *testing.T, body []byte, anchor string) {
		p := soap(target, getInbox())
		p.body = body
		p.header["X-Anchormailbox"] = []string{anchor}
		outcome := p.send(t, s.Transport()).outcome()
		assert.True(t, outcome.SOAP, "every request gets an answer that clients can read")
		assert.Contains(t, []int{200, 500}, outcome.HTTP)
	})
}
