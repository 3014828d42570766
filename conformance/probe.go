package conformance

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
)

// Probe is what a check asks with: clients of the endpoint, and what it did with them. It belongs to one clause and is not safe for
// concurrent use but where its methods say so.
type Probe struct {
	World *World
	// Server is what the endpoint says it is.
	Server Identity

	clause    string
	pace      func(context.Context) error
	record    recorder
	undo      []func(context.Context) error
	undoFails []error
}

// Identity is what a server says it is.
type Identity struct {
	Product Product
	Version ews.ServerVersion
}

// Mailbox is the nth mailbox of the world, counted from 0. The clause must need so many.
func (p *Probe) Mailbox(n int) string { return p.World.Mailboxes[n] }

// As is a client of the account with that role, which impersonates nobody and names no anchor. The clause must need the account.
func (p *Probe) As(r Role) *Client { return p.client(p.World.Accounts[r]) }

// Service is the service account's client for a mailbox: it impersonates by PrimarySmtpAddress, with the anchor.
func (p *Probe) Service(mailbox string) *Client { return p.As(Service).For(mailbox) }

// Anonymous is a client without credentials.
func (p *Probe) Anonymous() *Client { return p.client(Account{Transport: p.World.Anonymous}) }

// Later lets something be done after the check, whatever becomes of it: what the clause made is taken away again. The last comes
// first.
func (p *Probe) Later(undo func(context.Context) error) { p.undo = append(p.undo, undo) }

// Do changes the endpoint for the time of the check.
func (p *Probe) Do(ctx context.Context, action string, args Args) error {
	undo, err := p.World.Control.Do(ctx, action, args)
	switch {
	case errors.Is(err, ErrUnsupported):
		return Skip("%s: %v", action, err)
	case err != nil:
		return fmt.Errorf("%s: %w", action, err)
	}
	if undo != nil {
		p.Later(undo)
	}
	return nil
}

// cleanUp undoes what the check did, with a limit of its own.
func (p *Probe) cleanUp(ctx context.Context, limit time.Duration) error {
	if len(p.undo) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	for _, undo := range slices.Backward(p.undo) {
		if err := undo(ctx); err != nil {
			p.undoFails = append(p.undoFails, err)
		}
	}
	return errors.Join(p.undoFails...)
}

// requestID is a UUID made of the clause and the number of its request: the same in every run.
func requestID(clause string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", clause, n))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // RFC 9562, section 5.8
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// exchanges are what went over the wire.
func (p *Probe) exchanges() []results.Exchange { return p.record.all() }
