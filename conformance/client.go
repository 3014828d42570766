package conformance

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// maxAnswer bounds what is read of an answer in bytes: a server that never stops costs its clause no more than this.
const maxAnswer = 64 << 20

// Client sends requests as one account. Its methods return changed copies, so that a check can derive one from another. It is safe
// for concurrent use.
type Client struct {
	probe   *Probe
	account Account
	sid     ews.ConnectingSID
	version ews.Version
	header  http.Header
	url     string
}

func (p *Probe) client(a Account) *Client {
	return &Client{probe: p, account: a, header: http.Header{}, url: p.World.URL}
}

func (c *Client) copy() *Client {
	next := *c
	next.header = maps.Clone(c.header)
	return &next
}

// For impersonates by PrimarySmtpAddress and anchors there, as it is right.
func (c *Client) For(mailbox string) *Client {
	return c.Impersonate(ews.PrimarySmtpAddress, mailbox).Anchor(mailbox)
}

// Impersonate names whom the requests act for, in one of the four forms. An empty value is nobody.
func (c *Client) Impersonate(kind ews.SIDKind, value string) *Client {
	next := c.copy()
	next.sid = ews.ConnectingSID{Kind: kind, Value: value}
	return next
}

// Anchor sets X-AnchorMailbox, "" takes it away.
func (c *Client) Anchor(mailbox string) *Client { return c.Header(ews.HeaderAnchorMailbox, mailbox) }

// Header sets a header, "" takes it away.
func (c *Client) Header(name, value string) *Client {
	next := c.copy()
	if value == "" {
		next.header.Del(name)
	} else {
		next.header.Set(name, value)
	}
	return next
}

// Cookie sends a cookie beside those that are sent already.
func (c *Client) Cookie(name, value string) *Client {
	next := c.copy()
	cookie := (&http.Cookie{Name: name, Value: value}).String()
	if before := next.header.Get("Cookie"); before != "" {
		cookie = before + "; " + cookie
	}
	next.header.Set("Cookie", cookie)
	return next
}

// Version names the schema version of the requests.
func (c *Client) Version(v ews.Version) *Client {
	next := c.copy()
	next.version = v
	return next
}

// At sends to another path of the same host.
func (c *Client) At(path string) *Client {
	next := c.copy()
	u, err := url.Parse(c.url)
	if err == nil {
		u.Path, u.RawPath, u.RawQuery = path, "", ""
		next.url = u.String()
	}
	return next
}

// Envelope is the request that Do would send.
func (c *Client) Envelope(body ews.Body) []byte {
	r := ews.Request{Version: c.version, Impersonate: c.sid, Body: body}
	return r.Append(nil)
}

// Do sends an operation and reads the answer to its end. The error is that of the way: an answer that says no is an answer.
func (c *Client) Do(ctx context.Context, body ews.Body) (*Answer, error) {
	return c.Post(ctx, c.Envelope(body))
}

// Post sends an envelope of the check's own making.
func (c *Client) Post(ctx context.Context, envelope []byte) (*Answer, error) {
	return c.Send(ctx, http.MethodPost, bytes.NewReader(envelope))
}

// Send sends any request: with another method, or a body that comes in another way.
func (c *Client) Send(ctx context.Context, method string, body io.Reader) (*Answer, error) {
	began := time.Now()
	response, sent, err := c.open(ctx, method, body)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if len(data) > maxAnswer {
		err = errors.New("an answer without an end: more than 64 MiB came")
	}
	c.probe.record.answered(sent, response, data, err, time.Since(began))
	if err != nil {
		return nil, fmt.Errorf("reading the answer, HTTP %d: %w", response.StatusCode, err)
	}
	return newAnswer(response, data), nil
}

// open sends a request and returns as soon as the header of its answer is there.
func (c *Client) open(ctx context.Context, method string, body io.Reader) (*http.Response, int, error) {
	if c.account.Transport == nil {
		return nil, 0, Skip("there is no account to ask with")
	}
	if err := c.probe.pace(ctx); err != nil {
		return nil, 0, err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.url, body)
	if err != nil {
		return nil, 0, err
	}
	sent := c.probe.record.sent(r, c.account.Name)
	c.dress(r, sent)
	response, err := c.account.Transport.RoundTrip(r)
	if err != nil {
		c.probe.record.failed(sent, err)
		return nil, 0, fmt.Errorf("no answer: %w", err)
	}
	return response, sent, nil
}

// dress puts the headers on a request. Those of the check itself win.
func (c *Client) dress(r *http.Request, n int) {
	if r.Method == http.MethodPost {
		r.Header.Set("Content-Type", ews.ContentType)
	}
	r.Header.Set("User-Agent", "ewsbench-conform")
	r.Header.Set(ews.HeaderClientRequestID, requestID(c.probe.clause, n))
	for name, values := range c.header {
		r.Header[name] = slices.Clone(values)
	}
	c.probe.record.dressed(n, r)
}

// Expect sends an operation and returns nil if the answer is in the set.
func (c *Client) Expect(ctx context.Context, body ews.Body, e Expectation) error {
	a, err := c.Do(ctx, body)
	return Expect(a, err, e)
}

// Says sends a body that is written out, as Raw does, and returns nil if the answer is in the set.
func (c *Client) Says(ctx context.Context, e Expectation, body string, headers ...string) error {
	a, err := c.Raw(ctx, body, headers...)
	return Expect(a, err, e)
}

// Raw sends a body that is written out, with the prefixes m, t and soap declared, behind the headers that Do would send and those that
// are given beside.
func (c *Client) Raw(ctx context.Context, body string, headers ...string) (*Answer, error) {
	r := ews.Request{Version: c.version, Impersonate: c.sid, Body: Inbox()}
	envelope := string(r.Append(nil))
	open, _, _ := strings.Cut(envelope, "</soap:Header>")
	return c.Post(ctx, []byte(open+strings.Join(headers, "")+"</soap:Header><soap:Body>"+body+"</soap:Body></soap:Envelope>"))
}
