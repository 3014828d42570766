package conformance_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/internal/refclient"
	"github.com/ewsbench/ewsbench/mockews"
)

// seen is what a seer before the mock makes of the reference client in a case.
func seen(t *testing.T, c conformance.Case, defect audit.ID) (sight conformance.Sight) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server, err := mockews.New(topologyOf(t, c), mockews.WithoutAudit())
		require.NoError(t, err)
		seer := &conformance.Seer{Next: server}
		_ = refclient.Run(t.Context(), refclient.Config{
			URL: "https://mock" + mockews.Path, User: "svc-bench@contoso.com", Password: "ewsbench", Case: c.Name, Defect: string(defect),
			TokenURL: "https://mock/contoso.com/oauth2/v2.0/token", ClientID: mockews.DefaultApp, ClientSecret: mockews.DefaultSecret,
			Transport: network(seer), Targets: targets(c.Aliases),
		})
		synctest.Wait()
		sight = seer.Sight()
	})
	return sight
}

// By the wire alone a seer sees what the mock sees from within.
func TestSeerSeesWhatTheMockSees(t *testing.T) {
	t.Parallel()
	for _, clause := range conformance.ForClients() {
		t.Run(string(clause.ID), func(t *testing.T) {
			c := caseOf(t, clause.Case)
			good := seen(t, c, "")
			if clause.ID != audit.NonPrimaryRepeated { // the first address is no mailbox's primary one, so to a seer the anchor is another
				assert.Empty(t, good.Broken)
			}
			bad := seen(t, c, clause.ID)
			if slices.Contains(conformance.Blind(), clause.ID) {
				assert.Zero(t, bad.Broken[clause.ID])
				assert.Zero(t, bad.Met[clause.ID])
				return
			}
			assert.NotZero(t, good.Met[clause.ID])
			assert.NotZero(t, bad.Broken[clause.ID])
			if clause.Situation != "" && bad.Evidence(clause.ID) != nil {
				assert.NotContains(t, bad.Evidence(clause.ID)[0].Request, "Basic ")
			}
		})
	}
}

// What goes through a seer arrives as it was sent, and nothing that opens doors is kept.
func TestSeerChangesNothing(t *testing.T) {
	t.Parallel()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(ews.AppendResponse(nil, ews.ServerVersion{}, ews.FindItemResponse{Messages: []ews.FindItemMessage{ews.Found()}}))
	require.NoError(t, z.Close())
	var got *http.Request
	var body []byte
	var given audit.Verdicts
	seer := &conformance.Seer{
		Next: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got = r
			body, _ = io.ReadAll(r.Body)
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Set-Cookie", ews.CookieBackEndOverride+"=sesame; path=/")
			_, _ = w.Write(zipped.Bytes())
		}),
		Verdict: func(_ ews.Op, v audit.Verdicts) { given |= v },
	}
	raw := (&ews.Request{Impersonate: ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "a@contoso.com"}, Body: ews.FindItem{Folders: []ews.FolderID{{Distinguished: "inbox"}}}}).Append(nil)
	r := httptest.NewRequest(http.MethodPost, "/EWS/Exchange.asmx", bytes.NewReader(raw))
	r.Header.Set("Authorization", "Bearer sesame")
	r.Header.Set("Cookie", "X-BackEndCookie=sesame")
	w := httptest.NewRecorder()
	seer.ServeHTTP(w, r)
	assert.Equal(t, "Bearer sesame", got.Header.Get("Authorization"))
	assert.Equal(t, raw, body)
	assert.Equal(t, zipped.Bytes(), w.Body.Bytes())
	assert.True(t, given.Has(audit.AnchorMissing) && given.Has(audit.FindUnpaged), given)
	sight := seer.Sight()
	assert.EqualValues(t, 1, sight.Requests)
	evidence := sight.Evidence(audit.AnchorMissing)
	require.Len(t, evidence, 1)
	assert.NotContains(t, evidence[0].Request+evidence[0].Answer, "sesame")
	assert.Contains(t, evidence[0].Answer, "IncludesLastItemInRange")
}

// An anchor beside a SID or a principal name is not compared: a seer knows no addresses.
func TestSeerMakesNothingUp(t *testing.T) {
	t.Parallel()
	for kind, value := range map[ews.SIDKind]string{ews.SID: "S-1-5-21-1-2-3-4", ews.PrincipalName: "alfred@corp.contoso.com"} {
		seer := &conformance.Seer{Next: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
		raw := (&ews.Request{Impersonate: ews.ConnectingSID{Kind: kind, Value: value}, Body: conformance.Inbox()}).Append(nil)
		r := httptest.NewRequest(http.MethodPost, "/EWS/Exchange.asmx", bytes.NewReader(raw))
		r.Header.Set("X-AnchorMailbox", "alfred@contoso.com")
		seer.ServeHTTP(httptest.NewRecorder(), r)
		sight := seer.Sight()
		assert.Zero(t, sight.Broken[audit.AnchorMismatch], kind)
		assert.Zero(t, sight.Met[audit.AnchorMismatch], kind)
	}
}

// Whoever is not let in has not come with a request, and what is no request is no concern of a seer's.
func TestSeerLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	seer := &conformance.Seer{Next: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })}
	for _, body := range []string{"", "hello", string((&ews.Request{Body: conformance.Inbox()}).Append(nil))} {
		w := httptest.NewRecorder()
		seer.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/EWS/Exchange.asmx", strings.NewReader(body)))
		assert.Equal(t, http.StatusUnauthorized, w.Code)
	}
	seer.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/EWS/Services.wsdl", http.NoBody))
	assert.Zero(t, seer.Sight().Requests)
}

// The cookie of affinity is a secret in either place, and its name is not.
func TestSeerHidesCookies(t *testing.T) {
	t.Parallel()
	seer := &conformance.Seer{Next: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
	r := httptest.NewRequest(http.MethodPost, "/EWS/Exchange.asmx", bytes.NewReader((&ews.Request{Body: conformance.Inbox()}).Append(nil)))
	r.Header.Set("Cookie", ews.CookieBackEndOverride+"=sesame~1")
	r.Header.Set(ews.CookieBackEndOverride, "sesame~1")
	r.SetBasicAuth("svc@contoso.com", "sesame")
	seer.ServeHTTP(httptest.NewRecorder(), r)
	shown := seer.Sight().Evidence(audit.AffinityAsHeader)
	require.Len(t, shown, 1)
	assert.NotContains(t, shown[0].Request, "sesame")
	assert.Contains(t, shown[0].Request, "Cookie: X-BackEndOverrideCookie=...")
}
