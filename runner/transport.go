package runner

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// Bounds of a transport made by [NewTransport].
const (
	dialTimeout      = 10 * time.Second
	handshakeTimeout = 10 * time.Second
	// idleTimeout is under the two minutes after which IIS closes an idle
	// connection (IIS docs: connectionTimeout, 120 s): the client closes first,
	// so that no request meets a connection that is being closed.
	idleTimeout = 90 * time.Second
	// keepIdle keeps every connection that was opened: closing and opening them
	// again would be measured as the server's latency.
	keepIdle = 10000
)

// NewTransport returns the transport that measurements are made with: HTTP/1.1,
// keep-alive without a bound on connections, no compression, no proxy from the
// environment. The TLS configuration carries CA certificates; nil is Go's own.
func NewTransport(config *tls.Config) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		DialContext:         dialer.DialContext,
		TLSClientConfig:     config,
		TLSHandshakeTimeout: handshakeTimeout,
		Protocols:           protocols,
		DisableCompression:  true,
		MaxIdleConnsPerHost: keepIdle,
		IdleConnTimeout:     idleTimeout,
	}
}
