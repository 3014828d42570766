package mockews

import (
	"fmt"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

// Requirement is what a test wants of the requests that a server has had. What is not met ends the test, with a request
// that did not meet it. A requirement that no request could have failed is not met either.
type Requirement struct {
	tb      TB
	server  *Server
	entries []Entry
	what    string // "" for all requests, else which
}

// Require begins a requirement of all requests so far:
//
//	mx.Require(t).NoVerdict(audit.AnchorMissing)
//	mx.Require(t).Sent(ews.OpFindItem).WithAnchor()
func (s *Server) Require(tb TB) *Requirement {
	return &Requirement{tb: tb, server: s, entries: s.Journal()}
}

// Sent wants at least one request for the operation, and narrows what follows to those that the journal still holds.
func (r *Requirement) Sent(op ews.Op) *Requirement {
	r.tb.Helper()
	narrow := &Requirement{tb: r.tb, server: r.server, what: " " + string(op)}
	for _, e := range r.entries {
		if e.Op == op {
			narrow.entries = append(narrow.entries, e)
		}
	}
	if len(narrow.entries) == 0 {
		r.tb.Fatalf("mockews: no %s was sent, among %d requests", op, len(r.entries))
	}
	return narrow
}

// Times wants exactly so many requests.
func (r *Requirement) Times(n int) *Requirement {
	r.tb.Helper()
	if len(r.entries) != n {
		r.tb.Fatalf("mockews: %d%s requests were sent, want %d", len(r.entries), r.what, n)
	}
	return r
}

// WithAnchor wants that each request that impersonates somebody names that very mailbox in X-AnchorMailbox.
func (r *Requirement) WithAnchor() *Requirement {
	r.tb.Helper()
	return r.NoVerdict(audit.AnchorMissing, audit.AnchorMismatch, audit.AnchorUnknown)
}

// NoVerdict wants that no request broke one of these rules; without ids, any rule. All requests since the server was
// built count, also those that the journal has dropped; after Sent those that it holds.
func (r *Requirement) NoVerdict(ids ...audit.ID) *Requirement {
	r.tb.Helper()
	if len(ids) == 0 {
		ids = audit.IDs()
	}
	if r.judged() == 0 {
		r.tb.Fatalf("mockews: no%s request was judged: nothing was sent, or the server is one without audit", r.what)
		return r
	}
	for _, id := range ids {
		rule, ok := audit.Find(id)
		if !ok {
			r.tb.Fatalf("mockews: no verdict is called %q; there are %s", id, audit.VerdictsOf(audit.IDs()...))
		} else if n := r.count(id); n > 0 {
			r.tb.Fatalf("mockews: %s in %d%s requests%s: %s", id, n, r.what, r.example(id), rule.Advice)
		}
	}
	return r
}

// judged is how many requests the requirement is about.
func (r *Requirement) judged() uint64 {
	if r.what == "" || r.server.auditor.Load() == nil {
		return r.server.Judged()
	}
	return uint64(len(r.entries))
}

func (r *Requirement) count(id audit.ID) (n uint64) {
	if r.what == "" {
		return r.server.Verdicts()[id]
	}
	for i := range r.entries {
		if r.entries[i].Verdicts.Has(id) {
			n++
		}
	}
	return n
}

// example tells of the first request that broke the rule, if the journal still holds it.
func (r *Requirement) example(id audit.ID) string {
	for _, e := range r.entries {
		if e.Verdicts.Has(id) {
			return fmt.Sprintf(", such as a %s at %s of %s for %s (anchor %q, client-request-id %q)", e.Op, e.Arrived, e.Caller, e.Target, e.Anchor, e.ID)
		}
	}
	return ""
}
