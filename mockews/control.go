package mockews

import (
	"time"

	"github.com/ewsbench/ewsbench/ews/audit"
)

// Reset puts everything back to the start, while calls go on: journal, verdicts, faults, accounts, grants, policies, places,
// budgets, caches, and what clients have changed. Calls under way end as they would have.
func (s *Server) Reset() {
	s.guard.Reset()
	s.auth.Reset()
	s.org.ResetAccounts()
	s.org.ResetPlacement()
	s.engine.Forget()
	s.governor.Reset()
	s.faults.Reset(s.org.Topology().Faults, time.Now())
	s.store.Reset()
	s.hub.Reset()
	s.repeats.reset()
	if a := s.auditor.Load(); a != nil {
		s.auditor.Store(&audit.Auditor{Situations: a.Situations})
	}
	s.journal.clear()
}

// ClearJournal forgets all requests that were noted, and no verdict.
func (s *Server) ClearJournal() { s.journal.clear() }

// JournalSince are the requests from the nth on, counted since the server was built, and the number of the next one. The journal
// holds the last 16384: those before are left out.
func (s *Server) JournalSince(n uint64) (entries []Entry, next uint64) { return s.journal.since(n) }

// Observe has f hear of every request as it is noted, with Arrived since the server was built; nil ends that. It is called amid
// calls, from many goroutines, and must not take long.
func (s *Server) Observe(f func(*Entry)) {
	if f == nil {
		s.observer.Store(nil)
		return
	}
	s.observer.Store(&f)
}

func (r *repeats) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts = nil
}
