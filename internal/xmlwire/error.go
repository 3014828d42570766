package xmlwire

import (
	"fmt"
	"strings"
)

// SyntaxError says where and why a document is not the XML that a Scanner
// takes.
type SyntaxError struct {
	Line, Column int // from 1; columns count bytes
	Msg          string
}

// Error returns line:column: message.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Msg)
}

// Pos returns the line and the column where the current event begins, both
// from 1; columns count bytes.
func (s *Scanner) Pos() (line, column int) { return s.posOf(s.at) }

func (s *Scanner) posOf(i int) (line, column int) {
	before := s.doc[:i]
	return strings.Count(before, "\n") + 1, i - strings.LastIndexByte(before, '\n')
}

// fail ends the scan with an error at the current event.
func (s *Scanner) fail(format string, args ...any) {
	s.set(s.at, fmt.Sprintf(format, args...))
}

// failAt ends the scan with an error at byte i.
func (s *Scanner) failAt(i int, msg string) { s.set(i, msg) }

// set keeps the first error.
func (s *Scanner) set(i int, msg string) {
	if s.err != nil {
		return
	}
	s.empty = false // what failed does not end
	line, column := s.posOf(min(i, len(s.doc)))
	s.err = &SyntaxError{Line: line, Column: column, Msg: msg}
}
