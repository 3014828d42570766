package fault

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Match says which calls a rule is about. Everything that is given must fit; the zero value fits every call.
type Match struct {
	// Op is the operation.
	Op ews.Op `yaml:"operation"`
	// Caller is the address of the authenticated account, or the id of an application that calls on its own; Mailbox is the address of
	// whom the call acts for.
	Caller  string `yaml:"caller"`
	Mailbox string `yaml:"mailbox"`
	// Anchor is how X-AnchorMailbox compares with that mailbox.
	Anchor Anchor `yaml:"anchor"`
	// BackEnd is the short name of a back end that the call needs: the one that the front end chose or the one that holds
	// the mailbox.
	BackEnd string `yaml:"back_end"`
	// After and Until bound the time window, since the start of the server. Until is not part of it; zero: no end.
	After time.Duration `yaml:"after"`
	Until time.Duration `yaml:"until"`
	// Nth is one call by its number among those that fit in all the rest, First are the first so many, and Every is every
	// so manieth. At most one of the three. Calls with another state of the anchor are counted by themselves, so that
	// the nth call is hit in each arm of a measurement.
	Nth   uint64 `yaml:"nth"`
	First uint64 `yaml:"first"`
	Every uint64 `yaml:"every"`
}

// Anchor is how X-AnchorMailbox compares with the mailbox for which the call acts.
type Anchor string

const (
	// AnchorCorrect names that mailbox.
	AnchorCorrect Anchor = "correct"
	// AnchorWrong names another one.
	AnchorWrong Anchor = "wrong"
	// AnchorMissing is a call without the header.
	AnchorMissing Anchor = "missing"
	// AnchorUnknown names nobody.
	AnchorUnknown Anchor = "unknown"
)

// fits reports whether a call fits in everything but its number.
func (m *Match) fits(c *Call, since time.Duration) bool {
	return (m.Op == "" || m.Op == c.Op) &&
		(m.Caller == "" || strings.EqualFold(m.Caller, c.Caller)) &&
		(m.Mailbox == "" || strings.EqualFold(m.Mailbox, c.Mailbox)) &&
		(m.Anchor == "" || m.Anchor == c.Anchor) &&
		(m.BackEnd == "" || c.needs(m.BackEnd)) &&
		since >= m.After && (m.Until == 0 || since < m.Until)
}

// counts reports whether the match asks for the number of a call.
func (m *Match) counts() bool { return m.Nth != 0 || m.First != 0 || m.Every != 0 }

// picks reports whether the call of that number, counted from 1, is one that the match is about.
func (m *Match) picks(number uint64) bool {
	switch {
	case m.Nth != 0:
		return number == m.Nth
	case m.First != 0:
		return number <= m.First
	}
	return number%m.Every == 0
}
