package conformance

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// Saboteur is a defect that a server can be given: something that it lets pass, or answers wrongly. It stands between the server and its
// clients, and knows no clause: what it changes, it changes for whoever sends what it looks for.
type Saboteur struct {
	// Defect says what is wrong, in a few words.
	Defect string
	// Request changes a request before the server sees it; nil leaves all as they are.
	Request func(*Received)
	// Answer changes an answer before the client sees it; nil leaves all as they are. Of a stream it gets each part that the server
	// flushes.
	Answer func(*Received, *Sent)
	// Also are other clauses that fail under the defect.
	Also []string
}

func (s *Saboteur) works() bool { return s.Defect != "" && (s.Request != nil || s.Answer != nil) }

// Received is a request on its way to the server.
type Received struct {
	*http.Request
	Body []byte
	// EWS is the request if it is one that can be read, nil otherwise.
	EWS *ews.Request

	unknownLength bool // it came without a Content-Length
}

// Op is the operation, "" if the request is none that can be read.
func (r *Received) Op() ews.Op {
	if r.EWS == nil {
		return ""
	}
	return r.EWS.Body.Op()
}

// Caller is the user of Basic authentication.
func (r *Received) Caller() string {
	user, _, _ := r.BasicAuth()
	return user
}

// Impersonates reports whether the request acts for somebody.
func (r *Received) Impersonates() bool { return r.EWS != nil && r.EWS.Impersonate.Value != "" }

// Anchor is X-AnchorMailbox.
func (r *Received) Anchor() string { return r.Header.Get(ews.HeaderAnchorMailbox) }

// Pretend makes the server believe that somebody else is calling, with the password that all accounts of a mock have.
func (r *Received) Pretend(user string) {
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user+":ewsbench")))
}

// Replace puts one text in the place of another, all over the body.
func (r *Received) Replace(old, new string) {
	r.Body = bytes.ReplaceAll(r.Body, []byte(old), []byte(new))
}

// Sent is an answer on its way to the client, or a part of a stream.
type Sent struct {
	Status int
	Header http.Header
	Body   []byte
	// Part says that this is a part of a stream: its status and header have gone already unless it is the first.
	Part bool
}

// Replace puts one text in the place of another, all over the body.
func (s *Sent) Replace(old, new string) {
	s.Body = bytes.ReplaceAll(s.Body, []byte(old), []byte(new))
}

// Cut takes away what stands from one text to another, both included, wherever it does.
func (s *Sent) Cut(from, to string) {
	for at := 0; ; {
		i := bytes.Index(s.Body[at:], []byte(from))
		if i < 0 {
			return
		}
		i += at
		j := bytes.Index(s.Body[i+len(from):], []byte(to))
		if j < 0 {
			return
		}
		s.Body = append(bytes.Clone(s.Body[:i]), s.Body[i+len(from)+j+len(to):]...)
		at = i
	}
}

// Has reports whether the body holds a text.
func (s *Sent) Has(text string) bool { return bytes.Contains(s.Body, []byte(text)) }

// Refuse puts a fault in place of the answer.
func (s *Sent) Refuse(code ews.Code) {
	s.Status, s.Body = http.StatusInternalServerError, ews.NewFault(code).Append(nil)
	s.Header.Set("Content-Type", ews.ContentType)
}

// Wrap gives a server the defect.
func (s Saboteur) Wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r := &Received{Request: q.Clone(q.Context()), unknownLength: q.ContentLength < 0}
		r.Body, _ = io.ReadAll(q.Body)
		r.EWS, _ = ews.ParseRequest(r.Body)
		if s.Request != nil {
			s.Request(r)
		}
		r.Request.Body = io.NopCloser(bytes.NewReader(r.Body))
		r.ContentLength = int64(len(r.Body))
		out := &tampered{ResponseWriter: w, saboteur: s, request: r, header: http.Header{}, status: http.StatusOK}
		h.ServeHTTP(out, r.Request)
		out.finish()
	})
}

// tampered holds an answer back until it is whole, or flushed.
type tampered struct {
	http.ResponseWriter
	saboteur Saboteur
	request  *Received
	header   http.Header
	status   int
	body     bytes.Buffer
	flushed  bool
}

func (t *tampered) Header() http.Header { return t.header }

func (t *tampered) WriteHeader(status int) { t.status = status }

func (t *tampered) Write(p []byte) (int, error) { return t.body.Write(p) }

// Unwrap lets the server set deadlines.
func (t *tampered) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// Flush sends what there is: the answer is a stream.
func (t *tampered) Flush() { _ = t.FlushError() }

// FlushError is Flush for http.ResponseController.
func (t *tampered) FlushError() error {
	part := t.flushed
	t.flushed = true
	t.send(part, true)
	return http.NewResponseController(t.ResponseWriter).Flush()
}

func (t *tampered) finish() {
	if !t.flushed || t.body.Len() > 0 {
		t.send(t.flushed, t.flushed)
	}
}

// send lets the saboteur at the answer, or at a part of it. gone says that the header has been sent already.
func (t *tampered) send(gone, part bool) {
	s := &Sent{Status: t.status, Header: http.Header{}, Body: bytes.Clone(t.body.Bytes()), Part: part}
	for name, values := range t.header {
		s.Header[http.CanonicalHeaderKey(name)] = values
	}
	t.body.Reset()
	if t.saboteur.Answer != nil {
		t.saboteur.Answer(t.request, s)
	}
	if !gone {
		t.head(s, part)
	}
	_, _ = t.ResponseWriter.Write(s.Body)
}

// head sends the header, with a length that is right again.
func (t *tampered) head(s *Sent, part bool) {
	h := t.ResponseWriter.Header()
	maps.Copy(h, s.Header)
	if h.Get("Content-Length") != "" && !part {
		h.Set("Content-Length", strconv.Itoa(len(s.Body)))
	}
	t.ResponseWriter.WriteHeader(s.Status)
}

// Sabotage finds the defect of a clause.
func Sabotage(id string) (Saboteur, error) {
	for _, c := range Server() {
		if c.ID == id {
			return c.Saboteur, nil
		}
	}
	return Saboteur{}, fmt.Errorf("no clause is called %q", strings.TrimSpace(id))
}
