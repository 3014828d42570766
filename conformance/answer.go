package conformance

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"

	"github.com/ewsbench/ewsbench/ews"
)

// Answer is one that came to its end.
type Answer struct {
	Status  int
	Header  http.Header
	Body    []byte
	Outcome ews.Outcome
	// TransferEncoding and ContentLength are the framing, as net/http shows it.
	TransferEncoding []string
	ContentLength    int64
	// Proto is the version of HTTP.
	Proto string

	doc *xmlquery.Node
}

func newAnswer(r *http.Response, body []byte) *Answer {
	return &Answer{
		Status: r.StatusCode, Header: r.Header, Body: body, Outcome: ews.Classify(r.StatusCode, r.Header, body),
		TransferEncoding: r.TransferEncoding, ContentLength: r.ContentLength, Proto: r.Proto,
	}
}

// String says in a few words what came.
func (a *Answer) String() string {
	switch {
	case !a.Outcome.SOAP && len(a.Body) == 0:
		return fmt.Sprintf("HTTP %d without a body", a.Status)
	case !a.Outcome.SOAP:
		return fmt.Sprintf("HTTP %d without a SOAP envelope: %s", a.Status, beginning(a.Body, 80))
	case a.Outcome.Fault != nil:
		return fmt.Sprintf("HTTP %d with the SOAP fault %s", a.Status, a.Outcome.Fault.Code)
	}
	if code := a.Outcome.Code(); code != "" {
		return fmt.Sprintf("HTTP %d with the response code %s", a.Status, code)
	}
	return fmt.Sprintf("HTTP %d with success", a.Status)
}

// Code is the code of the fault or of the first failed message, NoError for a success.
func (a *Answer) Code() ews.Code {
	if a.Outcome.OK() {
		return ews.NoError
	}
	return a.Outcome.Code()
}

// beginning is the first characters of a text, on one line.
func beginning(text []byte, n int) string {
	s := strings.Join(strings.Fields(string(text[:min(len(text), 4*n)])), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "..."
	}
	return s
}

// spaces are the prefixes that paths are written with.
func spaces() map[string]string {
	return map[string]string{
		"s": "http://schemas.xmlsoap.org/soap/envelope/",
		"m": "http://schemas.microsoft.com/exchange/services/2006/messages",
		"t": "http://schemas.microsoft.com/exchange/services/2006/types",
		"e": "http://schemas.microsoft.com/exchange/services/2006/errors",
		"a": "http://schemas.microsoft.com/exchange/2010/Autodiscover",
	}
}

// All finds what an XPath names: the prefixes s, m, t, e and a stand for the namespaces of SOAP, of messages, types and errors, and of
// Autodiscover, whatever the answer calls them. Nothing is found in an answer that is no XML.
func (a *Answer) All(path string) []*xmlquery.Node {
	if a.doc == nil {
		doc, err := xmlquery.Parse(bytes.NewReader(a.Body))
		if err != nil {
			return nil
		}
		a.doc = doc
	}
	expr, err := xpath.CompileWithNS(path, spaces())
	if err != nil {
		panic(fmt.Sprintf("conformance: %s: %v", path, err)) // a mistake of ours
	}
	return xmlquery.QuerySelectorAll(a.doc, expr)
}

// Has reports whether the path finds something.
func (a *Answer) Has(path string) bool { return len(a.All(path)) > 0 }

// Text is the text of the first element that the path finds, "" if there is none.
func (a *Answer) Text(path string) string {
	if found := a.All(path); len(found) > 0 {
		return strings.TrimSpace(found[0].InnerText())
	}
	return ""
}

// Attr is an attribute of the first element that the path finds.
func (a *Answer) Attr(path, name string) string {
	if found := a.All(path); len(found) > 0 {
		return found[0].SelectAttr(name)
	}
	return ""
}

// SetCookie is the cookie of that name that the answer sets, nil if it sets none.
func (a *Answer) SetCookie(name string) *http.Cookie {
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}
