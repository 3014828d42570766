package xmlbind

import (
	"reflect"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// append writes a struct as an element.
func (p *plan) append(dst []byte, s *Schema, open, end string, v reflect.Value) []byte {
	dst, closed := p.content(append(dst, open...), s, v)
	if closed {
		return dst
	}
	return append(dst, end...)
}

// content writes what follows the name in an element's start tag: attributes and children. Closed is true for an element
// without children, which needs no end tag.
func (p *plan) content(dst []byte, s *Schema, v reflect.Value) (out []byte, closed bool) {
	for i := range p.fields[:p.attrs] {
		dst = p.fields[i].appendAttr(dst, v)
	}
	if p.inline >= 0 {
		dst = face[Inline](v.FieldByIndex(p.fields[p.inline].index)).AppendAttributes(dst)
	}
	at := len(dst)
	dst = append(dst, '>')
	for i := p.attrs; i < len(p.fields); i++ {
		dst = p.fields[i].append(dst, s, v)
	}
	if len(dst) == at+1 {
		return append(dst[:at], "/>"...), true
	}
	return dst, false
}

// face is the interface that a value has. Its address will do, which saves a copy.
func face[I any](v reflect.Value) I {
	if v.CanAddr() {
		v = v.Addr()
	}
	return v.Interface().(I)
}

// value is the field's value; false if it is left out.
func (f *field) value(v reflect.Value) (reflect.Value, bool) {
	if len(f.index) == 1 {
		v = v.Field(f.index[0])
	} else {
		v = v.FieldByIndex(f.index)
	}
	if f.ptr {
		return v.Elem(), !v.IsNil()
	}
	return v, f.always || f.need || !v.IsZero() && (!f.list || v.Len() > 0)
}

func (f *field) appendAttr(dst []byte, v reflect.Value) []byte {
	value, there := f.value(v)
	if !there {
		return dst
	}
	dst = append(dst, f.open...)
	if f.codec.text.plain {
		dst = xmlwire.AppendAttr(dst, value.String())
	} else {
		dst = f.codec.text.append(dst, value)
	}
	return append(dst, '"')
}

// append writes the child or children of a field.
func (f *field) append(dst []byte, s *Schema, v reflect.Value) []byte {
	value, there := f.value(v)
	switch {
	case !there:
		return dst
	case f.place == placeInline:
		return face[Inline](value).AppendChildren(dst)
	case f.flag:
		return append(append(dst, f.open...), "/>"...)
	case f.place == placeText:
		return f.codec.text.append(dst, value)
	case f.inner != "" || f.self && f.place == placeChild:
		return f.appendWrapped(dst, s, value)
	case f.list:
		return f.appendList(dst, s, f.open, f.end, value)
	}
	return s.append(dst, f.codec, f.open, f.end, value)
}

// appendWrapped writes a list with an element around it.
func (f *field) appendWrapped(dst []byte, s *Schema, v reflect.Value) []byte {
	dst = append(dst, f.open...)
	at := len(dst)
	dst = append(dst, '>')
	if f.list {
		dst = f.appendList(dst, s, f.inner, f.innerE, v)
	} else {
		dst = s.append(dst, f.codec, f.inner, f.innerE, v)
	}
	if len(dst) == at+1 {
		return append(dst[:at], "/>"...)
	}
	return append(dst, f.end...)
}

func (f *field) appendList(dst []byte, s *Schema, open, end string, v reflect.Value) []byte {
	for i := range v.Len() {
		dst = s.append(dst, f.codec, open, end, v.Index(i))
	}
	return dst
}
