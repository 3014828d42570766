package mockews_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
)

// TestCookiesAreSecureOverTLSAlone: a client that keeps cookies must get them
// back to the mock, with TLS and without.
func TestCookiesAreSecureOverTLSAlone(t *testing.T) {
	t.Parallel()
	topology, err := mockews.Profile("onprem-1site")
	require.NoError(t, err)
	server, err := mockews.New(topology)
	require.NoError(t, err)
	for name, connection := range map[string]*tls.ConnectionState{"plain": nil, "tls": {}} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodPost, mockews.Path, http.NoBody)
			request.SetBasicAuth("svc-bench@contoso.com", "ewsbench")
			request.Header.Set(ews.HeaderPreferServerAffinity, "true")
			request.TLS = connection
			answer := httptest.NewRecorder()
			server.ServeHTTP(answer, request)
			cookies := answer.Result().Cookies()
			found := 0
			for _, cookie := range cookies {
				if cookie.Name == ews.CookieBackEndOverride || cookie.Name == ews.CookieBackEnd {
					assert.Equal(t, connection != nil, cookie.Secure, cookie.Name)
					found++
				}
			}
			assert.Equal(t, 2, found)
		})
	}
}
