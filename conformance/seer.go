package conformance

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/results"
)

// What a seer keeps: of an answer as much as it reads, of a rule a few requests that broke it.
const (
	answerRead   = 16 << 20
	requestRead  = 64 << 20
	evidenceKept = 3
)

// Seer stands before a server that is not known from within, and judges what clients send by what goes over the wire. It changes
// nothing: whatever comes is handed on as it came, and streams part by part. It is safe for concurrent use.
type Seer struct {
	// Next is the server.
	Next http.Handler
	// Verdict hears of every request that broke a rule, as soon as it was answered. nil: nobody listens.
	Verdict func(op ews.Op, given audit.Verdicts)

	once     sync.Once
	born     time.Time
	auditor  audit.Auditor
	mu       sync.Mutex
	evidence map[audit.ID][]results.Exchange
}

func (s *Seer) begin() {
	s.once.Do(func() {
		s.born, s.evidence = time.Now(), map[audit.ID][]results.Exchange{}
		s.auditor.Situations = true
	})
}

// Blind are the rules that a seer cannot judge: which mailboxes there are is known to the server alone.
func Blind() []audit.ID { return []audit.ID{audit.AnchorUnknown} }

// Sight is what was seen so far. It is complete once no more requests come.
func (s *Seer) Sight() Sight {
	s.begin()
	s.auditor.Finish()
	seen := Sight{Requests: s.auditor.Judged(), Broken: s.auditor.Counts(), Met: s.auditor.Met(), Evidence: s.shown}
	for _, id := range Blind() {
		delete(seen.Broken, id)
		delete(seen.Met, id)
	}
	return seen
}

func (s *Seer) shown(id audit.ID) []results.Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.evidence[id]
}

// ServeHTTP hands a request on and judges it.
func (s *Seer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.begin()
	if r.Method != http.MethodPost {
		s.Next.ServeHTTP(w, r)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, requestRead))
	if err != nil {
		refuse(w, err)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	l := &look{seer: s, request: r, raw: raw, writer: w, came: time.Since(s.born)}
	l.ask()
	defer l.end()
	s.Next.ServeHTTP(l, r)
	l.whole = r.Context().Err() == nil
}

func refuse(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		status = http.StatusRequestEntityTooLarge
	}
	w.WriteHeader(status)
}

// look is one request under way, and the writer of its answer.
type look struct {
	seer    *Seer
	request *http.Request
	raw     []byte
	writer  http.ResponseWriter
	came    time.Duration
	e       audit.Exchange
	status  int
	body    []byte
	judged  bool
	whole   bool // the answer went out to its end
}

// ask notes what is asked for, by whom, for whom.
func (l *look) ask() {
	e := &l.e
	request, err := ews.ParseRequest(l.raw)
	if err != nil {
		request = nil
	}
	if e.Ask(request, l.raw); e.Op == "" {
		return
	}
	e.CarryRouting(l.request.Header)
	e.Carry(l.request)
	e.Caller, e.Mailbox = callerOf(l.request), e.Named.Value
	e.Anchored = anchored(e)
	l.seer.auditor.Arrive(e)
}

// callerOf tells callers apart, without keeping what opens doors.
func callerOf(r *http.Request) string {
	if user, _, ok := r.BasicAuth(); ok {
		return user
	}
	scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return strings.ToLower(scheme)
	}
	sum := sha256.Sum256([]byte(rest))
	return fmt.Sprintf("token %x", sum[:6])
}

// anchored is the mailbox that an anchor leads to, as far as its address says. A SID or a principal name says nothing of addresses, so
// that an anchor beside one is not compared.
func anchored(e *audit.Exchange) string {
	if e.Named.Kind == ews.SID || e.Named.Kind == ews.PrincipalName {
		return ""
	}
	_, address, found := strings.Cut(e.Anchor, ":")
	if !found {
		address = e.Anchor
	}
	return address
}

// Header is that of the answer.
func (l *look) Header() http.Header { return l.writer.Header() }

// WriteHeader notes the status.
func (l *look) WriteHeader(status int) {
	if l.status == 0 && status >= http.StatusOK {
		l.status = status
	}
	l.writer.WriteHeader(status)
}

// Write keeps what it writes, as far as it is looked at.
func (l *look) Write(part []byte) (int, error) {
	if l.status == 0 {
		l.status = http.StatusOK
	}
	stream := l.e.Op == ews.OpGetStreamingEvents
	if stream && len(l.body) > keptOfStream {
		l.body = append(l.body[:0], l.body[len(l.body)-keptOfStream:]...)
	}
	if room := answerRead - len(l.body); room > 0 {
		l.body = append(l.body, part[:min(room, len(part))]...)
	}
	if stream && !l.judged && bytes.Contains(l.body, []byte("Envelope>")) {
		l.judge()
	}
	return l.writer.Write(part)
}

// keptOfStream is how much of a stream's end is kept, in bytes.
const keptOfStream = 8 << 10

// Unwrap lets what flushes and hijacks get to the writer below.
func (l *look) Unwrap() http.ResponseWriter { return l.writer }

// Flush sends what was written at once.
func (l *look) Flush() { _ = http.NewResponseController(l.writer).Flush() }

// end judges what was not judged yet. It is called when the answer is through, or has broken off.
func (l *look) end() {
	if l.e.Op == "" {
		return
	}
	if !l.judged {
		l.judge()
	}
	l.seer.auditor.Ended(&l.e, bytes.Contains(l.body, []byte(">Closed<")))
}

// judge tells the auditor how it ended. A client that is not let in has not come with a request yet.
func (l *look) judge() {
	l.judged = true
	e := &l.e
	if l.status == http.StatusUnauthorized {
		l.seer.auditor.Leave(e)
		e.Op = ""
		return
	}
	body := plainText(l.Header(), l.body)
	e.Came, e.Answered = l.came, time.Since(l.seer.born)
	outcome := ews.Classify(l.status, l.Header(), firstEnvelope(e.Op, body))
	e.Status, e.Code, e.BackOff = l.status, outcome.Code(), outcome.BackOff()
	if e.Code == "" && outcome.OK() {
		e.Code = ews.NoError
	}
	e.Undelivered = !l.whole && e.Op != ews.OpGetStreamingEvents
	e.TellFailure(outcome)
	e.TellText(body)
	e.CookieOffered = offersCookie(l.Header())
	given := l.seer.auditor.Observe(e) &^ audit.VerdictsOf(Blind()...)
	if given != 0 {
		l.seer.keep(given, l, body)
	}
}

// firstEnvelope is that of a stream, all of any other answer.
func firstEnvelope(op ews.Op, body []byte) []byte {
	if end := bytes.Index(body, []byte("Envelope>")); op == ews.OpGetStreamingEvents && end >= 0 {
		return body[:end+len("Envelope>")]
	}
	return body
}

func offersCookie(h http.Header) bool {
	for _, line := range h["Set-Cookie"] {
		if strings.HasPrefix(line, ews.CookieBackEndOverride+"=") {
			return true
		}
	}
	return false
}

// plainText is a body without its compression.
func plainText(h http.Header, body []byte) []byte {
	if !strings.EqualFold(h.Get("Content-Encoding"), "gzip") {
		return body
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil
	}
	text, _ := io.ReadAll(io.LimitReader(z, answerRead)) // as much as there is
	return text
}

// keep keeps the request as evidence for each rule that it broke, and tells who listens.
func (s *Seer) keep(given audit.Verdicts, l *look, body []byte) {
	shown := results.Exchange{
		Request: fmt.Sprintf("%s %s\n%s\n%s", l.request.Method, l.request.URL.Path, headers(l.request.Header), short(l.raw)),
		Answer:  fmt.Sprintf("HTTP %d\n%s\n%s", l.status, headers(l.Header()), short(body)),
		Elapsed: milliseconds(l.e.Answered - l.e.Came),
	}
	s.mu.Lock()
	for _, id := range given.IDs() {
		if len(s.evidence[id]) < evidenceKept {
			s.evidence[id] = append(s.evidence[id], shown)
		}
	}
	s.mu.Unlock()
	if s.Verdict != nil {
		s.Verdict(l.e.Op, given)
	}
}
