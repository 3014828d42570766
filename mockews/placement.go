package mockews

import (
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/mockews/route"
)

// MoveMailbox moves a mailbox to another database, named by its name or its GUID. It takes as long as the topology says;
// requests for it are answered with ErrorMailboxMoveInProgress meanwhile.
func (s *Server) MoveMailbox(address, database string) error {
	p, _ := s.org.Find(address)
	if err := s.org.Move(p, database, time.Now(), s.org.Topology().Moves.Takes); err != nil {
		return fmt.Errorf("mockews: move %s: %w", address, err)
	}
	return nil
}

// MoveDatabase makes a database active on another back end, as a fail-over does. Its calls go there from now on; those
// under way end where they are.
func (s *Server) MoveDatabase(database, backEnd string) error {
	if err := s.org.Activate(database, backEnd, time.Now()); err != nil {
		return fmt.Errorf("mockews: move database: %w", err)
	}
	s.hub.Miss(func(p route.Principal) bool {
		d, ok := s.org.DatabaseOf(p)
		return ok && (d.Name == database || d.GUID == database)
	})
	return nil
}

// SetBackEnd takes a back end out of service, so that its databases fail over to others, or puts it back.
func (s *Server) SetBackEnd(name string, up bool) error {
	if err := s.org.SetUp(name, up, time.Now()); err != nil {
		return fmt.Errorf("mockews: back end: %w", err)
	}
	if i, ok := s.org.FindBackEnd(name); ok && !up {
		s.hub.Lose(i)
	}
	return nil
}

// Databases are the databases, and where each is active.
func (s *Server) Databases() []route.Database { return s.org.Databases() }
