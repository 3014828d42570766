package mockews_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
)

// post sends a request over a real socket.
func post(t *testing.T, client *http.Client, url string, body io.Reader, change func(*http.Request)) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, body)
	require.NoError(t, err)
	r.SetBasicAuth(bench, "ewsbench")
	if change != nil {
		change(r)
	}
	response, err := client.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// A client that trusts the authority is served; one that does not is not. Cookies are secure, and come back.
func TestTLS(t *testing.T) {
	t.Parallel()
	s := mockews.StartTLS(t, profile(t, "onprem-2site"))
	require.True(t, strings.HasPrefix(s.URL, "https://127.0.0.1:"))
	p := soap(target, getInbox()).with("X-PreferServerAffinity", "true")
	response := post(t, s.Client(), s.URL, bytes.NewReader(p.body), func(r *http.Request) { r.Header = p.header.Clone(); r.SetBasicAuth(bench, "ewsbench") })
	assert.Equal(t, 200, response.StatusCode)
	assert.Equal(t, "HTTP/1.1", response.Proto)
	for _, c := range response.Cookies() {
		assert.Equal(t, c.Name != "exchangecookie", c.Secure, c.Name)
	}
	_, err := (&http.Client{}).Get(s.URL)
	assert.ErrorContains(t, err, "certificate")
	block := string(s.Authority.PEM())
	assert.True(t, strings.HasPrefix(block, "-----BEGIN CERTIFICATE-----"))
	assert.NotContains(t, block, "PRIVATE KEY")
}

func TestAuthorityKnowsItsHosts(t *testing.T) {
	t.Parallel()
	a, err := mockews.NewAuthority("mail.contoso.com", "192.0.2.1")
	require.NoError(t, err)
	client, server := net.Pipe()
	go func() {
		conn := tls.Server(server, a.Config())
		_ = conn.HandshakeContext(t.Context())
		_ = conn.Close()
	}()
	conn := tls.Client(client, &tls.Config{ServerName: "mail.contoso.com", RootCAs: a.Pool(), MinVersion: tls.VersionTLS12})
	require.NoError(t, conn.HandshakeContext(t.Context()))
	certificate := conn.ConnectionState().PeerCertificates[0]
	for _, host := range []string{"mail.contoso.com", "192.0.2.1", "127.0.0.1", "::1", "localhost"} {
		assert.NoError(t, certificate.VerifyHostname(host))
	}
	_ = client.Close()
}

func TestGzip(t *testing.T) {
	t.Parallel()
	topology := profile(t, "ideal")
	page := soap(target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{inbox}})
	for _, c := range []struct {
		name, accept string
		on, packed   bool
	}{
		{"asked for", "gzip, deflate", true, true},
		{"not asked for", "", true, false},
		{"refused", "gzip;q=0", true, false},
		{"switched off", "gzip", false, false},
		{"among others", "br, GZIP;q=0.5", true, true},
	} {
		topology.Gzip = c.on
		s := newServer(t, topology)
		a := page.with("Accept-Encoding", c.accept).send(t, s.Transport())
		require.Equal(t, c.packed, a.Header.Get("Content-Encoding") == "gzip", c.name)
		if !c.packed {
			assert.True(t, a.outcome().OK(), c.name)
			continue
		}
		r, err := gzip.NewReader(bytes.NewReader(a.body))
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		assert.True(t, ews.Classify(200, a.Header, text).OK())
		assert.Less(t, len(a.body), len(text)/2)
		short := soap(target, getInbox()).with("Accept-Encoding", c.accept).send(t, s.Transport())
		assert.Empty(t, short.Header.Get("Content-Encoding"), "not worth while")
	}
}

// The operator's copies, whatever letters their names are in; nothing else of the folder, and nothing without a folder.
func TestSchemas(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{
		"services.WSDL": {Data: []byte("<wsdl/>")}, "messages.xsd": {Data: []byte("<m/>")}, "types.xsd": {Data: []byte("<t/>")}, "secret": {Data: []byte("x")},
	}
	s, err := mockews.New(profile(t, "ideal"), mockews.WithSchemas(folder))
	require.NoError(t, err)
	get := probe{method: http.MethodGet, user: bench, password: "ewsbench", header: http.Header{}}
	for url, want := range map[string]string{
		"/EWS/Services.wsdl": "<wsdl/>", "/ews/services.wsdl": "<wsdl/>", "/EWS/messages.xsd": "<m/>", "/ews/types.xsd": "<t/>",
		"/EWS/Exchange.asmx?wsdl": "<wsdl/>", "/EWS/Exchange.asmx?WSDL": "<wsdl/>",
	} {
		get.url = "http://mock" + url
		a := get.send(t, s.Transport())
		assert.Equal(t, 200, a.StatusCode, url)
		assert.Equal(t, want, string(a.body), url)
		assert.Equal(t, ews.ContentType, a.Header.Get("Content-Type"))
	}
	for _, url := range []string{"/EWS/secret", "/EWS/../secret", "/EWS/types.xsd/", "/types.xsd"} {
		get.url = "http://mock" + url
		assert.Equal(t, 404, get.send(t, s.Transport()).StatusCode, url)
	}
	get.url = "http://mock/EWS/types.xsd"
	without := newServer(t, profile(t, "ideal"))
	a := get.send(t, without.Transport())
	assert.Equal(t, 404, a.StatusCode)
	assert.Contains(t, string(a.body), "--schema-dir")
	get.user = ""
	assert.Equal(t, 401, get.send(t, s.Transport()).StatusCode, "not without a name")
	get.user, get.method = bench, http.MethodPost
	assert.Equal(t, 405, get.send(t, s.Transport()).StatusCode)
	real := os.DirFS("../docs")
	other, err := mockews.New(profile(t, "ideal"), mockews.WithSchemas(real))
	require.NoError(t, err)
	get.method = http.MethodGet
	assert.Equal(t, 404, get.send(t, other.Transport()).StatusCode, "a folder without them")
}

// A connection serves request after request.
func TestKeepAlive(t *testing.T) {
	t.Parallel()
	s := mockews.Start(t, profile(t, "ideal"))
	client := s.Client()
	reused := 0
	for range 5 {
		trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
			if info.Reused {
				reused++
			}
		}}
		response := post(t, client, s.URL, bytes.NewReader(soap(target, getInbox()).body), func(r *http.Request) { *r = *r.WithContext(httptrace.WithClientTrace(r.Context(), trace)) })
		_, err := io.Copy(io.Discard, response.Body)
		require.NoError(t, err)
	}
	assert.Equal(t, 4, reused)
}

// Who asks before it sends hears of a refusal before it has sent anything.
func TestExpectContinue(t *testing.T) {
	t.Parallel()
	s := mockews.Start(t, profile(t, "ideal"))
	address := strings.TrimSuffix(strings.TrimPrefix(s.URL, "http://"), mockews.Path)
	for user, want := range map[string]string{"": "HTTP/1.1 401 ", "c3ZjLWJlbmNoOmV3c2JlbmNo": "HTTP/1.1 100 Continue"} {
		conn, err := new(net.Dialer).DialContext(context.Background(), "tcp", address)
		require.NoError(t, err)
		authorization := ""
		if user != "" {
			authorization = "Authorization: Basic " + user + "\r\n"
		}
		_, err = io.WriteString(conn, "POST "+mockews.Path+" HTTP/1.1\r\nHost: mock\r\n"+authorization+"Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n")
		require.NoError(t, err)
		head := make([]byte, len(want))
		_, err = io.ReadFull(conn, head)
		require.NoError(t, err)
		assert.Equal(t, want, string(head))
		_ = conn.Close()
	}
}
