package xmlbind

import (
	"reflect"
	"sync"
)

// Element is an element that names itself. ReadElement, on the pointer, reads the current one; it is false for one that it
// is not for.
type Element interface {
	AppendElement(dst []byte) []byte
}

// elementReader is the other half of [Element].
type elementReader interface{ ReadElement(r *Reader) bool }

// Content is the content of an element that a field names, where a struct and its tags do not suffice. ReadContent, on the
// pointer, reads the current element to its end.
type Content interface {
	AppendContent(dst []byte, open, end string) []byte
}

type contentReader interface{ ReadContent(r *Reader) }

// Inline is an embedded struct of an exported type that writes and reads its own attributes and children among those of the
// struct around it.
type Inline interface {
	AppendAttributes(dst []byte) []byte
	AppendChildren(dst []byte) []byte
}

// inlineReader is the other half of [Inline], on the pointer. ReadAttributes sees the start tag; ReadChild is false for a
// child that is not its own.
type inlineReader interface {
	ReadAttributes(r *Reader)
	ReadChild(r *Reader) bool
}

// Rest is the type of a field that passes over children that no other field is for.
type Rest struct{}

// Schema compiles types, each once. The zero value is ready; it is safe for concurrent use.
type Schema struct {
	types sync.Map // reflect.Type to *codec
}

// codec is how values of a type are written and read as an element.
type codec struct {
	typ   reflect.Type
	text  *text
	once  sync.Once
	plan  *plan // of a struct
	own   bool  // it is a Content
	named bool  // it is an Element
}

var (
	elementType = reflect.TypeFor[Element]()
	contentType = reflect.TypeFor[Content]()
	inlineType  = reflect.TypeFor[Inline]()
)

// of is the codec of a type.
func (s *Schema) of(t reflect.Type) *codec {
	if c, ok := s.types.Load(t); ok {
		return c.(*codec)
	}
	c := &codec{typ: t, named: t.Implements(elementType), own: t.Implements(contentType)}
	if !c.own {
		c.text = textOf(t)
	}
	known, _ := s.types.LoadOrStore(t, c)
	return known.(*codec)
}

// planOf is the plan of a struct, which is made when it is first needed, since types may hold themselves.
func (s *Schema) planOf(c *codec) *plan {
	c.once.Do(func() { c.plan = s.compile(c.typ) })
	return c.plan
}

// Append appends v, a struct or a pointer to one, as an element of that name, with its prefix.
func (s *Schema) Append(dst []byte, name string, v any) []byte {
	return s.AppendWith(dst, name, "", v)
}

// AppendWith is Append with attributes, such as declarations of namespaces, in the start tag: ` a="b"`.
func (s *Schema) AppendWith(dst []byte, name, attributes string, v any) []byte {
	value := reflect.ValueOf(v)
	if value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	dst = append(append(append(dst, '<'), name...), attributes...)
	dst, closed := s.planOf(s.of(value.Type())).content(dst, s, value)
	if closed {
		return dst
	}
	return append(append(append(dst, "</"...), name...), '>')
}

// AppendValue appends a value of any kind that a field may have, as an element; open is "<t:Name", end is "</t:Name>".
func (s *Schema) AppendValue(dst []byte, open, end string, v any) []byte {
	value := reflect.ValueOf(v)
	if value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	return s.append(dst, s.of(value.Type()), open, end, value)
}

// Read reads the current element into *v, a struct or anything else that a field may have.
func (s *Schema) Read(r *Reader, v any) {
	value := reflect.ValueOf(v).Elem()
	s.read(r, s.of(value.Type()), false, value)
}

// append writes an element; open is its start tag without the end of it, "" for an element that names itself.
func (s *Schema) append(dst []byte, c *codec, open, end string, v reflect.Value) []byte {
	switch {
	case c.named && open == "": // it is to name itself
		return face[Element](v).AppendElement(dst)
	case c.own:
		return face[Content](v).AppendContent(dst, open, end)
	case c.text != nil:
		dst = append(dst, open...)
		at := len(dst)
		dst = c.text.append(append(dst, '>'), v)
		if len(dst) == at+1 {
			return append(dst[:at], "/>"...)
		}
		return append(dst, end...)
	}
	return s.planOf(c).append(dst, s, open, end, v)
}

// read reads the current element, whose name says what it is if it names itself.
func (s *Schema) read(r *Reader, c *codec, self bool, v reflect.Value) {
	switch {
	case self:
		if !v.Addr().Interface().(elementReader).ReadElement(r) {
			r.Unexpected()
		}
	case c.own:
		v.Addr().Interface().(contentReader).ReadContent(r)
	case c.text != nil:
		name, value := r.Local(), r.Text()
		if !c.text.parse(value, v) {
			r.Invalid(name, value, c.text.name)
		}
	default:
		s.planOf(c).read(r, s, v)
	}
}
