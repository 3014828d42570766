package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// SIDKind is the element of ConnectingSID that names the impersonated account.
type SIDKind string

// The four forms of a ConnectingSID (MS docs: How to identify the account to
// impersonate). PrimarySmtpAddress must be the primary address; SmtpAddress may
// be any proxy address.
const (
	PrincipalName      SIDKind = "PrincipalName"
	SID                SIDKind = "SID"
	PrimarySmtpAddress SIDKind = "PrimarySmtpAddress"
	SmtpAddress        SIDKind = "SmtpAddress"
)

// ConnectingSID is the account that a request acts as, the content of the
// ExchangeImpersonation header (MS docs: ConnectingSID). With an empty Value
// the request impersonates nobody.
type ConnectingSID struct {
	Kind  SIDKind
	Value string
}

// appendTo appends the ExchangeImpersonation header, if there is somebody to
// impersonate.
func (c ConnectingSID) appendTo(dst []byte) []byte {
	if c.Value == "" {
		return dst
	}
	dst = append(dst, "<t:ExchangeImpersonation><t:ConnectingSID><t:"...)
	dst = append(dst, c.Kind...)
	dst = append(dst, '>')
	dst = xmlwire.AppendText(dst, c.Value)
	dst = append(dst, "</t:"...)
	dst = append(dst, c.Kind...)
	return append(dst, "></t:ConnectingSID></t:ExchangeImpersonation>"...)
}

// impersonation reads an ExchangeImpersonation header. That the account exists
// and may be impersonated is for the server to find out.
func (p *parser) impersonation() ConnectingSID {
	var c ConnectingSID
	for depth := p.Depth(); p.child(depth); {
		if !p.Is(typesSpace, "ConnectingSID") {
			p.unexpected()
			return c
		}
		c = p.connectingSID()
	}
	if code := c.check(); code != NoError {
		p.refuse(NewFault(code))
	}
	return c
}

// connectingSID reads the choice of one of the four forms.
func (p *parser) connectingSID() (c ConnectingSID) {
	for depth := p.Depth(); p.child(depth); {
		kind := SIDKind(p.Local())
		if c.Kind != "" || p.Space() != typesSpace || !kind.valid() {
			p.unexpected()
			return c
		}
		c = ConnectingSID{Kind: kind, Value: p.word()}
	}
	return c
}

func (k SIDKind) valid() bool {
	switch k {
	case PrincipalName, SID, PrimarySmtpAddress, SmtpAddress:
		return true
	}
	return false
}

// check returns the code for a value that cannot name anybody.
func (c ConnectingSID) check() Code {
	switch {
	case c.Value == "":
		return ErrorInvalidExchangeImpersonationHeaderData
	case c.Kind == PrincipalName && !isPrincipalName(c.Value):
		return ErrorInvalidUserPrincipalName
	case c.Kind == SID && !isSID(c.Value):
		return ErrorInvalidSid
	}
	return NoError
}

func isPrincipalName(s string) bool {
	user, domain, ok := strings.Cut(s, "@")
	return ok && user != "" && domain != ""
}

// isSID reports whether s is S-1- and numbers that hyphens part.
func isSID(s string) bool {
	rest, ok := strings.CutPrefix(s, "S-1-")
	if !ok || rest == "" {
		return false
	}
	for part := range strings.SplitSeq(rest, "-") {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return true
}
