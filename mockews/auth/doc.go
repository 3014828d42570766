// Package auth finds out who is calling, and whether a policy keeps the caller out.
//
// A [Gatekeeper] reads what a request shows of its sender: a name and a password, or a token. It plays both sides of a token:
// it issues them, as Microsoft Entra ID does, and it verifies them, as Exchange does. What it decides by is a [Config], which
// may change while it is asked. Time is handed in.
//
// Nothing of what callers show, and no secret of the configuration, is part of an error or of an answer.
package auth
