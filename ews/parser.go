package ews

import (
	"fmt"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// parser reads a request. It keeps the first fault, after which child finds no
// more children, so that the readers of the operations need no error paths.
type parser struct {
	xmlbind.Reader
	fault *Fault
}

// child is Reader.Child up to the first fault.
func (p *parser) child(depth int) bool { return p.fault == nil && p.Reader.Child(depth) }

// refusal is the first fault, or what a struct with tags has found to break the
// schema.
func (p *parser) refusal() *Fault {
	if v := p.Violation(); v != nil && p.fault == nil {
		return violationFault(v.Line, v.Column, v.Text)
	}
	return p.fault
}

// refuse keeps f, unless the request was refused before.
func (p *parser) refuse(f *Fault) {
	if p.fault == nil {
		p.fault = f
	}
}

// violate refuses the request because it breaks the schema at the current
// element.
func (p *parser) violate(format string, args ...any) {
	line, column := p.Pos()
	p.refuse(violationFault(line, column, fmt.Sprintf(format, args...)))
}

// violationFault is the refusal of a request that breaks the schema.
func violationFault(line, column int, text string) *Fault {
	f := NewFault(ErrorSchemaValidation)
	f.Violation = &Violation{Line: line, Column: column, Text: text}
	return f
}

// unexpected refuses the request because of the current element, whose parent
// does not permit it.
func (p *parser) unexpected() {
	parent, uri := p.Parent()
	p.violate("The element '%s' in namespace '%s' has invalid child element '%s' in namespace '%s'.",
		parent, uri, p.Local(), p.URI())
}

// require refuses the request if the element whose children were just read
// lacks one.
func (p *parser) require(there bool, child string) {
	if !there {
		p.incomplete(child)
	}
}

// incomplete refuses the request because the element whose children were just
// read lacks some.
func (p *parser) incomplete(missing string) {
	p.violate("The element '%s' in namespace '%s' has incomplete content. List of possible elements expected: '%s'.",
		p.Local(), p.URI(), missing)
}

// invalid refuses the request because of a value that its type does not permit.
func (p *parser) invalid(name, value, typ string) {
	p.violate("The '%s' element is invalid - The value '%s' is invalid according to its datatype '%s:%s'.",
		name, value, typesURI, typ)
}

// name returns the local name of the current element, nothing if it is foreign
// to EWS. Real clients confuse the two namespaces of EWS, so that telling them
// apart inside of an operation would turn some away (node-ews writes m:ItemId).
func (p *parser) name() string {
	if p.Space() != typesSpace && p.Space() != messagesSpace {
		return ""
	}
	return p.Local()
}

// drain reads what is left of the document, so that its end is checked.
func (p *parser) drain() {
	for p.Next() != xmlwire.EOF {
	}
}

// need returns the value of an attribute that the schema requires.
func (p *parser) need(attr string) string {
	value, ok := p.Attr(attr)
	if !ok {
		p.violate("The required attribute '%s' is missing.", attr)
	}
	return value
}

// word returns the text of the current element without white space around it.
func (p *parser) word() string { return strings.TrimSpace(p.Text()) }

// time reads the current element as xs:dateTime, to the second. Without a zone
// it is in UTC.
func (p *parser) time() time.Time {
	name, value := p.Local(), p.word()
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, value); err == nil {
			return t.UTC().Truncate(time.Second)
		}
	}
	p.invalid(name, value, "DateTime")
	return time.Time{}
}
