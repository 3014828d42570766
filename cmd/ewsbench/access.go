package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// passwordVariable holds the password of --user. Secrets come from a file or
// the environment, never from a flag: a flag shows in every process list.
const passwordVariable = "EWSBENCH_PASSWORD"

// accessFlags say how a target by URL is reached, and as whom.
type accessFlags struct {
	user             string
	passwordFile     string
	tokenFile        string
	tokenURL         string
	clientID         string
	scope            string
	clientSecretFile string
	caFile           string
	mailboxesFile    string
	allowRemote      []string
}

func (f *accessFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.user, "user", "", "service `account` for a target by URL; its password comes from $"+passwordVariable+" or --password-file")
	fs.StringVar(&f.passwordFile, "password-file", "", "`file` that holds the password of --user")
	fs.StringVar(&f.tokenFile, "token-file", "", "`file` that holds a bearer token, instead of --user; read again when it changes")
	fs.StringVar(&f.tokenURL, "token-url", "", "`URL` of a token endpoint, for client credentials instead of --user")
	fs.StringVar(&f.clientID, "client-id", "", "`id` of the application that gets the token; its secret comes from $"+secretVariable+" or --client-secret-file")
	fs.StringVar(&f.clientSecretFile, "client-secret-file", "", "`file` that holds the secret of --client-id")
	fs.StringVar(&f.scope, "scope", defaultScope, "`scope` of the token")
	fs.StringVar(&f.caFile, "ca-file", "", "PEM `file` of the authorities to trust for the target, instead of the system's")
	fs.StringVar(&f.mailboxesFile, "mailboxes-file", "", "`file` of the mailboxes to impersonate, one SMTP address a line")
	fs.StringArrayVar(&f.allowRemote, "allow-remote", nil, "`host` beyond loopback that may be sent load: exactly the host of a URL that is given; repeatable")
}

// credentials is what goes into the Authorization header. It has no exported
// way to its secret, and prints as the account alone.
type credentials struct {
	account string // "" with a bare bearer token
	secret  secret
}

func (c credentials) String() string   { return "credentials of " + c.account }
func (c credentials) GoString() string { return c.String() }

// basic makes credentials of the scheme that every on-premises server can
// offer. RFC 7617, section 2.
func basic(user, password string) credentials {
	return credentials{
		account: user,
		secret:  fixed("Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))),
	}
}

// credentials reads the secret that the flags name.
func (f *accessFlags) credentials(env func(string) string) (credentials, error) {
	switch {
	case f.tokenURL != "" || f.clientID != "":
		return f.issue(env)
	case f.tokenFile != "" && f.passwordFile != "":
		return credentials{}, usageError(errors.New("--token-file and --password-file exclude each other"),
			"a target takes either a bearer token or --user with a password")
	case f.tokenFile != "":
		token, err := newTokenFile(f.tokenFile)
		return credentials{account: f.user, secret: token}, err
	case f.user == "":
		return credentials{}, usageError(errors.New("the target needs credentials and none were given"),
			"give --user with $%s or --password-file, or --token-file", passwordVariable)
	case f.passwordFile != "":
		password, err := readSecret("--password-file", f.passwordFile)
		return basic(f.user, password), err
	case env(passwordVariable) != "":
		return basic(f.user, env(passwordVariable)), nil
	}
	return credentials{}, usageError(fmt.Errorf("no password for --user %s", f.user),
		"set $%s, or name a file with --password-file", passwordVariable)
}

// readSecret reads one secret, without the newline that editors append. The
// error never quotes the content.
func readSecret(flag, name string) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", usageError(fmt.Errorf("%s: %w", flag, err), "the file must be readable and hold the secret alone")
	}
	secret := strings.TrimRight(string(data), "\r\n")
	if secret == "" || strings.ContainsAny(secret, "\r\n") {
		return "", usageError(fmt.Errorf("%s: %s: want exactly one line", flag, name), "the file must hold the secret alone")
	}
	return secret, nil
}

// authorized puts credentials on every request of a target.
type authorized struct {
	base   http.RoundTripper
	secret secret
}

func (t *authorized) RoundTrip(req *http.Request) (*http.Response, error) {
	signed := *req
	signed.Header = req.Header.Clone()
	signed.Header["Authorization"] = []string{t.secret.header()}
	return t.base.RoundTrip(&signed)
}
