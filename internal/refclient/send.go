package refclient

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// call is how a request is sent.
type call struct {
	mailbox  string // whom it impersonates
	kind     ews.SIDKind
	anchor   string // empty: the mailbox
	affinity bool
	cookie   string // X-BackEndOverrideCookie
}

// as is a call that acts for a mailbox.
func as(mailbox string) call { return call{mailbox: mailbox} }

// send sends a request once.
func (c *client) send(how call, body ews.Body) (*reply, error) {
	response, err := c.open(how, body)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	r := &reply{Outcome: ews.Classify(response.StatusCode, response.Header, data), AnswerSketch: ews.SkimAnswer(data), body: data}
	for _, cookie := range response.Cookies() {
		if cookie.Name == ews.CookieBackEndOverride {
			r.cookie = cookie.Value
		}
	}
	return r, nil
}

// open sends a request and leaves the answer to be read.
func (c *client) open(how call, body ews.Body) (*http.Response, error) {
	sid := ews.ConnectingSID{Kind: cmp.Or(how.kind, ews.PrimarySmtpAddress), Value: how.mailbox}
	if c.has("impersonation-missing") {
		sid = ews.ConnectingSID{}
	}
	raw := (&ews.Request{Version: c.version, Impersonate: sid, Body: body}).Append(nil)
	url := c.URL
	switch {
	case c.has("version-missing"):
		raw = bytes.ReplaceAll(raw, []byte(`<t:RequestServerVersion Version="`+string(c.version)+`"/>`), nil)
	case c.has("schema-violation"):
		raw = bytes.ReplaceAll(raw, []byte("m:FolderShape>"), []byte("m:FolderForm>"))
	case c.has("credentials-in-clear"):
		url = "http" + strings.TrimPrefix(url, "https")
	}
	r, err := http.NewRequestWithContext(c.ctx, http.MethodPost, url, bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	r.Close = c.has("connection-per-request")
	c.trace(r.Header)
	c.route(r.Header, how)
	if c.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+c.bearer)
	} else {
		r.SetBasicAuth(c.User, c.Password)
	}
	return c.Transport.RoundTrip(r)
}

// trace sets the headers by which a request is found again.
func (c *client) trace(h http.Header) {
	n := c.sent.Add(1)
	h.Set("Content-Type", ews.ContentType)
	h.Set("User-Agent", "refclient/1.0")
	h.Set(ews.HeaderClientRequestID, fmt.Sprintf("3f2504e0-4f89-41d3-9a0c-%012x", n))
	h.Set(ews.HeaderReturnClientRequestID, "true")
	switch c.Defect {
	case "content-type-not-xml":
		h.Set("Content-Type", "application/soap+xml")
	case "default-user-agent":
		h.Set("User-Agent", "python-requests/2.31")
	case "user-agent-varies":
		h.Set("User-Agent", fmt.Sprintf("refclient/1.%d", n))
	case "no-client-request-id":
		h.Del(ews.HeaderClientRequestID)
	case "request-id-not-guid":
		h.Set(ews.HeaderClientRequestID, fmt.Sprintf("request-%d", n))
	case "request-id-repeated":
		h.Set(ews.HeaderClientRequestID, "3f2504e0-4f89-41d3-9a0c-0305e82c3301")
	case "request-id-not-returned":
		h.Del(ews.HeaderReturnClientRequestID)
	}
}

// route sets the headers that say where a request is to go.
func (c *client) route(h http.Header, how call) {
	anchor := cmp.Or(how.anchor, how.mailbox)
	switch {
	case c.has("anchor-missing"), c.has("affinity-without-anchor") && how.affinity:
		anchor = ""
	case c.has("anchor-mismatch"):
		anchor = c.other(how.mailbox)
	case c.has("anchor-malformed"):
		anchor = "Mailbox <" + how.mailbox + ">"
	case c.has("anchor-unknown"):
		anchor = "nobody@contoso.com"
	}
	if anchor != "" {
		h.Set(ews.HeaderAnchorMailbox, anchor)
	}
	if how.affinity || c.has("affinity-on-ordinary-call") {
		h.Set(ews.HeaderPreferServerAffinity, "true")
	}
	if how.cookie == "" || c.has("affinity-cookie-dropped") {
		return
	}
	h.Set("Cookie", ews.CookieBackEndOverride+"="+how.cookie)
	if c.has("affinity-as-header") {
		h.Set(ews.CookieBackEndOverride, how.cookie)
	}
}

// other is a target that is not this one.
func (c *client) other(mailbox string) string {
	for _, t := range c.Targets {
		if t != mailbox {
			return t
		}
	}
	return mailbox
}
