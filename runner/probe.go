package runner

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// Reasons for which a target is no target. Errors of [Probe] are *ProbeError and
// wrap one of them.
var (
	ErrUnreachable  = errors.New("target not reached")
	ErrUnauthorized = errors.New("credentials refused")
	ErrNotSOAP      = errors.New("answer is not SOAP")
	// ErrNoGroups is of a run with notifications alone that is to form its groups by
	// Autodiscover: [Run] returns it too.
	ErrNoGroups = errors.New("no groups by Autodiscover")
)

// ProbeError says which arm's target failed its probe, how, and what to try.
type ProbeError struct {
	Arm    string
	URL    string
	Reason error  // ErrUnreachable, ErrUnauthorized, ErrNotSOAP or ErrNoGroups
	Detail string // what was seen
	Hint   string // what to try
}

// Error implements error. The hint is not part of it.
func (e *ProbeError) Error() string {
	return fmt.Sprintf("arm %s: %s: %v: %s", e.Arm, e.URL, e.Reason, e.Detail)
}

// Unwrap returns the reason.
func (e *ProbeError) Unwrap() error { return e.Reason }

// probeID is the client-request-id of probes: that of no call.
const probeID = "00000000-0000-4000-8000-000000000000"

// Probe sends one request for each arm, as that arm would, and returns the first
// error met: a target that cannot be reached, refuses the credentials, or does
// not speak SOAP. It asks for the inbox of the plan's first mailbox, so that it
// changes nothing. A SOAP fault passes, and so does an HTTP 500 or 503 without
// one: a server that is busy or at odds with itself is what a run is for.
func Probe(ctx context.Context, e Experiment) error {
	e, err := e.Normalized()
	if err != nil {
		return err
	}
	for _, arm := range e.Arms {
		s, err := newSender(ctx, e, arm, clock{time.Now()})
		if err != nil {
			return err
		}
		err = s.probe(ctx)
		s.close()
		if err != nil {
			return err
		}
		if err := e.probeGuide(ctx, arm); err != nil {
			return err
		}
	}
	return nil
}

// probeGuide asks Autodiscover about the first mailbox, if groups are to be formed by
// it alone. That it does not know that one passes.
func (e Experiment) probeGuide(ctx context.Context, arm Arm) error {
	if e.Notify == nil || e.Notify.Groups != scenarios.GroupsAutodiscover {
		return nil
	}
	guide, err := newGuide(ctx, e, arm, clock{time.Now()})
	if err != nil {
		return err
	}
	defer guide.close()
	_, whole := guide.consult(e.Plan.Mailboxes()[:1], askWay, new(results.Sample))
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case whole != (lack{}):
		return &ProbeError{Arm: arm.Name, URL: guide.where(), Reason: ErrNoGroups, Detail: whole.String(), Hint: whole.try()}
	}
	return nil
}

func (s *sender) probe(ctx context.Context) error {
	l := s.lanes.enter()
	defer s.lanes.leave(l)
	call := s.plan.At(0)
	message := ews.Request{
		Version:     s.version,
		Impersonate: ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: call.Mailbox},
		Body:        ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "inbox"}}},
	}
	l.envelope, l.id = message.Append(l.envelope[:0]), append(l.id[:0], probeID...)
	err := s.exchange(s.request(call, l), call.Mailbox, l)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return s.unreached(err, l.timedOut())
	default:
		return s.assess(l)
	}
}

// unreached makes the error of a probe that got no answer.
func (s *sender) unreached(err error, timedOut bool) error {
	_, code := judgeError(err, timedOut)
	return s.failed(ErrUnreachable, err.Error(), reachHint(code))
}

// reachHint says what to try when there was no answer.
func reachHint(code string) string {
	switch code {
	case codeRefused:
		return "nothing listens there: check host and port, or start the server"
	case codeDNS:
		return "check the spelling of the host"
	case codeTLS:
		return "check the scheme, and name the server's CA certificates with --ca-file"
	case results.CodeTimeout:
		return "check host, port and firewall, or allow more time with --timeout"
	default:
		return "check the URL and that the server is up"
	}
}

// assess judges the answer to a probe.
func (s *sender) assess(l *lane) error {
	if ews.Classify(l.status, l.header, l.answer).SOAP {
		return nil
	}
	detail := fmt.Sprintf("HTTP %d, %s", l.status, describe(l.header, l.answer))
	switch l.status {
	case http.StatusInternalServerError, http.StatusServiceUnavailable:
		return nil
	case http.StatusUnauthorized:
		return s.failed(ErrUnauthorized, detail, "check user and password, and that the server allows this way to sign in")
	case http.StatusForbidden:
		return s.failed(ErrUnauthorized, detail, "the account may not use this endpoint: check its access to EWS")
	case http.StatusNotFound:
		return s.failed(ErrNotSOAP, detail, "the path of EWS is /EWS/Exchange.asmx: check the URL")
	default:
		return s.failed(ErrNotSOAP, detail, "the URL is not that of EWS, which ends in /EWS/Exchange.asmx, or something in between answers")
	}
}

func (s *sender) failed(reason error, detail, hint string) error {
	return &ProbeError{Arm: s.name, URL: s.blank.URL.Redacted(), Reason: reason, Detail: detail, Hint: hint}
}

// describe shows what kind of answer a body is, on one line.
func describe(header http.Header, body []byte) string {
	kind := header.Get("Content-Type")
	if kind == "" {
		kind = "no content type"
	}
	const shown = 60
	start := strings.Join(strings.Fields(string(body[:min(len(body), 4*shown)])), " ")
	if start == "" {
		return kind + ", empty"
	}
	return fmt.Sprintf("%s, %q", kind, strings.ToValidUTF8(start[:min(len(start), shown)], ""))
}
