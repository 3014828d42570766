package ews

import "errors"

// Body is one operation's request. Its implementations are the structs of this
// package, used as values: GetFolder{...}, not a pointer to one.
type Body interface {
	// Op returns the operation that is asked for.
	Op() Op
	appendTo(dst []byte) []byte
}

// Request is a SOAP request: who acts, in which schema, and what is asked for.
type Request struct {
	Version     Version       // schema version; empty: DefaultVersion when rendered, none named when parsed
	Impersonate ConnectingSID // zero: the caller acts as itself
	Body        Body
}

// UnknownOp stands for an operation of the EWS schema that this package does
// not implement, so that a server can say so.
type UnknownOp struct{ Name string }

// Op returns the operation's name.
func (u UnknownOp) Op() Op { return Op(u.Name) }

func (u UnknownOp) appendTo(dst []byte) []byte { return dst }

// Append appends the request's envelope to dst.
func (r *Request) Append(dst []byte) []byte { return dst }

// ParseRequest reads a request. The error is a *Fault, ready to be sent.
func ParseRequest(data []byte) (*Request, error) { return nil, errors.New("ews: not yet") }
