package conformance

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
)

// DefaultLimit is how long a clause may take.
const DefaultLimit = 10 * time.Second

// Suite asks an endpoint about clauses, one after the other.
type Suite struct {
	World   World
	Clauses []Clause
	// Limit is how long one clause may take, its clean-up as long again. Zero: DefaultLimit.
	Limit time.Duration
	// Pause is the least time between two requests. Zero: none. Servers that others work with want to be asked gently.
	Pause time.Duration
	// Known are failures that are known. The zero value knows none.
	Known Known
	// Found hears of each finding as it is made. nil: nobody listens.
	Found func(results.Finding)
}

// Meet asks the endpoint what it is. An error says that it cannot be asked at all: not reached, not let in, or no EWS.
func (s *Suite) Meet(ctx context.Context) (Identity, error) {
	ctx, cancel := context.WithTimeout(ctx, s.limit())
	defer cancel()
	p := s.probe("meet", Identity{})
	if why := s.World.missing([]Need{NeedAccount(Service), NeedMailboxes(1)}); why != "" {
		return Identity{}, errors.New(why)
	}
	a, err := p.Service(p.Mailbox(0)).Do(ctx, Inbox())
	switch {
	case err != nil:
		return Identity{}, err
	case a.Status == 401:
		return Identity{}, errors.New("the server does not let the service account in: HTTP 401")
	case !a.Outcome.SOAP:
		return Identity{}, fmt.Errorf("the answer is no SOAP envelope: %s", a)
	}
	return identify(a), nil
}

// Run asks about every clause and returns what it found, in the order of the clauses.
func (s *Suite) Run(ctx context.Context, server Identity) results.Conformity {
	began := time.Now()
	c := results.Conformity{
		Schema: 1, Scope: string(OfServer), Target: s.World.URL, Started: began.UTC().Format(time.RFC3339),
		Product: string(server.Product), Version: versionOf(server.Version),
	}
	for i := range s.Clauses {
		if ctx.Err() != nil {
			break
		}
		f := s.Known.apply(s.ask(ctx, &s.Clauses[i], server))
		c.Findings = append(c.Findings, f)
		if s.Found != nil {
			s.Found(f)
		}
	}
	c.Elapsed = milliseconds(time.Since(began))
	c.Problems = s.Known.problems(c.Findings)
	return c
}

func (s *Suite) limit() time.Duration {
	if s.Limit > 0 {
		return s.Limit
	}
	return DefaultLimit
}

func (s *Suite) probe(clause string, server Identity) *Probe {
	return &Probe{World: &s.World, Server: server, clause: clause, pace: pacer(s.Pause)}
}

// ask makes a finding of one clause.
func (s *Suite) ask(ctx context.Context, c *Clause, server Identity) results.Finding {
	f := results.Finding{Clause: c.ID, Level: string(c.Level), Rule: c.Rule, Source: c.Source}
	if !c.concerns(server.Product) {
		f.Status, f.Reason = results.Skip, fmt.Sprintf("is not about %s", server.Product)
		return f
	}
	if why := s.World.missing(c.Needs); why != "" {
		f.Status, f.Reason = results.Skip, why
		return f
	}
	began := time.Now()
	p := s.probe(c.ID, server)
	limited, cancel := context.WithTimeout(ctx, s.limit())
	defer cancel()
	err := c.Check(limited, p)
	if limited.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("no end within %s: %w", s.limit(), context.DeadlineExceeded)
	}
	judge(&f, err)
	if err := p.cleanUp(ctx, s.limit()); err != nil && f.Status != results.Fail {
		f.Status, f.Reason = results.Errored, "what the clause made could not be taken away: "+err.Error()
	}
	f.Elapsed = milliseconds(time.Since(began))
	if f.Status == results.Fail || f.Status == results.Errored {
		f.Exchanges = p.exchanges()
	}
	return f
}

// judge turns the end of a check into a status.
func judge(f *results.Finding, err error) {
	var mismatch *Mismatch
	var skip *skipped
	switch {
	case err == nil:
		f.Status = results.Pass
	case errors.As(err, &mismatch):
		f.Status, f.Expected, f.Actual = results.Fail, mismatch.Expected, mismatch.Actual
	case errors.As(err, &skip):
		f.Status, f.Reason = results.Skip, skip.reason
	default:
		f.Status, f.Reason = results.Errored, err.Error()
	}
}

// pacer lets requests go at least so far apart.
func pacer(pause time.Duration) func(context.Context) error {
	var mu sync.Mutex
	var next time.Time
	return func(ctx context.Context) error {
		mu.Lock()
		wait := time.Until(next)
		next = time.Now().Add(max(wait, 0) + pause)
		mu.Unlock()
		if wait <= 0 || pause == 0 {
			return nil
		}
		select {
		case <-time.After(wait):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Inbox asks for the inbox of whoever asks.
func Inbox() ews.GetFolder {
	return ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{{Distinguished: "inbox"}}}
}
