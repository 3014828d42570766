package ews

import "github.com/ewsbench/ewsbench/internal/xmlbind"

// schema writes and reads what structs with tags describe. It only remembers how.
var schema xmlbind.Schema

// reader reads an operation's request, the current element.
type reader func(p *parser) Body

// bound reads a request into a struct with tags.
func bound[T Body](p *parser) Body {
	var body T
	schema.Read(&p.Reader, &body)
	return body
}

// declarations are what the start tag of an answer declares, as a real server's does, so that it can stand alone.
const declarations = ` xmlns:m="` + messagesURI + `" xmlns:t="` + typesURI + `"`

// appendBound appends a request, whose envelope declares the namespaces.
func appendBound(dst []byte, body Body, element string) []byte {
	return schema.Append(dst, element, body)
}

// appendAnswer appends an answer.
func appendAnswer(dst []byte, answer any, element string) []byte {
	return schema.AppendWith(dst, element, declarations, answer)
}

// needed is an attribute that the schema requires.
func needed(r *xmlbind.Reader, attr string) string {
	value, ok := r.Attr(attr)
	if !ok {
		r.Violate("The required attribute '%s' is missing.", attr)
	}
	return value
}
