package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2/clientcredentials"
)

// endpoints hands out numbered tokens of a lifetime, and refuses while it is down.
type endpoints struct {
	life   time.Duration
	issued atomic.Int64
	down   atomic.Bool
}

func (e *endpoints) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	switch {
	case e.down.Load():
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": "invalid_client", "error_description": "AADSTS7000215: no\r\nTrace ID: 1"})
	default:
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": fmt.Sprintf("token-%d", e.issued.Add(1)), "token_type": "Bearer", "expires_in": int(e.life.Seconds())})
	}
	response := w.Result()
	response.Request = r
	return response, nil
}

func issuedBy(t *testing.T, e *endpoints) (*issued, error) {
	t.Helper()
	config := clientcredentials.Config{ClientID: "id", ClientSecret: "hush", TokenURL: "https://login.example/token"}
	return newIssued(config, &http.Client{Transport: e})
}

// A token is renewed in the last quarter of its life, beside the calls: none waits for it, and none is sent an expired one.
func TestTokenIsRenewedAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := &endpoints{life: time.Hour}
		token, err := issuedBy(t, e)
		require.NoError(t, err)
		time.Sleep(44 * time.Minute)
		assert.Equal(t, "Bearer token-1", token.header())
		synctest.Wait()
		assert.EqualValues(t, 1, e.issued.Load())
		time.Sleep(2 * time.Minute)
		assert.Equal(t, "Bearer token-1", token.header(), "the call that finds it old goes with it")
		synctest.Wait()
		assert.Equal(t, "Bearer token-2", token.header())
		e.down.Store(true)
		time.Sleep(46 * time.Minute)
		for range 10 {
			assert.Equal(t, "Bearer token-2", token.header(), "a renewal that fails leaves the old one")
			synctest.Wait()
		}
		e.down.Store(false)
		time.Sleep(retryTime * time.Second)
		token.header()
		synctest.Wait()
		assert.Equal(t, "Bearer token-3", token.header())
	})
}

func TestRefusedTokenNamesTheReasonAlone(t *testing.T) {
	t.Parallel()
	e := &endpoints{life: time.Hour}
	e.down.Store(true)
	_, err := issuedBy(t, e)
	require.Error(t, err)
	assert.Contains(t, err.Error(), "no token from https://login.example/token: invalid_client: AADSTS7000215: no")
	assert.NotContains(t, err.Error(), "hush")
	assert.NotContains(t, err.Error(), "Trace")
}

// A token file is read again when another program has replaced it, and stays in use when it is gone.
func TestTokenFileIsReadAgain(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "token")
	require.NoError(t, os.WriteFile(name, []byte("one\n"), 0o600))
	token, err := newTokenFile(name)
	require.NoError(t, err)
	assert.Equal(t, "Bearer one", token.header())
	replace := func(text string, at time.Time) {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		require.NoError(t, os.Chtimes(name, at, at))
		token.read.Store(0) // as if the second were over
	}
	replace("two", time.Now().Add(time.Minute))
	assert.Equal(t, "Bearer two", token.header())
	replace("", time.Now().Add(2*time.Minute))
	assert.Equal(t, "Bearer two", token.header(), "a file that is being written")
	require.NoError(t, os.Remove(name))
	token.read.Store(0)
	assert.Equal(t, "Bearer two", token.header())
	_, err = newTokenFile(name)
	assert.Error(t, err)
}
