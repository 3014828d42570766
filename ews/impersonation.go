package ews

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
