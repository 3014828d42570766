package xmlbind

import "reflect"

// maxFields bounds the fields of a struct of which it is noted that they were there.
const maxFields = 192

// batch is how many elements a list mostly has at the most.
const batch = 15

// read reads the current element into a struct.
func (p *plan) read(r *Reader, s *Schema, v reflect.Value) {
	var seen [maxFields / 64]uint64
	for i := range p.fields[:p.attrs] {
		p.fields[i].readAttr(r, v)
	}
	var inline inlineReader
	if p.inline >= 0 {
		inline = v.FieldByIndex(p.fields[p.inline].index).Addr().Interface().(inlineReader)
		inline.ReadAttributes(r)
	}
	if p.text >= 0 {
		f := &p.fields[p.text]
		if name, value := r.Local(), r.Markup(); !f.codec.text.parse(value, f.target(v)) {
			r.Invalid(name, value, f.codec.text.name)
		}
		return
	}
	for depth := r.Depth(); r.Child(depth); {
		i, ok := p.byName[r.Name()]
		if !ok {
			i = p.self
		}
		if i < 0 {
			if inline != nil && inline.ReadChild(r) {
				continue
			}
			if !p.lax {
				r.Unexpected()
			}
			continue
		}
		seen[i/64] |= 1 << (i % 64)
		p.fields[i].read(r, s, v)
	}
	for i := p.attrs; i < len(p.fields); i++ {
		if f := &p.fields[i]; f.need && seen[i/64]&(1<<(i%64)) == 0 {
			r.Incomplete(f.name)
		}
	}
}

// target is the field's value, to be set.
func (f *field) target(v reflect.Value) reflect.Value {
	v = v.FieldByIndex(f.index)
	if f.ptr {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	return v
}

func (f *field) readAttr(r *Reader, v reflect.Value) {
	value, ok := r.Attr(f.name)
	if !ok {
		if f.need {
			r.Violate("The required attribute '%s' is missing.", f.name)
		}
		return
	}
	if !f.codec.text.parse(value, f.target(v)) {
		r.Violate("The '%s' attribute is invalid - The value '%s' is invalid according to its datatype '%s'.", f.name, value, f.codec.text.name)
	}
}

// read reads the current element as the field's.
func (f *field) read(r *Reader, s *Schema, v reflect.Value) {
	target := f.target(v)
	switch {
	case f.flag:
		target.SetBool(true)
	case f.inner != "" || f.self && f.place == placeChild:
		f.readWrapped(r, s, target)
	case f.list:
		f.readInto(r, s, target)
	default:
		s.read(r, f.codec, f.self, target)
	}
}

// readWrapped reads the children of the current element as a list, or the one child that it has.
func (f *field) readWrapped(r *Reader, s *Schema, v reflect.Value) {
	for depth := r.Depth(); r.Child(depth); {
		if !f.self && r.Name() != f.innerN {
			r.Unexpected()
			return
		}
		if f.list {
			f.readInto(r, s, v)
		} else {
			s.read(r, f.codec, f.self, v)
		}
	}
	if f.list && v.IsNil() { // the list is there, and there is nothing in it
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	}
	if f.need && !f.empty && f.list && v.Len() == 0 {
		r.Incomplete(f.innerN)
	}
}

// readInto appends what the current element is to a list.
func (f *field) readInto(r *Reader, s *Schema, list reflect.Value) {
	n := list.Len()
	if n == list.Cap() {
		list.Grow(max(1, min(n, 1)*batch)) // there is one, or a batch of them: so the second makes room for all
	}
	list.SetLen(n + 1)
	s.read(r, f.codec, f.self, list.Index(n))
}
