package ews

import (
	"net/http"
	"time"
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

// OK reports whether the request succeeded in all its parts.
func (o Outcome) OK() bool { return false }

// Code returns the code of the fault or of the first failed part.
func (o Outcome) Code() Code { return "" }

// BackOff returns how long the server asks to wait before the next request; 0
// if it does not ask.
func (o Outcome) BackOff() time.Duration { return 0 }

// Classify judges an HTTP answer.
func Classify(status int, h http.Header, body []byte) Outcome { return Outcome{HTTP: status} }
