package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/ewsbench/ewsbench/mockews"
)

// checkTarget parses a target's URL and refuses a host beyond loopback that
// --allow-remote does not name: load that leaves the machine is asked for by
// name, or not sent.
func checkTarget(raw string, allowed ...string) (*url.URL, error) {
	return checkURL("--target", raw, allowed...)
}

// checkURL is that for any flag.
func checkURL(flag, raw string, allowed ...string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, usageError(fmt.Errorf("%s %q is no http or https URL", flag, raw), "%s", exampleOf(flag))
	}
	if u.User != nil {
		return nil, usageError(fmt.Errorf("%s holds a user or password", flag), "give the account with --user: a URL is stored with the run")
	}
	named := slices.ContainsFunc(allowed, func(host string) bool { return strings.EqualFold(u.Hostname(), host) })
	if isLoopback(u.Hostname()) || named {
		return u, nil
	}
	return nil, usageError(fmt.Errorf("%s %s is not a loopback address", strings.TrimPrefix(flag, "--"), u.Hostname()),
		"if you are allowed to load that server, say --allow-remote %s", u.Hostname())
}

// exampleOf is a value that a flag would take.
func exampleOf(flag string) string {
	if flag == flagAutodiscover {
		return "such as https://autodiscover.contoso.com" + mockews.PathAutodiscoverSOAP
	}
	return "such as https://mail.contoso.com/EWS/Exchange.asmx, or for --target mock: for the bundled server"
}

// isLoopback tells whether a host, as written, can only be this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// dialTimeout bounds a connection attempt: a host that drops packets must not
// hold the probe for minutes.
const dialTimeout = 10 * time.Second

// dialer connects to loopback alone unless a remote host was allowed. The
// check is made on the address that is dialled, so that a name which resolves
// elsewhere, or a redirect, cannot carry the load away.
func dialer(remote bool) *net.Dialer {
	d := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}
	if !remote {
		d.Control = refuseRemote
	}
	return d
}

func refuseRemote(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("refused to connect to %s: not a loopback address", address)
}

// trust is the TLS set-up of a target: the system's authorities, or those of
// a file. Verification is never switched off.
func trust(caFile string) (*tls.Config, error) {
	cfg := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile == "" {
		return cfg, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, usageError(fmt.Errorf("--ca-file: %w", err), "name a readable PEM file")
	}
	cfg.RootCAs = x509.NewCertPool()
	if !cfg.RootCAs.AppendCertsFromPEM(pem) {
		return nil, usageError(fmt.Errorf("--ca-file: %s holds no certificate in PEM form", caFile),
			"openssl x509 -inform der -in FILE -out FILE.pem converts one")
	}
	return cfg, nil
}
