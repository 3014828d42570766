package conformance

import (
	"context"
	"errors"
)

// The actions that clauses ask for. Their arguments are in the comments; a control may know others.
const (
	// Throttle puts a policy in force: concurrency, subscriptions, streams, syncs, find_count, restricted_find_count (numbers), burst,
	// recharge, cutoff, max_delay (durations such as "1ms"), and busy, the shape of a refusal: fault, message, inner or page.
	Throttle = "throttle"
	// Move moves a mailbox to another server: mailbox.
	Move = "move"
	// FailOver takes the server of a mailbox out of service, so that its database becomes active elsewhere: mailbox.
	FailOver = "fail-over"
	// GrantRole gives an account the ApplicationImpersonation role: account, and scope, a recipient filter ("" for everybody).
	GrantRole = "grant-role"
	// SendAs and SendOnBehalf let a user send from the address of a mailbox: mailbox, user.
	SendAs       = "send-as"
	SendOnBehalf = "send-on-behalf"
	// Authenticate changes who is let in: policy, one of "ews-disabled", "block-user-agent" (with agent), "conditional-access" (with
	// claim), "bearer-only".
	Authenticate = "authenticate"
)

// Args are an action's arguments.
type Args map[string]any

// Control changes an endpoint while a suite runs.
type Control interface {
	// Can reports whether an action is known.
	Can(action string) bool
	// Do carries an action out, and returns what takes it back.
	Do(ctx context.Context, action string, args Args) (undo func(context.Context) error, err error)
}

// ErrUnsupported is the error of a control for what it cannot do after all. The clause is skipped.
var ErrUnsupported = errors.New("the endpoint's control does not support it")
