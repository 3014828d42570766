package mockews_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func slow() route.Topology {
	return route.Topology{Service: route.Service{Default: route.Lognormal{Median: 20 * time.Millisecond}}}
}

func TestSimulatedTimeIsExact(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, slow())
		for range 10 {
			begin := time.Now()
			a := soap(target, getInbox()).send(t, s.Transport())
			assert.Equal(t, 20*time.Millisecond, time.Since(begin))
			assert.True(t, a.outcome().OK())
		}
	})
}

func TestClientTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, slow())
		client := &http.Client{Transport: s.Transport(), Timeout: 15 * time.Millisecond}
		p := soap(target, getInbox())
		r, err := http.NewRequestWithContext(t.Context(), p.method, p.url, bytes.NewReader(p.body))
		require.NoError(t, err)
		r.SetBasicAuth(p.user, p.password)
		begin := time.Now()
		_, err = client.Do(r)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 15*time.Millisecond, time.Since(begin))
		synctest.Wait()
		entries := s.Journal()
		require.Len(t, entries, 1)
		assert.Zero(t, entries[0].Status, "the client went away")
	})
}

// An answer that nobody reads holds nothing up once its body is closed.
func TestUnreadAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, route.Topology{})
		p := soap(target, getInbox())
		r, err := http.NewRequestWithContext(t.Context(), p.method, p.url, bytes.NewReader(p.body))
		require.NoError(t, err)
		r.SetBasicAuth(p.user, p.password)
		response, err := s.Transport().RoundTrip(r)
		require.NoError(t, err)
		some := make([]byte, 5)
		_, err = io.ReadFull(response.Body, some)
		require.NoError(t, err)
		assert.Equal(t, "<?xml", string(some), "the answer streams")
		require.NoError(t, response.Body.Close())
		synctest.Wait()
		assert.Len(t, s.Journal(), 1, "the handler has ended")
	})
}

func TestCancelledRequestIsNotSent(t *testing.T) {
	t.Parallel()
	s := newServer(t, slow())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, nil)
	require.NoError(t, err)
	response, err := s.Transport().RoundTrip(r)
	if err == nil {
		_ = response.Body.Close()
	}
	require.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, s.Journal())
}

// The same request over a socket and in process is answered alike.
func TestTransportEqualsSocket(t *testing.T) {
	t.Parallel()
	mx := mockews.Start(t, profile(t, "onprem-1site"))
	p := soap(target, getInbox()).with("client-request-id", "x").with("return-client-request-id", "true")
	inProcess := p.send(t, mx.Transport())
	p.url = mx.URL
	bySocket := p.send(t, http.DefaultTransport)
	assert.Equal(t, string(bySocket.body), string(inProcess.body))
	for key, values := range inProcess.Header {
		if key != "Request-Id" && key != "Set-Cookie" {
			assert.Equal(t, values, bySocket.Header[key], key)
		}
	}
	assert.Len(t, bySocket.Header["Set-Cookie"], 2)
}
