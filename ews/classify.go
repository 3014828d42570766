package ews

import (
	"net/http"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Outcome is what became of a request: everything that an HTTP answer says
// about success, whatever its status.
type Outcome struct {
	HTTP       int           // HTTP status
	SOAP       bool          // the body is a whole SOAP envelope
	Op         Op            // the operation that was answered; empty: a fault, or no SOAP
	Fault      *Fault        // the request was refused as a whole
	Messages   []Message     // one for each part of the request
	RetryAfter time.Duration // from the HTTP header of that name; 0: none
}

// OK reports whether the request succeeded in all its parts. An error inside of
// an HTTP 200 is an error; a part that was left out because of a previous error
// has that error beside it.
func (o Outcome) OK() bool {
	return o.HTTP == http.StatusOK && o.SOAP && o.Fault == nil &&
		len(o.Messages) > 0 && o.firstError() == nil
}

// Code returns the code of the fault or of the first failed part; empty if the
// answer names none.
func (o Outcome) Code() Code {
	if o.Fault != nil {
		return o.Fault.Code
	}
	if m := o.firstError(); m != nil {
		return m.Code
	}
	return ""
}

func (o Outcome) firstError() *Message {
	for i := range o.Messages {
		if o.Messages[i].Class == Error {
			return &o.Messages[i]
		}
	}
	return nil
}

// BackOff returns how long the server asks to wait before the next request: the
// longest BackOffMilliseconds of the answer or, without one, its Retry-After; 0
// if it does not ask.
func (o Outcome) BackOff() time.Duration {
	var wait time.Duration
	if o.Fault != nil {
		wait = o.Fault.BackOff
	}
	for i := range o.Messages {
		wait = max(wait, o.Messages[i].BackOff)
	}
	if wait > 0 {
		return wait
	}
	return o.RetryAfter
}

// Classify judges an HTTP answer. It is total: an answer that is no whole SOAP
// envelope (an HTML page, a body that was cut off, none at all) has SOAP false
// and nothing but its status and the wait. The payload is passed over, not
// checked. The outcome keeps no part of body.
func Classify(status int, h http.Header, body []byte) Outcome {
	o := Outcome{HTTP: status, RetryAfter: retryAfter(h)}
	var s xmlwire.Scanner
	s.InitLax(body, spaces)
	whole := o
	if whole.read(&s) {
		whole.SOAP = true
		return whole
	}
	return o
}

// read reads the envelope, and reports whether it is whole.
func (o *Outcome) read(s *xmlwire.Scanner) bool {
	if s.Next() != xmlwire.Start || !s.Is(soapSpace, "Envelope") {
		return false
	}
	answered := false
	for depth := s.Depth(); s.Child(depth); {
		if s.Is(soapSpace, "Body") {
			o.readBody(s)
			answered = true
		}
	}
	return answered && s.Next() == xmlwire.EOF && s.Err() == nil
}

func (o *Outcome) readBody(s *xmlwire.Scanner) {
	for depth := s.Depth(); s.Child(depth); {
		if s.Is(soapSpace, "Fault") {
			o.Fault = readFault(s, o.HTTP)
		} else {
			o.readAnswer(s)
		}
	}
}

// readAnswer reads an m:<Op>Response. Most operations answer with a list of
// messages, some with a single one, GetUserAvailability with one for each person,
// and some are a message themselves: with delegates one that holds others, which
// then are what counts.
func (o *Outcome) readAnswer(s *xmlwire.Scanner) {
	o.Op = answeredOp(s.Local())
	_, single := s.Attr("ResponseClass")
	own := Message{Class: classOf(s)}
	defer func() {
		if single && len(o.Messages) == 0 {
			o.Messages = append(o.Messages, own)
		}
	}()
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "MessageText":
			own.Text = strings.Clone(s.Text())
		case "ResponseCode":
			own.Code = codeOf(s.Text())
		case "MessageXml":
			d := readDetails(s)
			own.BackOff, own.Values = d.backOff, d.values
		case "ResponseMessages":
			for list := s.Depth(); s.Child(list); {
				o.Messages = appendFew(o.Messages, readMessage(s))
			}
		case "ResponseMessage":
			o.Messages = appendFew(o.Messages, readMessage(s))
		case "FreeBusyResponseArray":
			for list := s.Depth(); s.Child(list); {
				o.readPerson(s)
			}
		case "SuggestionsResponse":
			o.readPerson(s)
		}
	}
}

// readPerson reads the message of one of those whom an answer to
// GetUserAvailability is about, or of its suggestions.
func (o *Outcome) readPerson(s *xmlwire.Scanner) {
	for depth := s.Depth(); s.Child(depth); {
		if s.Local() == "ResponseMessage" {
			o.Messages = appendFew(o.Messages, readMessage(s))
		}
	}
}

// answeredOp takes the operation out of the name of its answer, which is that of
// a message with GetPersona.
func answeredOp(local string) Op {
	name := strings.TrimSuffix(strings.TrimSuffix(local, "Message"), "Response")
	for _, op := range operations {
		if string(op) == name {
			return op
		}
	}
	return Op(strings.Clone(name))
}

// retryAfter reads the header of that name: seconds, or a date, which counts
// from the Date of the answer (RFC 9110, section 10.2.3).
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if value == "" {
		return 0
	}
	if seconds := number(value); seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return max(0, until.Sub(now))
}
