package admin_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/admin"
)

const target = "user000042@contoso.com"

type console struct {
	*mockews.Server
	http.Handler
}

func open(t testing.TB, profile string) console {
	t.Helper()
	topology, err := mockews.Profile(profile)
	require.NoError(t, err)
	s, err := mockews.New(topology)
	require.NoError(t, err)
	return console{s, admin.New(s, admin.Info{Profile: profile, URL: "http://127.0.0.1/EWS/Exchange.asmx", Version: "test", Hosts: []string{"mock.example"}})}
}

// call makes a call of the API.
func (c console) call(t testing.TB, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Host = "127.0.0.1:8081"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	c.Handler.ServeHTTP(w, r)
	return w
}

// get is what a call answers, read into v.
func (c console) get(t testing.TB, path string, v any) {
	t.Helper()
	w := c.call(t, "GET", path, "")
	require.Equal(t, 200, w.Code, w.Body.String())
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), v))
}

// getFolder sends an impersonated request to the mock.
func (c console) getFolder(t testing.TB, user, anchor string) ews.Outcome {
	t.Helper()
	request := ews.Request{
		Impersonate: ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: user},
		Body:        ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "inbox"}}},
	}
	r, err := http.NewRequestWithContext(t.Context(), "POST", "http://mock"+mockews.Path, bytes.NewReader(request.Append(nil)))
	require.NoError(t, err)
	r.SetBasicAuth("svc-bench@contoso.com", "ewsbench")
	if anchor != "" {
		r.Header.Set("X-AnchorMailbox", anchor)
	}
	response, err := c.Transport().RoundTrip(r)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return ews.Classify(response.StatusCode, response.Header, body)
}

func TestJournalIsReadPageByPage(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	for i := range 5 {
		c.getFolder(t, fmt.Sprintf("user%06d@contoso.com", i+1), "")
	}
	var page struct {
		Next    uint64
		Entries []map[string]any
	}
	c.get(t, "/v1/journal?limit=3", &page)
	require.Len(t, page.Entries, 3)
	first := page.Entries[0]
	for _, key := range []string{"arrived_ms", "op", "caller", "target", "anchor_source", "front_end", "calculated", "final", "hops", "queue_ms", "service_ms", "status"} {
		assert.Contains(t, first, key)
	}
	assert.Equal(t, "GetFolder", first["op"])
	assert.Contains(t, first["verdicts"], "anchor-missing")
	c.get(t, fmt.Sprintf("/v1/journal?since=%d", page.Next), &page)
	assert.Len(t, page.Entries, 2)
	c.get(t, fmt.Sprintf("/v1/journal?since=%d", page.Next), &page)
	assert.Empty(t, page.Entries)
	c.get(t, "/v1/journal?target=user000003@contoso.com", &page)
	assert.Len(t, page.Entries, 1)
	c.get(t, "/v1/journal?op=FindItem", &page)
	assert.Empty(t, page.Entries)
	assert.Equal(t, 204, c.call(t, "DELETE", "/v1/journal", "").Code)
	c.get(t, "/v1/journal", &page)
	assert.Empty(t, page.Entries)
	for _, bad := range []string{"since=now", "limit=0", "limit=-1", "operation=GetItem"} {
		assert.Equal(t, 400, c.call(t, "GET", "/v1/journal?"+bad, "").Code, bad)
	}
	var given struct {
		Judged   int
		Verdicts []map[string]any
	}
	c.get(t, "/v1/verdicts", &given)
	assert.Equal(t, 5, given.Judged, "verdicts stay")
	assert.NotEmpty(t, given.Verdicts[0]["advice"])
}

func TestFaultsComeAndGo(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	w := c.call(t, "POST", "/v1/faults", `{"name": "busy", "match": {"operation": "GetFolder"}, "fault": {"soap": {"code": "ErrorServerBusy", "back_off": "5s"}}, "ttl": "10m"}`)
	require.Equal(t, 201, w.Code, w.Body.String())
	assert.JSONEq(t, `{"id": 1}`, w.Body.String())
	assert.Equal(t, ews.ErrorServerBusy, c.getFolder(t, target, target).Code())
	var listed struct {
		Rules    []map[string]any
		Injected []map[string]any
	}
	c.get(t, "/v1/faults", &listed)
	require.Len(t, listed.Injected, 1)
	assert.Equal(t, "10m0s", listed.Rules[0]["ttl"])
	assert.Equal(t, 404, c.call(t, "DELETE", "/v1/faults/7", "").Code)
	assert.Equal(t, 204, c.call(t, "DELETE", "/v1/faults/1", "").Code)
	assert.True(t, c.getFolder(t, target, target).OK())
	for body, want := range map[string]string{
		`{"fault": {"soap": {"code": "ErrorServerBusy"}}, "probabilty": 0.5}`: "probability",
		`{"fault": {}}`: "fault",
		`{"match": {"operation": "GetFolders"}, "fault": {"hang": {}}}`: "GetFolder",
	} {
		w := c.call(t, "POST", "/v1/faults", body)
		assert.Equal(t, 400, w.Code, body)
		assert.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
		assert.Contains(t, w.Body.String(), want, body)
	}
}

func TestRightsChangeWhileItRuns(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	w := c.call(t, "POST", "/v1/accounts", `{"name": "svc-new", "password": "hush-hush", "back_end": 1}`)
	require.Equal(t, 201, w.Code, w.Body.String())
	assert.NotContains(t, w.Body.String(), "hush")
	w = c.call(t, "POST", "/v1/grants", `{"scopes": [{"name": "one", "filter": "Alias -eq 'user000042'"}], "roles": [{"role": "ApplicationImpersonation", "user": "svc-new@contoso.com", "scope": "one"}]}`)
	require.Equal(t, 201, w.Code, w.Body.String())
	as := func(user string) ews.Code {
		request := ews.Request{
			Impersonate: ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: user},
			Body:        ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "inbox"}}},
		}
		r, err := http.NewRequestWithContext(t.Context(), "POST", "http://mock"+mockews.Path, bytes.NewReader(request.Append(nil)))
		require.NoError(t, err)
		r.SetBasicAuth("svc-new@contoso.com", "hush-hush")
		response, err := c.Transport().RoundTrip(r)
		require.NoError(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return ews.Classify(response.StatusCode, response.Header, body).Code()
	}
	assert.Empty(t, as(target))
	assert.Equal(t, ews.ErrorImpersonateUserDenied, as("user000043@contoso.com"))
	assert.Equal(t, 404, c.call(t, "PUT", "/v1/accounts/nobody", `{"password": "x"}`).Code)
	assert.Equal(t, 400, c.call(t, "POST", "/v1/accounts", `{"name": "svc-new"}`).Code, "twice")
	assert.Equal(t, 200, c.call(t, "PUT", "/v1/grants", `{}`).Code)
	assert.Equal(t, ews.ErrorImpersonateUserDenied, as(target))
	assert.Equal(t, 400, c.call(t, "PUT", "/v1/grants", `{"roles": [{"role": "Everything"}]}`).Code)
	for _, path := range []string{"/v1/accounts", "/v1/grants", "/v1/authentication", "/v1/info"} {
		text := c.call(t, "GET", path, "").Body.String()
		assert.NotContains(t, text, "hush", path)
		assert.NotContains(t, text, `"ewsbench"`, path)
	}
}

func TestPoliciesChangeWhileItRuns(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	assert.Equal(t, 200, c.call(t, "PUT", "/v1/throttling", `{"enabled": true, "max_concurrency": 3}`).Code)
	var policy map[string]any
	c.get(t, "/v1/throttling", &policy)
	assert.Equal(t, "3", policy["max_concurrency"])
	assert.Equal(t, 400, c.call(t, "PUT", "/v1/throttling", `{"busy": "loud"}`).Code)
	assert.True(t, c.Throttle().Enabled())
	var budgets []map[string]any
	c.get(t, "/v1/budgets", &budgets)
	assert.Empty(t, budgets)
	require.Equal(t, 200, c.call(t, "PUT", "/v1/authentication", `{"organization": {"ews_enabled": false}}`).Code)
	assert.Equal(t, 403, c.getFolder(t, target, target).HTTP)
	assert.Equal(t, 204, c.call(t, "POST", "/v1/reset", "").Code)
	assert.True(t, c.getFolder(t, target, target).OK())
	assert.False(t, c.Throttle().Enabled())
}

func TestPlacesChangeWhileItRuns(t *testing.T) {
	t.Parallel()
	c := open(t, "onprem-2site")
	var at struct{ Database, BackEnd string }
	var databases []struct {
		Name    string
		BackEnd string `json:"back_end"`
	}
	c.get(t, "/v1/databases", &databases)
	require.Len(t, databases, 8)
	assert.Equal(t, 200, c.call(t, "PUT", "/v1/mailboxes/"+target, `{"database": "DB07"}`).Code)
	c.get(t, "/v1/mailboxes/"+target, &at)
	assert.Equal(t, "DB07", at.Database)
	assert.Equal(t, 404, c.call(t, "PUT", "/v1/mailboxes/"+target, `{"database": "DB99"}`).Code)
	assert.Equal(t, 404, c.call(t, "GET", "/v1/mailboxes/nobody@contoso.com", "").Code)
	assert.Equal(t, 200, c.call(t, "PUT", "/v1/databases/DB01", `{"back_end": "WEST-BE2"}`).Code)
	c.get(t, "/v1/databases", &databases)
	assert.Equal(t, "WEST-BE2", databases[0].BackEnd)
	assert.Equal(t, 200, c.call(t, "PUT", "/v1/back-ends/EAST-BE1", `{"up": false}`).Code)
	assert.Equal(t, 409, c.call(t, "PUT", "/v1/databases/DB01", `{"back_end": "EAST-BE1"}`).Code)
	var hosts []struct {
		Name string
		Up   bool
	}
	c.get(t, "/v1/back-ends", &hosts)
	assert.False(t, hosts[0].Up)
	assert.Equal(t, 404, c.call(t, "PUT", "/v1/back-ends/nowhere", `{"up": true}`).Code)
	assert.Equal(t, 204, c.call(t, "POST", "/v1/reset", "").Code)
	c.get(t, "/v1/back-ends", &hosts)
	assert.True(t, hosts[0].Up)
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	c := open(t, "onprem-2site")
	c.getFolder(t, target, "")
	text := c.call(t, "GET", "/metrics", "").Body.String()
	assert.Regexp(t, `mockews_requests_total\{back_end="[A-Z0-9-]+",code="NoError",op="GetFolder",status="200"\} 1`, text)
	for _, name := range []string{"mockews_hops_total 1", `mockews_verdicts_total{verdict="anchor-missing"} 1`, "mockews_service_seconds_count 1", "mockews_queue_seconds_bucket", "go_goroutines"} {
		assert.Contains(t, text, name)
	}
}

// Every call is in the document, and everything in the document is a call.
func TestDocumentDescribesEveryCall(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	var document struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			Summary     string
			Parameters  []struct{ Name, In string }
			RequestBody struct {
				Content map[string]struct{ Schema map[string]any }
			}
			Responses map[string]any
		}
	}
	c.get(t, "/openapi.json", &document)
	assert.Equal(t, "3.1.0", document.OpenAPI)
	listed := c.call(t, "GET", "/", "").Body.String()
	calls := 0
	for path, operations := range document.Paths {
		concrete := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "nobody")
		for method, o := range operations {
			calls++
			assert.NotEmpty(t, o.Summary, path)
			assert.Contains(t, listed, path)
			assert.Len(t, o.Parameters, strings.Count(path, "{")+map[bool]int{true: 5}[path == "/v1/journal" && method == "get"], path)
			w := c.call(t, strings.ToUpper(method), concrete, "")
			assert.NotEqual(t, 405, w.Code, "%s %s", method, path)
			if len(o.RequestBody.Content) > 0 {
				assert.Equal(t, 415, w.Code, "%s %s takes a body", method, path)
				assert.Equal(t, false, o.RequestBody.Content["application/json"].Schema["additionalProperties"])
				continue
			}
			_, described := o.Responses[fmt.Sprint(w.Code)]
			assert.True(t, described || w.Code == 404, "%s %s: %d", method, path, w.Code)
		}
	}
	assert.Equal(t, calls, strings.Count(listed, "\n        "))
	assert.Equal(t, 405, c.call(t, "PATCH", "/v1/faults", "").Code)
	assert.Equal(t, "GET, POST, DELETE", c.call(t, "PATCH", "/v1/faults", "").Header().Get("Allow"))
	assert.Equal(t, 404, c.call(t, "GET", "/v2/faults", "").Code)
}

// A page in a browser cannot reach the API, neither under a name of its own nor from there.
func TestForeignPagesAreRefused(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	for _, test := range []struct {
		host, origin string
		want         int
	}{
		{"127.0.0.1:8081", "", 200},
		{"localhost:8081", "", 200},
		{"[::1]:8081", "", 200},
		{"mock.example", "", 200},
		{"evil.example", "", 403},
		{"", "", 403},
		{"127.0.0.1:8081", "http://evil.example", 403},
		{"127.0.0.1:8081", "null", 403},
		{"127.0.0.1:8081", "http://localhost:8081", 200},
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/healthz", nil)
		r.Host = test.host
		if test.origin != "" {
			r.Header.Set("Origin", test.origin)
		}
		w := httptest.NewRecorder()
		c.Handler.ServeHTTP(w, r)
		assert.Equal(t, test.want, w.Code, "%+v", test)
	}
}

func TestBadBodies(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	send := func(kind, body string) int {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/v1/faults", strings.NewReader(body))
		r.Host = "localhost"
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		c.Handler.ServeHTTP(w, r)
		return w.Code
	}
	assert.Equal(t, 415, send("text/yaml", "fault: {hang: {}}"))
	assert.Equal(t, 400, send("application/json", "fault: {hang: {}}"))
	assert.Equal(t, 400, send("application/json", ""))
	assert.Equal(t, 400, send("application/json", "[]"))
	assert.Equal(t, 413, send("application/json", `"`+strings.Repeat("x", 2<<20)+`"`))
	assert.Equal(t, 201, send("application/json; charset=utf-8", `{"fault": {"hang": {}}, "match": {"operation": "GetItem"}}`))
}

// Sixty-four clients, while rules come and go, mailboxes and databases move, back ends fail, and everything is put back.
func TestSixtyFourClientsAmidChanges(t *testing.T) {
	t.Parallel()
	c := open(t, "ideal")
	var clients sync.WaitGroup
	stop := make(chan struct{})
	for i := range 64 {
		clients.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
					user := fmt.Sprintf("user%06d@contoso.com", (i*31+n)%1000+1)
					o := c.getFolder(t, user, []string{user, "", target}[n%3])
					if !o.OK() && o.Fault == nil && len(o.Messages) == 0 && o.HTTP != 503 && o.HTTP != 403 {
						t.Errorf("an answer that is neither: %+v", o)
					}
				}
			}
		})
	}
	bodies := []struct{ method, path, body string }{
		{"POST", "/v1/faults", `{"probability": 0.3, "fault": {"soap": {"code": "ErrorServerBusy"}}}`},
		{"PUT", "/v1/throttling", `{"enabled": true, "max_concurrency": 5}`},
		{"PUT", "/v1/mailboxes/" + target, `{"database": "DB01"}`},
		{"PUT", "/v1/databases/DB01", `{"back_end": "SITE-BE1"}`},
		{"PUT", "/v1/back-ends/SITE-BE1", `{"up": false}`},
		{"GET", "/v1/journal?limit=10", ""},
		{"GET", "/v1/budgets", ""},
		{"GET", "/metrics", ""},
		{"PUT", "/v1/back-ends/SITE-BE1", `{"up": true}`},
		{"POST", "/v1/grants", `{"roles": [{"role": "ApplicationImpersonation", "user": "svc-none@contoso.com"}]}`},
		{"DELETE", "/v1/faults", ""},
		{"POST", "/v1/reset", ""},
	}
	deadline := time.Now().Add(1500 * time.Millisecond) // how long the race detector gets to look
	for n := 0; time.Now().Before(deadline); n++ {
		b := bodies[n%len(bodies)]
		w := c.call(t, b.method, b.path, b.body)
		assert.Less(t, w.Code, 500, "%s %s: %s", b.method, b.path, w.Body)
	}
	close(stop)
	clients.Wait()
	c.call(t, "POST", "/v1/reset", "")
	assert.True(t, c.getFolder(t, target, target).OK(), "and all is well")
}

func FuzzRuleBody(f *testing.F) {
	f.Add(`{"fault": {"soap": {"code": "ErrorServerBusy"}}, "ttl": "1s"}`)
	f.Add(`{"match": {"mailbox": "user000001@contoso.com"}, "probability": "5%", "fault": {"latency": {"fixed": "1ms"}}}`)
	f.Add(`[]`)
	c := open(f, "ideal")
	f.Fuzz(func(t *testing.T, body string) {
		w := c.call(t, "POST", "/v1/faults", body)
		assert.Contains(t, []int{201, 400, 415}, w.Code)
		c.call(t, "DELETE", "/v1/faults", "")
	})
}
