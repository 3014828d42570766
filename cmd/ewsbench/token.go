package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// secretVariable holds the secret of --client-id.
const secretVariable = "EWSBENCH_CLIENT_SECRET"

// defaultScope asks for whatever the application was granted (MS docs:
// Authenticate an EWS application by using OAuth).
const defaultScope = "https://outlook.office365.com/.default"

// secret makes the value of an Authorization header, which may change while a
// run goes on. It never waits for anything that is not there yet.
type secret interface{ header() string }

// fixed is a header that does not change.
type fixed string

func (f fixed) header() string { return string(f) }

// tokenFile is a token that another program may replace.
type tokenFile struct {
	name    string
	current atomic.Pointer[string]
	read    atomic.Int64 // when the file was last looked at, in seconds since 1970
	written atomic.Int64 // its modification time then, in nanoseconds
}

// newTokenFile reads the file for the first time.
func newTokenFile(name string) (*tokenFile, error) {
	t := &tokenFile{name: name}
	token, err := readSecret("--token-file", name)
	if err != nil {
		return nil, err
	}
	t.keep(token)
	if info, err := os.Stat(name); err == nil {
		t.written.Store(info.ModTime().UnixNano())
	}
	return t, nil
}

func (t *tokenFile) keep(token string) {
	header := "Bearer " + token
	t.current.Store(&header)
}

// header is the token that was in the file within the last second. A file that
// cannot be read any more leaves the last one in use.
func (t *tokenFile) header() string {
	now := time.Now().Unix()
	if last := t.read.Load(); last != now && t.read.CompareAndSwap(last, now) {
		t.refresh()
	}
	return *t.current.Load()
}

func (t *tokenFile) refresh() {
	info, err := os.Stat(t.name)
	if err != nil || info.ModTime().UnixNano() == t.written.Load() {
		return
	}
	if token, err := readSecret("--token-file", t.name); err == nil {
		t.written.Store(info.ModTime().UnixNano())
		t.keep(token)
	}
}

// issued is a token that is fetched anew before it expires, beside the calls.
type issued struct {
	config  clientcredentials.Config
	client  *http.Client
	current atomic.Pointer[fetched]
	busy    atomic.Bool
	tried   atomic.Int64 // when a renewal was last begun, in seconds since 1970
}

type fetched struct {
	header string
	renew  time.Time // when three quarters of its life are over
}

// fetchTime bounds one request for a token, and retryTime is how long a failed
// renewal is not tried again, in seconds.
const (
	fetchTime = 15 * time.Second
	retryTime = 5
)

// newIssued fetches the first token.
func newIssued(config clientcredentials.Config, client *http.Client) (*issued, error) {
	t := &issued{config: config, client: client}
	if err := t.fetch(); err != nil {
		return nil, failure(err, "are --token-url, --client-id and --scope right, and is the secret that of this application?")
	}
	return t, nil
}

func (t *issued) fetch() error {
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), oauth2.HTTPClient, t.client), fetchTime)
	defer cancel()
	begin := time.Now()
	token, err := t.config.Token(ctx)
	if err != nil {
		return tokenError(t.config.TokenURL, err)
	}
	life := token.Expiry.Sub(begin)
	if token.Expiry.IsZero() {
		life = time.Hour
	}
	t.current.Store(&fetched{header: "Bearer " + token.AccessToken, renew: begin.Add(life * 3 / 4)})
	return nil
}

// header is the token in use. In the last quarter of its life another one is
// fetched, while calls go on with this one.
func (t *issued) header() string {
	f := t.current.Load()
	now := time.Now()
	if now.After(f.renew) && now.Unix()-t.tried.Load() >= retryTime && t.busy.CompareAndSwap(false, true) {
		t.tried.Store(now.Unix())
		go func() {
			defer t.busy.Store(false)
			_ = t.fetch() // if it fails, calls show that the old one has expired
		}()
	}
	return f.header
}

// tokenError says why there is no token, in the words of the endpoint and
// without anything that was sent to it.
func tokenError(endpoint string, err error) error {
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.ErrorCode != "":
		line, _, _ := strings.Cut(refused.ErrorDescription, "\n")
		return fmt.Errorf("no token from %s: %s: %s", endpoint, refused.ErrorCode, strings.TrimSpace(line))
	case errors.As(err, &refused):
		return fmt.Errorf("no token from %s: it answers with HTTP status %d", endpoint, refused.Response.StatusCode)
	}
	if failed, ok := errors.AsType[*url.Error](err); ok {
		err = failed.Err
	}
	return fmt.Errorf("no token from %s: %w", endpoint, err)
}

// issue gets a token by client credentials.
func (f *accessFlags) issue(env func(string) string) (credentials, error) {
	u, err := url.Parse(f.tokenURL)
	remote := err == nil && !isLoopback(u.Hostname())
	switch {
	case f.user != "" && f.passwordFile != "" || f.tokenFile != "":
		return credentials{}, usageError(errors.New("--token-url and --password-file or --token-file exclude each other"), "a target takes one kind of credentials")
	case f.clientID == "" || f.tokenURL == "":
		return credentials{}, usageError(errors.New("--client-id and --token-url belong together"), "such as https://login.microsoftonline.com/TENANT/oauth2/v2.0/token")
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return credentials{}, usageError(fmt.Errorf("--token-url %q is no https URL", f.tokenURL), "such as https://login.microsoftonline.com/TENANT/oauth2/v2.0/token")
	case remote && u.Scheme != "https":
		return credentials{}, usageError(fmt.Errorf("--token-url %s would send the secret in the clear", f.tokenURL), "beyond this machine it must be https")
	}
	text, err := f.clientSecret(env)
	if err != nil {
		return credentials{}, err
	}
	tlsConfig, err := trust(f.caFile)
	if err != nil {
		return credentials{}, err
	}
	client := &http.Client{
		Transport:     &http.Transport{TLSClientConfig: tlsConfig, DialContext: dialer(remote).DialContext, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // a secret is sent to nobody else
	}
	config := clientcredentials.Config{
		ClientID: f.clientID, ClientSecret: text, TokenURL: f.tokenURL, Scopes: []string{f.scope}, AuthStyle: oauth2.AuthStyleInParams,
	}
	token, err := newIssued(config, client)
	if err != nil {
		return credentials{}, err
	}
	return credentials{account: f.user, secret: token}, nil
}

func (f *accessFlags) clientSecret(env func(string) string) (string, error) {
	switch {
	case f.clientSecretFile != "":
		return readSecret("--client-secret-file", f.clientSecretFile)
	case env(secretVariable) != "":
		return env(secretVariable), nil
	}
	return "", usageError(fmt.Errorf("no secret for --client-id %s", f.clientID), "set $%s, or name a file with --client-secret-file", secretVariable)
}
