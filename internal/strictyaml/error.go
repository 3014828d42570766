package strictyaml

import (
	"fmt"
	"strings"
)

// Pos is a place in a file. Lines and columns count from 1, columns in
// characters; the zero value is an unknown place.
type Pos struct{ Line, Column int }

// before says whether p comes before q in the file.
func (p Pos) before(q Pos) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Column < q.Column
}

// Error is a mistake in a file at its place.
type Error struct {
	File         string // the name that the caller gave, "" for none
	Line, Column int    // from 1; both 0 where no place is known
	Msg          string // what is wrong and, where possible, what to write
}

// Error returns file:line:column: message, as editors and terminals link it.
func (e *Error) Error() string {
	switch {
	case e.Line == 0 && e.File == "":
		return e.Msg
	case e.Line == 0:
		return e.File + ": " + e.Msg
	case e.File == "":
		return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// Errors are the mistakes of one file, at least two, in the file's order.
type Errors []*Error

// Error returns the mistakes one a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first mistake.
func (es Errors) Unwrap() []error {
	errs := make([]error, len(es))
	for i, e := range es {
		errs[i] = e
	}
	return errs
}
