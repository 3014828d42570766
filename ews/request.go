package ews

import (
	"errors"
	"sync"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

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
	// Zone is the time zone in which the client is, nil if it does not say (MS docs: TimeZoneContext). It is read, not written.
	Zone *TimeZoneDefinition
	Body Body
}

const requestOpen = declaration +
	`<soap:Envelope xmlns:soap="` + soapURI + `" xmlns:m="` + messagesURI + `" xmlns:t="` + typesURI + `">` +
	`<soap:Header><t:RequestServerVersion`

// Append appends the request's envelope to dst and returns it. It allocates
// nothing if dst has the room.
func (r *Request) Append(dst []byte) []byte {
	version := r.Version
	if version == "" {
		version = DefaultVersion
	}
	dst = append(dst, requestOpen...)
	dst = appendAttr(dst, "Version", string(version))
	dst = append(dst, "/>"...)
	dst = r.Impersonate.appendTo(dst)
	dst = append(dst, "</soap:Header><soap:Body>"...)
	dst = r.Body.appendTo(dst)
	return append(dst, "</soap:Body></soap:Envelope>"...)
}

// ParseRequest reads a request as a server does: any prefixes, headers in any
// order, unknown ones passed over. Parts of an operation that its struct does
// not hold are passed over too, as long as the schema knows them.
//
// The error is a *Fault, ready to be sent. XML that is not well formed gets
// ErrorSchemaValidation; what a real server says to it has no public source.
// The strings of the request are parts of one copy of data.
func ParseRequest(data []byte) (*Request, error) {
	p := parsers.Get().(*parser)
	defer release(p)
	p.Init(string(data), spaces)
	r := p.request()
	if p.refusal() == nil {
		p.drain()
	}
	if err := p.Err(); err != nil {
		return nil, malformedFault(err)
	}
	if fault := p.refusal(); fault != nil {
		return nil, fault
	}
	return r, nil
}

// parsers are kept because one is large, and reading a struct with tags would
// put each on the heap.
var parsers = sync.Pool{New: func() any { return new(parser) }}

// release keeps a parser, but nothing of what it has read.
func release(p *parser) {
	p.Forget()
	p.fault = nil
	parsers.Put(p)
}

// malformedFault is the refusal of what is no XML.
func malformedFault(err error) *Fault {
	var syntax *xmlwire.SyntaxError
	if !errors.As(err, &syntax) {
		return violationFault(1, 1, err.Error())
	}
	return violationFault(syntax.Line, syntax.Column, syntax.Msg)
}

// request reads the envelope.
func (p *parser) request() *Request {
	r := &Request{}
	if p.Next() != xmlwire.Start || !p.Is(soapSpace, "Envelope") {
		p.refuse(NewFault(ErrorInvalidRequest))
		return r
	}
	for depth := p.Depth(); p.child(depth); {
		switch {
		case p.Is(soapSpace, "Header"):
			p.header(r)
		case p.Is(soapSpace, "Body") && r.Body == nil:
			r.Body = p.body()
		}
	}
	if r.Body == nil {
		p.refuse(NewFault(ErrorInvalidRequest))
	}
	return r
}

// header reads the SOAP headers. A request may say in one way only whom it acts
// as.
func (p *parser) header(r *Request) {
	modes := 0
	for depth := p.Depth(); p.child(depth); {
		if p.Space() != typesSpace {
			continue
		}
		switch p.Local() {
		case "RequestServerVersion":
			r.Version = p.version()
		case "ExchangeImpersonation":
			if modes++; modes == 1 {
				r.Impersonate = p.impersonation()
			}
		case "TimeZoneContext":
			var zone timeZoneContext
			schema.Read(&p.Reader, &zone)
			r.Zone = zone.Definition
		case "SerializedSecurityContext", "OpenAsAdminOrSystemService":
			modes++
		}
		if modes > 1 {
			p.refuse(NewFault(ErrorMoreThanOneAccessModeSpecified))
		}
	}
}

// body reads the operation. A body without one is no request.
func (p *parser) body() Body {
	if !p.child(p.Depth()) {
		return nil
	}
	return p.operation()
}
