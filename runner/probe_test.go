package runner

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

func TestProbe(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		handler http.HandlerFunc
		url     func(*httptest.Server) string
		want    error
		message string
		hint    string
	}{
		{"an answer", folders(), nil, nil, "", ""},
		{"a fault", fault(ews.ErrorImpersonateUserDenied), nil, nil, "", ""},
		{"a 503 without a body", status(http.StatusServiceUnavailable), nil, nil, "", ""},
		{"a 500 without a body", status(http.StatusInternalServerError), nil, nil, "", ""},
		{"wrong password", status(http.StatusUnauthorized), nil, ErrUnauthorized, "HTTP 401", "user and password"},
		{"no access", status(http.StatusForbidden), nil, ErrUnauthorized, "HTTP 403", "access to EWS"},
		{"a login page", loginPage, nil, ErrNotSOAP, `text/html, "<!DOCTYPE html>`, "/EWS/Exchange.asmx"},
		{"wrong path", status(http.StatusNotFound), nil, ErrNotSOAP, "HTTP 404", "/EWS/Exchange.asmx"},
		{"a redirect", redirect, nil, ErrNotSOAP, "HTTP 302", "/EWS/Exchange.asmx"},
		{"nobody there", hang, refused, ErrUnreachable, "refused", "nothing listens"},
		{"no TLS there", hang, overTLS, ErrUnreachable, "tls", "--ca-file"},
		{"no answer", hang, nil, ErrUnreachable, "in time", "--timeout"},
		{"closed", hangUp, nil, ErrUnreachable, "EOF", "check the URL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, tt.handler)
			url := server.URL
			if tt.url != nil {
				url = tt.url(server)
			}
			err := Probe(t.Context(), Experiment{
				Plan: plan(t), Arms: at(t, url), Calls: 1, Timeout: 300 * time.Millisecond,
			})
			if tt.want == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, tt.want)
			var failed *ProbeError
			require.ErrorAs(t, err, &failed)
			assert.Equal(t, "anchored", failed.Arm)
			assert.Contains(t, err.Error(), tt.message)
			assert.NotContains(t, err.Error(), "\n")
			assert.Contains(t, failed.Hint, tt.hint)
		})
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func fault(code ews.Code) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		f := ews.NewFault(code)
		w.WriteHeader(f.HTTP)
		_, _ = w.Write(f.Append(nil))
	}
}

func TestProbeSendsOneHarmlessRequestForEachArm(t *testing.T) {
	t.Parallel()
	target := new(fake)
	require.NoError(t, Probe(t.Context(), Experiment{
		Plan: plan(t, ews.OpSetUserOofSettings), Arms: pair(target), Calls: 1,
	}))
	requests := target.requests()
	require.Len(t, requests, 2)
	assert.NotEmpty(t, requests[0].header.Get(ews.HeaderAnchorMailbox))
	assert.Empty(t, requests[1].header.Get(ews.HeaderAnchorMailbox))
	for _, r := range requests {
		message, err := ews.ParseRequest([]byte(r.body))
		require.NoError(t, err)
		assert.Equal(t, ews.OpGetFolder, message.Body.Op())
		assert.Equal(t, plan(t).At(0).Mailbox, message.Impersonate.Value)
	}
}

func TestProbeNamesTheArmThatFailed(t *testing.T) {
	t.Parallel()
	arms := pair(new(fake))
	arms[1].Target.Transport = &fake{answer: func(int, *http.Request) *http.Response {
		return soap(http.StatusUnauthorized, nil)
	}}
	err := Probe(t.Context(), Experiment{Plan: plan(t), Arms: arms, Calls: 1})
	assert.EqualError(t, err,
		"arm unanchored: http://mail.example.org/EWS/Exchange.asmx: credentials refused: HTTP 401, text/xml; charset=utf-8, empty")
}

func TestProbeOfAnUnknownHost(t *testing.T) {
	t.Parallel()
	target := &fake{fails: func(int) error { return &net.DNSError{Err: "no such host", Name: "mail.example.org"} }}
	var failed *ProbeError
	require.ErrorAs(t, Probe(t.Context(), Experiment{Plan: plan(t), Arms: pair(target), Calls: 1}), &failed)
	require.ErrorIs(t, failed, ErrUnreachable)
	assert.Equal(t, "check the spelling of the host", failed.Hint)
}

func TestProbeCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	arms := pair(&fake{takes: always(time.Hour)})
	require.ErrorIs(t, Probe(ctx, Experiment{Plan: plan(t), Arms: arms, Calls: 1}), context.Canceled)
}
