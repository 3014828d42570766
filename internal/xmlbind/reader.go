package xmlbind

import (
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Violation says where and how a document breaks its schema. Line and Column count from 1, columns in bytes.
type Violation struct {
	Line, Column int
	Text         string
}

// Reader reads a document. It keeps the first violation, after which Child finds no more children, so that those who read
// need no error paths.
type Reader struct {
	xmlwire.Scanner
	violation *Violation
}

// Violation is how the document breaks its schema, nil if it does not.
func (r *Reader) Violation() *Violation { return r.violation }

// Forget makes the reader ready for another Init. It holds on to nothing that it has read.
func (r *Reader) Forget() {
	r.Scanner.Forget()
	r.violation = nil
}

// Child is [xmlwire.Scanner.Child] up to the first violation.
func (r *Reader) Child(depth int) bool { return r.violation == nil && r.Scanner.Child(depth) }

// Name is the local name of the current element, nothing if its namespace is none that the scanner was made with.
func (r *Reader) Name() string {
	if r.Space() <= xmlwire.NoSpace {
		return ""
	}
	return r.Local()
}

// Word is the text of the current element without white space around it.
func (r *Reader) Word() string { return strings.TrimSpace(r.Text()) }

// Violate refuses the document because of the current element.
func (r *Reader) Violate(format string, args ...any) {
	if r.violation != nil {
		return
	}
	line, column := r.Pos()
	r.violation = &Violation{Line: line, Column: column, Text: fmt.Sprintf(format, args...)}
}

// Unexpected refuses the current element, whose parent does not permit it.
func (r *Reader) Unexpected() {
	parent, uri := r.Parent()
	r.Violate("The element '%s' in namespace '%s' has invalid child element '%s' in namespace '%s'.", parent, uri, r.Local(), r.URI())
}

// Incomplete refuses the element whose children were just read, because it lacks some.
func (r *Reader) Incomplete(missing string) {
	r.Violate("The element '%s' in namespace '%s' has incomplete content. List of possible elements expected: '%s'.", r.Local(), r.URI(), missing)
}

// Invalid refuses a value that the type does not permit.
func (r *Reader) Invalid(name, value, typ string) {
	r.Violate("The '%s' element is invalid - The value '%s' is invalid according to its datatype '%s'.", name, value, typ)
}
