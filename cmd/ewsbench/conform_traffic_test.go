package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// through is a seer with its proxy before an upstream, on sockets.
func through(t *testing.T, upstream string) (*conformance.Seer, string) {
	t.Helper()
	flags := conformClientFlags{upstream: upstream}
	proxy, err := flags.proxy(&outage{app: &app{stderr: io.Discard}})
	require.NoError(t, err)
	seer := &conformance.Seer{Next: proxy}
	server := httptest.NewServer(seer)
	t.Cleanup(server.Close)
	return seer, server.URL + endpoint
}

// What a server sends on a stream arrives while the stream is open.
func TestStreamsPassThrough(t *testing.T) {
	t.Parallel()
	mock, err := mockews.New(route.Topology{})
	require.NoError(t, err)
	server := httptest.NewServer(mock)
	t.Cleanup(server.Close)
	seer, url := through(t, server.URL+endpoint)
	ask := func(body ews.Body) *http.Response {
		raw := (&ews.Request{Impersonate: ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user000001@contoso.com"}, Body: body}).Append(nil)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(raw))
		require.NoError(t, err)
		r.Header.Set("Content-Type", ews.ContentType)
		r.Header.Set("X-AnchorMailbox", "user000001@contoso.com")
		r.SetBasicAuth(mockAccount, mockPassword)
		answer, err := http.DefaultTransport.RoundTrip(r)
		require.NoError(t, err)
		return answer
	}
	read := func(answer *http.Response) []byte {
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		_ = answer.Body.Close()
		return body
	}
	made := ews.SkimAnswer(read(ask(ews.Subscribe{Streaming: &ews.Subscription{All: true, Events: []ews.EventType{ews.CreatedEvent}}})))
	require.NotEmpty(t, made.ID)
	stream := ask(ews.GetStreamingEvents{IDs: []string{made.ID}, Timeout: 1})
	envelope := make([]byte, 16<<10)
	n, err := stream.Body.Read(envelope)
	require.NoError(t, err)
	assert.Contains(t, string(envelope[:n]), "<m:ConnectionStatus>OK<")
	read(ask(ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{{Kind: ews.KindMessage}}}))
	n, err = stream.Body.Read(envelope)
	require.NoError(t, err)
	assert.Contains(t, string(envelope[:n]), "CreatedEvent")
	_ = stream.Body.Close()
	sight := seer.Sight()
	assert.EqualValues(t, 3, sight.Requests)
	assert.EqualValues(t, 1, sight.Broken[audit.SubscriptionLeftBehind])
}

// Cookies that are for https alone come back over the plain way to the proxy; nothing else about an answer changes.
func TestProxyUnlocksCookies(t *testing.T) {
	t.Parallel()
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "Bearer sesame", r.Header.Get("Authorization"))
		assert.Empty(t, r.Header.Get("X-Forwarded-For"))
		assert.True(t, strings.HasPrefix(r.Host, "127.0.0.1:"))
		w.Header().Add("Set-Cookie", "a=secure; path=/; secure; HttpOnly")
		w.Header().Add("X-FEServer", "FE1")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(upstream.Close)
	_, url := through(t, upstream.URL)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer sesame")
	answer, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(t, err)
	_ = answer.Body.Close()
	assert.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
	assert.Equal(t, "a=secure; path=/; HttpOnly", answer.Header.Get("Set-Cookie"))
	assert.Equal(t, "FE1", answer.Header.Get("X-FEServer"))
}

// A server that is not there is a gateway's error to the client, and said to who watches.
func TestProxyWithoutUpstream(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, url := through(t, gone.URL)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	require.NoError(t, err)
	answer, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(t, err)
	_ = answer.Body.Close()
	assert.Equal(t, http.StatusBadGateway, answer.StatusCode)
}
