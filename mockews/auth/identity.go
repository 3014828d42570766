package auth

import (
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// Scheme is a way to prove who one is.
type Scheme byte

// The schemes.
const (
	SchemeNone Scheme = iota
	SchemeBasic
	SchemeBearer
)

// String is the scheme as a header has it.
func (s Scheme) String() string { return [...]string{"none", "Basic", "Bearer"}[s] }

// Identity is who has proved to be calling.
type Identity struct {
	// Principal is the user or account; 0 for an application on its own.
	Principal access.Principal
	Scheme    Scheme
	// AppID is the application of a token, as configured; "" without one.
	AppID string
	// AppOnly says that the application acts on its own, for no user.
	AppOnly bool
	// Roles and Scopes are the permissions that the token carries. Nobody may change them.
	Roles, Scopes []string
}

// Delegated reports whether an application calls for a user.
func (id *Identity) Delegated() bool { return id.Scheme == SchemeBearer && !id.AppOnly }

// FullAccess reports whether an application on its own may act as everybody.
func (id *Identity) FullAccess() bool {
	return id.AppOnly && slices.Contains(id.Roles, FullAccessAsApp)
}

// Request is what a request shows of its sender.
type Request struct {
	// Authorization are the values of that header.
	Authorization []string
	// UserAgent is that header; "" for none.
	UserAgent string
	// Remote is the address of the client's end of the connection, with or without a port, Forwarded the header X-Forwarded-For.
	Remote, Forwarded string
	// Host is what the client calls the server.
	Host string
	// SOAP says that the request is for the service proper: a POST.
	SOAP bool
	// Discovery says that the request is for Autodiscover, which EwsEnabled and the lists of user agents and applications are not about
	// (MS docs: Control access to EWS in Exchange).
	Discovery bool
	// Now is when the request came.
	Now time.Time
}

// Refusal is the answer to a caller who is not let in. It has no body.
type Refusal struct {
	// Status is 401 or 403.
	Status int
	// Header are header fields, with their values. The keys are in the spelling of a real server.
	Header map[string][]string
	// ByBackEnd says that a back end found it out, so that the answer has passed it.
	ByBackEnd bool
}
