package audit

import (
	"net"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// Carry notes what an HTTP request says beside its envelope and beside what a
// server makes of it: who sent it, what it is, and on which connection.
func (e *Exchange) Carry(r *http.Request) {
	e.UserAgent, e.ContentType = first(r.Header, "User-Agent"), first(r.Header, "Content-Type")
	e.IDWanted = strings.EqualFold(first(r.Header, "Return-Client-Request-Id"), "true")
	if strings.IndexByte(r.RemoteAddr, ':') > 0 {
		e.Connection = digest(r.RemoteAddr)
		e.Afar = len(r.Header["Authorization"]) > 0 && !isLoopback(r.RemoteAddr)
		e.InClear = e.Afar && r.TLS == nil
	}
	scheme, _, _ := strings.Cut(first(r.Header, "Authorization"), " ")
	e.Token = strings.EqualFold(scheme, "Bearer")
}

// CarryRouting notes the headers that say where a request is to go.
func (e *Exchange) CarryRouting(h http.Header) {
	e.Anchor = strings.TrimSpace(first(h, "X-Anchormailbox"))
	e.PublicFolder = len(h["X-Publicfoldermailbox"]) > 0
	e.Affinity = strings.EqualFold(first(h, "X-Preferserveraffinity"), "true")
	e.CookieAsHeader = len(h["X-Backendoverridecookie"]) > 0
	e.RequestID = first(h, "Client-Request-Id")
	for _, line := range h["Cookie"] {
		e.CookieSent = e.CookieSent || strings.Contains(line, ews.CookieBackEndOverride+"=")
	}
}

// first is the first value of a header, by its canonical key.
func first(h http.Header, key string) string {
	if values := h[key]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// isLoopback tells whether who sends is on this machine.
func isLoopback(address string) bool {
	if strings.HasPrefix(address, "127.") {
		return true
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return true // a transport without a network
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
