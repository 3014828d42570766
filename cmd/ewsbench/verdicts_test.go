package main

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// judgedMock is a mock that has had one request without an anchor, or none.
func judgedMock(t *testing.T, requests int) *mockews.Server {
	t.Helper()
	mock, err := mockews.New(route.Topology{})
	require.NoError(t, err)
	body := ews.Request{
		Impersonate: ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user000001@contoso.com"},
		Body:        ews.GetUserOofSettings{Mailbox: "user000001@contoso.com"},
	}
	for range requests {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://mock"+endpoint, strings.NewReader(string(body.Append(nil))))
		require.NoError(t, err)
		r.SetBasicAuth(mockAccount, mockPassword)
		response, err := mock.Transport().RoundTrip(r)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
	}
	return mock
}

// TestSettle holds which of two reasons to fail wins.
func TestSettle(t *testing.T) {
	t.Parallel()
	missing, ignored := []audit.ID{audit.AnchorMissing}, []audit.ID{audit.BackoffIgnored}
	for _, c := range []struct {
		name     string
		ended    error
		requests int
		failOn   []audit.ID
		want     int
	}{
		{"well", nil, 1, ignored, exitOK},
		{"verdict", nil, 1, missing, exitBad},
		{"one of two", nil, 1, append(ignored, missing...), exitBad},
		{"verdict, and the command failed", verdict(7), 1, missing, exitBad},
		{"the command failed by itself", verdict(7), 1, ignored, 7},
		{"verdict, interrupted", verdict(exitInterrupted), 1, missing, exitInterrupted},
		{"nobody asked", nil, 1, nil, exitOK},
		{"nothing sent", nil, 0, missing, exitInvalid},
		{"nothing sent, the command failed", failure(errors.New("no such program"), "hint"), 0, missing, exitFailed},
		{"nothing sent, nobody asked", nil, 0, nil, exitOK},
	} {
		got := exitOK
		if err := settle(c.ended, judgedMock(t, c.requests), c.failOn); err != nil {
			got = exitCode(err)
		}
		assert.Equal(t, c.want, got, c.name)
	}
}
